import path from 'node:path';
import { app, ipcMain, Menu, MessageChannelMain, protocol, session } from 'electron';
import type { BrowserWindow, IpcMainEvent, Session } from 'electron';
import { parseShellArguments, refusedSwitch } from './arguments.ts';
import { lockDownSession, lockDownWindows } from './lockdown.ts';
import { customScheme, serveScreens } from './protocol.ts';
import { countRestarts, type Restarts } from './restarts.ts';
import { pageOf, roleOf, type Role } from './roles.ts';
import { ServicesLink } from './services-link.ts';
import { openWindow } from './window.ts';

/* The whole shell: windows, walls, and a process for the services. It knows no report and no key. */

export interface ShellPlaces {
  readonly rendererDir: string;
  readonly preload: string;
  readonly servicesProgram: string;
}

const closeLimitMs = 10_000;

/** The visitor's profile is in memory only; the desk keeps its device key. */
const partitions: Readonly<Record<Role, string>> = { kiosk: 'kiosk', desk: 'persist:desk' };

const complain = (sentence: string): void => {
  process.stderr.write(`skranke: ${sentence}\n`);
};

class Shell {
  readonly #places: ShellPlaces;
  readonly #windows = new Map<Role, BrowserWindow>();
  readonly #restarts = new Map<Role, Restarts>();
  #services: ServicesLink | null = null;
  #isDemonstration = false;
  #isQuitting = false;

  constructor(places: ShellPlaces) {
    this.#places = places;
  }

  async start(argv: readonly string[]): Promise<void> {
    ipcMain.on('skranke-connect', (event) => {
      this.#onConnect(event);
    });
    app.on('second-instance', () => this.#windows.get('kiosk')?.focus());
    app.on('before-quit', (event) => {
      this.#onQuit(event);
    });
    app.on('window-all-closed', () => {
      app.quit();
    });
    await app.whenReady();
    Menu.setApplicationMenu(null);
    this.#services = new ServicesLink({
      ...parseShellArguments(argv),
      program: this.#places.servicesProgram,
      restarts: countRestarts(),
      monotonicMs: () => performance.now(),
      onReady: ({ isDemonstration, hasDesk }) => void this.#onReady(isDemonstration, hasDesk),
      onGiveUp: ({ sentence, exitCode }) => {
        complain(sentence);
        app.exit(exitCode);
      },
    });
  }

  async #onReady(isDemonstration: boolean, hasDesk: boolean): Promise<void> {
    this.#isDemonstration = isDemonstration;
    const roles: readonly Role[] = hasDesk ? ['kiosk', 'desk'] : ['kiosk'];
    for (const role of roles) {
      const window = this.#windows.get(role);
      // After a restart of the services an open page keeps its draft and gets a new port.
      if (window === undefined) await this.#open(role);
      else this.#handPort(role, window);
    }
  }

  async #open(role: Role): Promise<void> {
    const own = await this.#openSession(role);
    const window = openWindow(
      {
        role,
        session: own,
        preload: this.#places.preload,
        isWholeScreen: role === 'kiosk' && !this.#isDemonstration,
      },
      () => this.#isQuitting,
    );
    this.#windows.set(role, window);
    window.on('closed', () => this.#windows.delete(role));
    window.webContents.on('render-process-gone', () => {
      this.#onPageGone(role, window);
    });
    window.on('unresponsive', () => {
      window.webContents.forcefullyCrashRenderer();
    });
    process.stdout.write(`skranke: ${role} at ${pageOf(role)}\n`);
  }

  async #openSession(role: Role): Promise<Session> {
    const own = session.fromPartition(partitions[role]);
    lockDownSession(own, role);
    await serveScreens(own.protocol, this.#places.rendererDir);
    return own;
  }

  /** A dead page starts anew at its first screen: a draft must not come back to whoever stands there now. */
  #onPageGone(role: Role, window: BrowserWindow): void {
    const restarts = this.#restarts.get(role) ?? countRestarts();
    this.#restarts.set(role, restarts);
    const waitMs = restarts.next(performance.now());
    if (waitMs === null) {
      complain(`the ${role} page ended too often`);
      app.exit(1);
      return;
    }
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(pageOf(role));
    }, waitMs);
  }

  /** The role comes from the window that asks, and its page must be that role's own, as the main frame. */
  #onConnect(event: IpcMainEvent): void {
    const frame = event.senderFrame;
    for (const [role, window] of this.#windows) {
      const isOwn = window.webContents === event.sender && frame !== null && frame === event.sender.mainFrame;
      if (isOwn && roleOf(frame.url) === role) {
        this.#handPort(role, window);
        return;
      }
    }
    complain('a port was asked for by a page that has no role');
  }

  #handPort(role: Role, window: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    if (this.#services?.connect(role, port1) === true) {
      window.webContents.postMessage('skranke-port', null, [port2]);
    }
  }

  #onQuit(event: { preventDefault(): void }): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    event.preventDefault();
    void (this.#services?.close(closeLimitMs) ?? Promise.resolve()).then(() => {
      app.exit(0);
    });
  }
}

/** Puts up the walls that must stand before Electron is ready, then starts. */
export function startShell(argv: readonly string[], places: ShellPlaces): Promise<void> | null {
  const bad = refusedSwitch(argv);
  if (bad !== null) {
    complain(`${bad}: this switch is not allowed.`);
    app.exit(2);
    return null;
  }
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return null;
  }
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  protocol.registerSchemesAsPrivileged([customScheme]);
  lockDownWindows(app);
  return new Shell({ ...places, preload: path.resolve(places.preload) }).start(argv);
}
