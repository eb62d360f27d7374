import { spawn, type ChildProcess } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { environment } from '../app/config.ts';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The first installed Chromium, or null. */
export async function findChromium(): Promise<string | null> {
  const named = environment().chromium;
  for (const path of named === null ? candidates : [named]) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not here; the next one may be.
    }
  }
  return null;
}

/** Quiet, without a way out of the page by gesture, and without a network of its own. */
const common = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--disable-translate',
  '--disable-features=Translate,AutofillServerCommunication,MediaRouter',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--password-store=basic',
  '--autoplay-policy=no-user-gesture-required',
];

export type BrowserOutcome =
  { readonly opened: true; close(): void } | { readonly opened: false; readonly why: string };

/** Opens the screens in an installed Chromium: the kiosk's whole-screen, the desk's in a window of its own profile. */
export async function openScreens(
  addresses: { kiosk: string; desk: string | null },
  profilesDir: string,
): Promise<BrowserOutcome> {
  if (!environment().hasDisplay) return { opened: false, why: 'there is no display here' };
  if (process.getuid?.() === 0)
    return { opened: false, why: 'Chromium keeps its sandbox only under a user other than root' };
  const chromium = await findChromium();
  if (chromium === null) return { opened: false, why: 'no Chromium is installed' };
  const opened: ChildProcess[] = [];
  const open = (profile: string, args: string[]) => {
    const browser = spawn(chromium, [...common, `--user-data-dir=${join(profilesDir, profile)}`, ...args], {
      detached: true,
      stdio: 'ignore',
    });
    browser.unref();
    opened.push(browser);
  };
  open('kiosk', ['--kiosk', addresses.kiosk]);
  if (addresses.desk !== null) open('desk', [`--app=${addresses.desk}`, '--window-size=1366,768']);
  return { opened: true, close: () => opened.forEach((browser) => browser.kill()) };
}
