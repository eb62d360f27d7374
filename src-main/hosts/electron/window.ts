import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, type Session } from 'electron';
import { isKeyAllowed } from './keys.ts';
import { pageOf, type Role } from './roles.ts';

export interface WindowOptions {
  readonly role: Role;
  readonly session: Session;
  readonly preload: string;
  /** Fills the screen and cannot be left; in a demonstration both windows stand side by side. */
  readonly isWholeScreen: boolean;
}

/** What every window is made with. */
export function windowOptions(options: WindowOptions): BrowserWindowConstructorOptions {
  const { isWholeScreen } = options;
  return {
    show: false,
    title: 'Skranke',
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    kiosk: isWholeScreen,
    fullscreen: isWholeScreen,
    frame: !isWholeScreen,
    width: options.role === 'kiosk' ? 720 : 1366,
    height: options.role === 'kiosk' ? 1280 : 768,
    webPreferences: {
      session: options.session,
      preload: path.resolve(options.preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      devTools: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  };
}

/** Opens the one page of a role. A whole-screen window does not close by hand, only with the program. */
export function openWindow(options: WindowOptions, isQuitting: () => boolean): BrowserWindow {
  const window = new BrowserWindow(windowOptions(options));
  window.removeMenu();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', (event) => {
    if (options.isWholeScreen && !isQuitting()) event.preventDefault();
  });
  window.webContents.on('before-input-event', (event, input) => {
    if (!isKeyAllowed(options.role, input)) event.preventDefault();
  });
  // Mouse buttons 4 and 5, and media keys, arrive as commands.
  window.on('app-command', (event) => {
    event.preventDefault();
  });
  void window.loadURL(pageOf(options.role));
  return window;
}
