import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startShell } from '../../../src-main/hosts/electron/shell.ts';
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  protocol,
  resetElectron,
  session,
  utilityProcess,
  type StandInServices,
} from '../../helpers/electron-stand-in.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'skranke-shell-'));
writeFileSync(path.join(folder, 'visitor.html'), 'visitor');
writeFileSync(path.join(folder, 'desk.html'), 'desk');
const places = { rendererDir: folder, preload: 'preload.cjs', servicesProgram: 'services-process.js' };

function last<T>(list: readonly T[]): T {
  const one = list.at(-1);
  if (one === undefined) throw new Error('nothing there');
  return one;
}
const services = (): StandInServices => last(utilityProcess.forked);
const kinds = (one: StandInServices): unknown[] =>
  one.received.map(({ message }) =>
    message !== null && typeof message === 'object' ? Object.values(message)[0] : null,
  );
const windowFor = (url: string): Promise<BrowserWindow> =>
  vi.waitFor(
    () => {
      const found = BrowserWindow.all.find((one) => one.loaded.includes(url));
      if (found === undefined) throw new Error(`no window at ${url}`);
      return found;
    },
    { timeout: 20_000 },
  );

async function startReady(ready: { isDemonstration: boolean; hasDesk: boolean }): Promise<BrowserWindow> {
  await startShell(['--config', 'a.json'], places);
  services().emit('message', { kind: 'ready', ...ready });
  return windowFor('app://kiosk/');
}

const connect = (window: BrowserWindow, frame: object = window.webContents.mainFrame): void => {
  ipcMain.emit('skranke-connect', { sender: window.webContents, senderFrame: frame });
};

beforeEach(() => {
  resetElectron();
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('starting the shell', () => {
  test('walls first, then the services, then the kiosk over the whole screen', async () => {
    const window = await startReady({ isDemonstration: false, hasDesk: false });
    expect(app.isSandboxed).toBe(true);
    expect(Menu.menu).toBeNull();
    expect(protocol.schemes.map((one) => one.scheme)).toEqual(['app']);
    expect(services().received[0]?.message).toEqual({ kind: 'open', configFile: 'a.json', dataDir: null });
    expect(window.options).toMatchObject({
      kiosk: true,
      frame: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        plugins: false,
        devTools: false,
        spellcheck: false,
        disableDialogs: true,
        navigateOnDragDrop: false,
      },
    });
    expect(BrowserWindow.all).toHaveLength(1);
    // Not "persist:": nothing a visitor types reaches a profile on disk.
    expect([...session.opened.keys()]).toEqual(['kiosk']);
  });

  test('a demonstration has both windows side by side', async () => {
    const kiosk = await startReady({ isDemonstration: true, hasDesk: true });
    const desk = await windowFor('app://desk/');
    expect(kiosk.options['kiosk']).toBe(false);
    expect(desk.options['kiosk']).toBe(false);
  });

  test('a second start ends, and brings the first to the front', async () => {
    const window = await startReady({ isDemonstration: false, hasDesk: false });
    app.emit('second-instance');
    expect(window.isFocused).toBe(true);
    app.hasLock = false;
    expect(startShell([], places)).toBeNull();
    expect(app.exits).toEqual([0]);
  });

  test('a debugging switch is refused before anything starts', () => {
    expect(startShell(['--remote-debugging-port=1'], places)).toBeNull();
    expect(app.exits).toEqual([2]);
    expect(utilityProcess.forked).toEqual([]);
  });

  test('a mistake in the configuration ends the program with its exit code', async () => {
    await startShell([], places);
    services().emit('message', {
      kind: 'failed',
      sentence: 'a.json: "kiosk": expected three digits',
      exitCode: 2,
    });
    expect(app.exits).toEqual([2]);
    services().emit('exit', 2);
    expect(utilityProcess.forked).toHaveLength(1);
  });
});

describe('ports', () => {
  test('a window gets the port of its own role', async () => {
    const kiosk = await startReady({ isDemonstration: true, hasDesk: true });
    const desk = await windowFor('app://desk/');
    connect(kiosk);
    connect(desk);
    expect(
      services()
        .received.slice(1)
        .map((one) => one.message),
    ).toEqual([
      { kind: 'connect', role: 'kiosk' },
      { kind: 'connect', role: 'desk' },
    ]);
    expect(kiosk.webContents.posted).toEqual([{ channel: 'skranke-port', ports: [expect.anything()] }]);
  });

  test('no port for a frame inside the page, a foreign page, or the other role’s page', async () => {
    const kiosk = await startReady({ isDemonstration: true, hasDesk: true });
    const desk = await windowFor('app://desk/');
    connect(kiosk, { url: 'app://kiosk/' });
    kiosk.webContents.mainFrame.url = 'app://desk/';
    connect(kiosk);
    desk.webContents.mainFrame.url = 'https://example.org/';
    connect(desk);
    expect(kinds(services())).toEqual(['open']);
    expect(kiosk.webContents.posted).toEqual([]);
  });

  test('services that die are started again, the open page keeps its draft and gets a new port', async () => {
    const kiosk = await startReady({ isDemonstration: false, hasDesk: false });
    connect(kiosk);
    services().emit('exit', 1);
    connect(kiosk);
    await vi.waitFor(() => expect(utilityProcess.forked).toHaveLength(2), { timeout: 20_000 });
    expect(kiosk.webContents.posted).toHaveLength(1);
    services().emit('message', { kind: 'ready', isDemonstration: false, hasDesk: false });
    await vi.waitFor(() => expect(kiosk.webContents.posted).toHaveLength(2), { timeout: 20_000 });
    expect(kiosk.loaded).toEqual(['app://kiosk/']);
    expect(kinds(services())).toEqual(['open', 'connect']);
  });
});

describe('windows', () => {
  test('a page stays where it is and opens nothing', async () => {
    const { webContents } = await startReady({ isDemonstration: false, hasDesk: false });
    const preventDefault = vi.fn();
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      webContents.emit(event, { url: 'https://example.org/', preventDefault });
      webContents.emit(event, { url: 'app://desk/', preventDefault });
      webContents.emit(event, { url: 'javascript:alert(1)', preventDefault });
    }
    expect(preventDefault).toHaveBeenCalledTimes(12);
    expect(webContents.windowOpen?.({ url: 'app://kiosk/' })).toEqual({ action: 'deny' });
    webContents.zoom = 3;
    webContents.emit('zoom-changed');
    expect(webContents.zoom).toBe(1);
  });

  test('no permission, device, download or address outside the scheme', async () => {
    await startReady({ isDemonstration: false, hasDesk: false });
    const own = session.opened.get('kiosk');
    const answers: boolean[] = [];
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fullscreen',
      'openExternal',
    ]) {
      own?.requestHandler?.({}, permission, (yes) => answers.push(yes));
    }
    expect(answers).toEqual([false, false, false, false, false, false]);
    expect(own?.checkHandler?.({}, 'clipboard-sanitized-write')).toBe(false);
    expect(own?.deviceHandler?.()).toBe(false);
    expect(own?.isSpellCheckerEnabled).toBe(false);
    const preventDefault = vi.fn();
    own?.emit('will-download', { preventDefault }, { getURL: () => 'blob:app://kiosk/1' });
    expect(preventDefault).toHaveBeenCalledOnce();
    const cancelled: boolean[] = [];
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:1/',
      'file:///etc/passwd',
      'app://kiosk/visitor.js',
    ]) {
      own?.beforeRequest?.({ url }, ({ cancel }) => cancelled.push(cancel));
    }
    expect(cancelled).toEqual([true, true, true, false]);
  });

  test('the desk alone may copy text and save a file that it made itself', async () => {
    await startReady({ isDemonstration: true, hasDesk: true });
    const desk = session.opened.get('persist:desk');
    const may = (permission: string): boolean | undefined => desk?.checkHandler?.({}, permission);
    expect([may('clipboard-sanitized-write'), may('clipboard-read'), may('media')]).toEqual([
      true,
      false,
      false,
    ]);
    const kept = [
      'blob:app://desk/1',
      'blob:app://kiosk/1',
      'https://example.org/x',
      'app://desk/desk.js',
    ].map((address) => {
      const preventDefault = vi.fn();
      desk?.emit('will-download', { preventDefault }, { getURL: () => address });
      return preventDefault.mock.calls.length === 0;
    });
    expect(kept).toEqual([true, false, false, false]);
  });

  test('the kiosk’s window does not close by hand and takes no shortcut', async () => {
    const window = await startReady({ isDemonstration: false, hasDesk: false });
    const preventDefault = vi.fn();
    window.emit('close', { preventDefault });
    window.emit('app-command', { preventDefault });
    const input = { key: 'w', control: true, alt: false, meta: false, modifiers: [] };
    window.webContents.emit('before-input-event', { preventDefault }, input);
    expect(preventDefault).toHaveBeenCalledTimes(3);
  });

  test('a page that dies starts anew; one that dies too often leaves it to the system', async () => {
    const window = await startReady({ isDemonstration: false, hasDesk: false });
    vi.useFakeTimers();
    try {
      for (let times = 0; times < 5; times += 1) {
        window.webContents.emit('render-process-gone');
        vi.advanceTimersByTime(5000);
      }
      expect(window.loaded).toHaveLength(6);
      expect(app.exits).toEqual([]);
      window.webContents.emit('render-process-gone');
      expect(app.exits).toEqual([1]);
    } finally {
      vi.useRealTimers();
    }
    window.emit('unresponsive');
    expect(window.webContents.isCrashed).toBe(true);
  });

  test('quitting lets the services finish', async () => {
    const window = await startReady({ isDemonstration: false, hasDesk: false });
    app.quit();
    expect(kinds(services())).toEqual(['open', 'close']);
    expect(app.exits).toEqual([]);
    const preventDefault = vi.fn();
    window.emit('close', { preventDefault });
    expect(preventDefault).not.toHaveBeenCalled();
    services().emit('exit', 0);
    await vi.waitFor(() => expect(app.exits).toEqual([0]), { timeout: 20_000 });
  });
});
