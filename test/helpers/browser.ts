import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright';

export type Orientation = 'portrait' | 'landscape';
const sizes = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  desk: { width: 1366, height: 768 },
} as const;

/** A browser of its own with a profile on disk, as a lobby terminal has one. */
export interface OpenBrowser {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly profileDir: string;
  /** What the page wrote to its console, and errors nobody caught. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

const closeMs = 30_000;

/** A browser that does not end when it is asked to must not cost the tests that come after it. */
async function closeWithin(context: BrowserContext, profileDir: string): Promise<void> {
  const late = new AbortController();
  const closed = context.close().then(() => 'closed' as const);
  const waited = setTimeout(closeMs, 'late' as const, { signal: late.signal, ref: false });
  const outcome = await Promise.race([closed, waited]);
  late.abort();
  if (outcome === 'closed') return;
  process.stderr.write(`a browser did not close within ${String(closeMs / 1000)} s and is killed\n`);
  for (const pid of await processesOf(profileDir)) process.kill(pid, 'SIGKILL');
}

/** Those that name this profile on their command line. */
async function processesOf(profileDir: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const commandLine = await readFile(join('/proc', name, 'cmdline'), 'utf8').catch(() => '');
    if (commandLine.includes(profileDir)) found.push(Number(name));
  }
  return found;
}

/**
 * Opens an address in the installed Chromium, at the size of a kiosk or a desk, with a finger where it is a kiosk.
 * @param pinned the SHA-256 of the one key that is trusted without an authority, as a managed browser has it.
 */
export async function openBrowser(
  address: string,
  shape: Orientation | 'desk',
  pinned: string | null = null,
): Promise<OpenBrowser> {
  const profileDir = await mkdtemp(join(tmpdir(), 'skranke-profile-'));
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu'],
      ...(pinned === null ? [] : [`--ignore-certificate-errors-spki-list=${pinned}`]),
    ],
    viewport: sizes[shape],
    hasTouch: shape !== 'desk',
    locale: 'da-DK',
    timezoneId: 'Europe/Copenhagen',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`);
  });
  await page.goto(address);
  return {
    page,
    context,
    profileDir,
    complaints: () => complaints,
    close: async () => {
      await closeWithin(context, profileDir);
      await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
