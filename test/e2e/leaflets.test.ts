import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Leaflet } from '../../src-main/contract/leaflet.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { composeLeaflet } from '../../src-main/domain/leaflet.ts';
import { openBrowser, type OpenBrowser } from '../helpers/browser.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { compareGlyphs, rasterize, readGlyphRows, toBitmap } from '../helpers/pdf-pixels.ts';
import { createTestLayout } from '../helpers/receipt-content.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * Paper that belongs to no report: a visitor reads about their rights and takes the page home. The paper is looked at by its
 * pixels, Arabic and Danish alike; nothing is stored, and no reference was made.
 */

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let browser: OpenBrowser;
let visit: VisitDriver;

beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
}, 300_000);
afterAll(async () => {
  expect(await kiosk.stop()).toBe(0);
  await folder.remove();
});
afterEach(async () => {
  const complaints = browser.complaints();
  await browser.close();
  expect(complaints).toEqual([]);
});

async function come(language: string): Promise<void> {
  browser = await openBrowser(kiosk.ready.kiosk, 'portrait');
  visit = new VisitDriver(browser.page);
  await visit.on('start');
  await visit.touch(`[data-language="${language}"]`);
  await visit.on('home');
}

/** Names of what came out so far. */
async function papers(): Promise<string[]> {
  const names = await readdir(path.join(folder.path, 'receipts')).catch(() => []);
  return names.filter((name) => !name.startsWith('.'));
}

async function print(): Promise<Uint8Array> {
  const before = await papers();
  await visit.action('print');
  await visit.page.locator('[data-leaflet="printed"]').waitFor({ timeout: 60_000 });
  const [name, ...others] = (await papers()).filter((paper) => !before.includes(paper));
  expect(others).toEqual([]);
  expect(name).toMatch(/^leaflet-[0-9a-f-]{36}\.pdf$/);
  return readFile(path.join(folder.path, 'receipts', name ?? ''));
}

/** The same sheet, set in this process at another time of day. */
async function expected(leaflet: Leaflet): Promise<Uint8Array> {
  const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
  const today = new Date().toISOString().slice(0, 10);
  const { library } = await loadContent({ resourcesDir, today, isDemonstration: true });
  const [station, district] = [library.station('fjordby'), library.district('fjordby')];
  if (station === null || district === null) throw new Error('Fjordby is gone');
  const sheet = composeLeaflet(library, {
    leaflet,
    language: 'ar',
    place: { station, district, isDemonstration: true, isLobbyStaffed: true },
    now: new Date(),
    printedAt: `${today}T00:00`,
    isClockTrusted: true,
  });
  if (sheet === null) throw new Error('content has no such page');
  const { pdf } = await createTestLayout().render(sheet, '80mm');
  return pdf;
}

/** Lines of signs that look different; a line set at another minute is one of them. */
function differentRows(one: Uint8Array, other: Uint8Array): number {
  const [rows, others] = [one, other].map((pdf) => readGlyphRows(toBitmap(rasterize(pdf, 300))));
  if (rows === undefined || others === undefined || rows.length !== others.length) return Infinity;
  return rows.filter((row, at) => {
    const glyphs = others[at]?.glyphs ?? [];
    const isSame =
      row.glyphs.length === glyphs.length &&
      row.glyphs.every((glyph, index) => compareGlyphs(glyph, glyphs[index] ?? []) < 0.12);
    return !isSame;
  }).length;
}

it('in Arabic: what happens next comes out in two languages, and in the right ones', async () => {
  await come('ar');
  await visit.touch('[data-door="rights"]');
  await visit.on('rights');
  await visit.touch('[data-topic-link="what-happens-next"]');
  await visit.on('rights-topic');
  const paper = await print();
  const page: Leaflet = { kind: 'topic', topicId: 'what-happens-next', from: null };
  // When it was printed is said twice, in Arabic and in Danish.
  expect(differentRows(paper, await expected(page))).toBeLessThanOrEqual(2);
  expect(differentRows(paper, await expected({ ...page, topicId: 'lawyer' }))).toBeGreaterThan(10);
}, 300_000);

it('the hours, and a share of paper that the next visitor gets anew', async () => {
  await come('da');
  await visit.touch('[data-door="hours"]');
  await visit.on('hours');
  await print();
  for (let n = 0; n < 4; n += 1) {
    await visit.action('print');
    await vi.waitFor(async () => expect(await papers()).toHaveLength(3 + n), { timeout: 60_000 });
    await visit.page.locator('[data-leaflet="printed"]').waitFor({ timeout: 60_000 });
  }
  await visit.action('print');
  await visit.page.locator('[data-leaflet="too-many"]').waitFor({ timeout: 60_000 });
  await visit.action('back');
  await visit.on('home');
  await visit.action('leave');
  await visit.on('start');
  await visit.touch('[data-language="en"]');
  await visit.on('home');
  await visit.touch('[data-door="hours"]');
  await visit.on('hours');
  await print();
}, 300_000);
