import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../helpers/needs.ts';
import { electronPath } from '../helpers/tools.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

/*
 * The real shell: runs wherever a runtime is found, after `npm run build`. It shows what the stand-in cannot: that Electron
 * starts, that ports reach the page, and that the walls stand in Chromium itself.
 */
describe.skipIf(!needs('electron').run)('the Electron shell', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'skranke-electron-'));
  let shell: ElectronApplication;
  let kiosk: Page;

  beforeAll(async () => {
    shell = await _electron.launch({
      executablePath: electronPath() ?? '',
      args: [path.join(root, 'out', 'main', 'index.js'), '--data-dir', dataDir],
      timeout: 120_000,
    });
    await expect
      .poll(() => shell.windows().map((page) => page.url()), { timeout: 120_000, interval: 500 })
      .toContain('app://kiosk/');
    const page = shell.windows().find((one) => one.url() === 'app://kiosk/');
    if (page === undefined) throw new Error('no kiosk window');
    kiosk = page;
  });
  afterAll(async () => {
    await shell.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('shows the start screen over its port', async () => {
    await kiosk.locator('[data-screen="start"]').waitFor({ timeout: 120_000 });
    expect(await kiosk.locator('[data-language="ar"]').count()).toBe(1);
  });

  test('the page has nothing of Node or Electron', async () => {
    const found = await kiosk.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  test('the page can reach nothing outside, and opens nothing', async () => {
    const refused = await kiosk.evaluate(async () => {
      try {
        await fetch('http://127.0.0.1:1/');
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toBe(true);
    expect(await kiosk.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
    await kiosk.evaluate(() => {
      window.location.href = 'https://example.org/';
    });
    expect(kiosk.url()).toBe('app://kiosk/');
  });

  test('permissions are denied', async () => {
    const states = await kiosk.evaluate(async () => {
      const names = ['camera', 'microphone', 'geolocation', 'notifications'] as const;
      const found = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return found.map((one) => one.state);
    });
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });
});
