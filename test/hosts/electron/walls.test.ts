import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseShellArguments, refusedSwitch } from '../../../src-main/hosts/electron/arguments.ts';
import { isKeyAllowed } from '../../../src-main/hosts/electron/keys.ts';
import { answerRequest } from '../../../src-main/hosts/electron/protocol.ts';
import { readBuiltFiles } from '../../../src-main/hosts/pages/built-files.ts';
import { countRestarts } from '../../../src-main/hosts/electron/restarts.ts';
import { roleOf } from '../../../src-main/hosts/electron/roles.ts';

vi.mock('electron', () => import('../../helpers/electron-stand-in.ts'));

const plain = { control: false, alt: false, meta: false, modifiers: [] };

describe('keys', () => {
  test('letters, signs and moving about pass', () => {
    for (const key of ['a', 'Å', 'ع', '@', ' ', 'Backspace', 'Tab', 'Enter', 'ArrowLeft']) {
      expect(isKeyAllowed('kiosk', { ...plain, key })).toBe(true);
    }
    expect(isKeyAllowed('kiosk', { ...plain, key: '@', modifiers: ['altgr'] })).toBe(true);
  });

  test('no shortcut reaches the visitor’s window, whatever the key', () => {
    const names = [
      'F1',
      'F5',
      'F11',
      'F12',
      'BrowserBack',
      'a',
      'w',
      'q',
      'r',
      'p',
      'o',
      's',
      'i',
      '+',
      'Tab',
      '0',
    ];
    const held = fc.constantFrom('control', 'alt', 'meta');
    fc.assert(
      fc.property(fc.constantFrom(...names), held, (key, modifier) => {
        expect(isKeyAllowed('kiosk', { ...plain, key, [modifier]: true })).toBe(false);
      }),
    );
    for (const key of ['F1', 'F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu', 'PrintScreen', '']) {
      expect(isKeyAllowed('kiosk', { ...plain, key })).toBe(false);
    }
  });

  test('staff may copy and paste, and nothing else with a modifier', () => {
    expect(isKeyAllowed('desk', { ...plain, key: 'C', control: true })).toBe(true);
    expect(isKeyAllowed('desk', { ...plain, key: 'i', control: true })).toBe(false);
    expect(isKeyAllowed('desk', { ...plain, key: 'F4', alt: true })).toBe(false);
  });
});

describe('the scheme', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'skranke-screens-'));
  for (const name of ['visitor.html', 'desk.html', 'visitor.js', 'secret.key']) {
    writeFileSync(path.join(folder, name), name);
  }
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const get = async (url: string, method = 'GET') =>
    answerRequest(await readBuiltFiles(folder), { url, method });

  test('serves each role its own page, with a policy that allows no connection', async () => {
    const kiosk = await get('app://kiosk/');
    expect(await kiosk.text()).toBe('visitor.html');
    expect(kiosk.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(await (await get('app://desk/')).text()).toBe('desk.html');
    expect((await get('app://kiosk/visitor.js')).headers.get('content-type')).toContain('javascript');
  });

  test.each([
    'app://kiosk/desk.html',
    'app://desk/visitor.html',
    'app://kiosk/secret.key',
    'app://kiosk/../../etc/passwd',
    'app://kiosk/%2e%2e/%2e%2e/etc/passwd',
    'app://kiosk/..%5c..%5cetc%5cpasswd',
    'app://kiosk/visitor.js%00.html',
    'app://kiosk//etc/passwd',
    'app://elsewhere/visitor.html',
    'file:///etc/passwd',
  ])('%s is not here', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  test('only reads', async () => {
    expect((await get('app://kiosk/', 'POST')).status).toBe(404);
  });

  test('an address that only looks like ours has no role', () => {
    for (const address of [
      'app://kiosk.example/',
      'app://kiosk:80/',
      'app://user@kiosk/',
      'https://kiosk/',
      'kiosk',
      '',
    ]) {
      expect(roleOf(address)).toBeNull();
    }
    expect(roleOf('app://kiosk/any?x#y')).toBe('kiosk');
  });
});

describe('starting', () => {
  test('switches that open a way in are refused', () => {
    expect(refusedSwitch(['.', '--remote-debugging-port=9222'])).toBe('--remote-debugging-port=9222');
    expect(refusedSwitch(['--inspect-brk'])).toBe('--inspect-brk');
    expect(refusedSwitch(['--config', 'a.json', '--disable-gpu'])).toBeNull();
  });

  test('options are read among Chromium’s own', () => {
    expect(parseShellArguments(['.', '--disable-gpu', '--config', 'a.json', '--data-dir=/x'])).toEqual({
      configFile: 'a.json',
      dataDir: '/x',
    });
    expect(parseShellArguments([])).toEqual({ configFile: null, dataDir: null });
  });

  test('five restarts in ten minutes with growing waits, then none; later again', () => {
    const restarts = countRestarts();
    expect([1, 2, 3, 4, 5].map((ms) => restarts.next(ms))).toEqual([0, 250, 500, 1000, 2000]);
    expect(restarts.next(6)).toBeNull();
    expect(restarts.next(11 * 60_000)).toBe(0);
  });
});

describe('the preload', () => {
  beforeEach(() => {
    vi.resetModules();
  });

  test('asks for a port when the document is complete and passes on nothing but ports', async () => {
    const { EventEmitter } = await import('node:events');
    const ipcRenderer = Object.assign(new EventEmitter(), { send: vi.fn() });
    const page = Object.assign(new EventTarget(), {
      location: { origin: 'app://kiosk' },
      postMessage: vi.fn(),
    });
    vi.doMock('electron', () => ({ ipcRenderer }));
    vi.stubGlobal('window', page);
    await import('../../../src-main/hosts/electron/preload.ts');
    expect(ipcRenderer.send).not.toHaveBeenCalled();
    page.dispatchEvent(new Event('DOMContentLoaded'));
    expect(ipcRenderer.send).toHaveBeenCalledExactlyOnceWith('skranke-connect');
    ipcRenderer.emit('skranke-port', { ports: ['port'] });
    expect(page.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: 'skranke-port' }, 'app://kiosk', [
      'port',
    ]);
    const drop = new Event('drop', { cancelable: true });
    page.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    vi.unstubAllGlobals();
  });
});
