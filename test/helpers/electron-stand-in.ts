import { EventEmitter } from 'node:events';

/*
 * Stands in for the module `electron` where no runtime is: the events and calls the shell uses, nothing else. Tests read what
 * was asked of it and let things happen (`emit`).
 */
export class StandInPort {
  isClosed = false;
  isStarted = false;
  close(): void {
    this.isClosed = true;
  }
  start(): void {
    this.isStarted = true;
  }
}

export class MessageChannelMain {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
}

export class StandInServices extends EventEmitter {
  readonly received: { message: unknown; ports: readonly StandInPort[] }[] = [];
  isKilled = false;
  readonly program: string;
  constructor(program: string) {
    super();
    this.program = program;
  }
  postMessage(message: unknown, ports: readonly StandInPort[] = []): void {
    this.received.push({ message, ports });
  }
  kill(): void {
    this.isKilled = true;
    this.emit('exit', 9);
  }
}

export class StandInContents extends EventEmitter {
  readonly mainFrame: { url: string } = { url: '' };
  readonly posted: { channel: string; ports: readonly StandInPort[] }[] = [];
  windowOpen: ((details: { url: string }) => { action: string }) | undefined;
  zoom = 1;
  isCrashed = false;
  getURL(): string {
    return this.mainFrame.url;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler;
  }
  setZoomFactor(factor: number): void {
    this.zoom = factor;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  forcefullyCrashRenderer(): void {
    this.isCrashed = true;
  }
  postMessage(channel: string, _message: unknown, ports: readonly StandInPort[]): void {
    this.posted.push({ channel, ports });
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  readonly webContents = new StandInContents();
  readonly loaded: string[] = [];
  readonly options: Record<string, unknown>;
  isFocused = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  removeMenu(): void {
    this.options['menu'] = null;
  }
  show(): void {
    this.emit('show');
  }
  focus(): void {
    this.isFocused = true;
  }
  isDestroyed(): boolean {
    return false;
  }
}

export class StandInSession extends EventEmitter {
  readonly name: string;
  requestHandler:
    ((contents: unknown, permission: string, decide: (yes: boolean) => void) => void) | undefined;
  checkHandler: ((contents: unknown, permission: string) => boolean) | undefined;
  deviceHandler: (() => boolean) | undefined;
  beforeRequest:
    ((details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void) | undefined;
  scheme: ((request: Request) => Response) | undefined;
  isSpellCheckerEnabled = true;
  readonly protocol = {
    handle: (_scheme: string, handler: (request: Request) => Response): void => {
      this.scheme = handler;
    },
  };
  readonly webRequest = {
    onBeforeRequest: (handler: NonNullable<StandInSession['beforeRequest']>): void => {
      this.beforeRequest = handler;
    },
  };
  constructor(name: string) {
    super();
    this.name = name;
  }
  setPermissionRequestHandler(handler: NonNullable<StandInSession['requestHandler']>): void {
    this.requestHandler = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<StandInSession['checkHandler']>): void {
    this.checkHandler = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.deviceHandler = handler;
  }
  setDisplayMediaRequestHandler(): void {
    this.emit('display-media-denied');
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.isSpellCheckerEnabled = isEnabled;
  }
}

export const session = {
  opened: new Map<string, StandInSession>(),
  fromPartition(name: string): StandInSession {
    const own = new StandInSession(name);
    session.opened.set(name, own);
    return own;
  },
};

class StandInApp extends EventEmitter {
  exits: number[] = [];
  isSandboxed = false;
  hasLock = true;
  readonly switches: string[] = [];
  readonly commandLine = {
    appendSwitch: (name: string): void => {
      this.switches.push(name);
    },
  };
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  exit(code: number): void {
    this.exits.push(code);
  }
  quit(): void {
    this.emit('before-quit', { preventDefault: () => undefined });
  }
}

export const app = new StandInApp();
export const ipcMain = new EventEmitter();
class StandInMenu {
  menu: object | null = {};
  setApplicationMenu(menu: object | null): void {
    this.menu = menu;
  }
}
export const Menu = new StandInMenu();
export const protocol = {
  schemes: new Array<{ scheme: string }>(),
  registerSchemesAsPrivileged(schemes: { scheme: string }[]): void {
    protocol.schemes = schemes;
  },
};
export const utilityProcess = {
  forked: new Array<StandInServices>(),
  fork(program: string): StandInServices {
    const services = new StandInServices(program);
    utilityProcess.forked.push(services);
    return services;
  },
};

/** Forgets what the test before did. */
export function resetElectron(): void {
  app.removeAllListeners();
  app.exits = [];
  app.hasLock = true;
  app.isSandboxed = false;
  ipcMain.removeAllListeners();
  BrowserWindow.all.length = 0;
  utilityProcess.forked.length = 0;
  session.opened.clear();
}
