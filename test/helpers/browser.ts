import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Opens an address in the installed Chromium, at the size of a kiosk or a desk, with a finger where it is a kiosk. */
export async function openBrowser(address: string, shape: Orientation | 'desk'): Promise<OpenBrowser> {
  const profileDir = await mkdtemp(join(tmpdir(), 'skranke-profile-'));
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
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
      await context.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
