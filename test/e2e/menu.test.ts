import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localTime } from '../../src-main/domain/local-time.ts';
import { reachMm } from '../../src-main/domain/reach.ts';
import { openBrowser, type OpenBrowser, type Orientation } from '../helpers/browser.ts';
import { waitForDistrict } from '../helpers/district-copy.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';

/*
 * A district asks for witnesses on television tonight: it writes one file, its words and a type with one question, and the
 * kiosks of its stations have a door for it. No developer, no new program.
 */

const hourMs = 3_600_000;
const inHours = (hours: number): string => localTime(new Date(Date.now() + hours * hourMs));
const today = localTime(new Date()).slice(0, 10);
const source = { source: 'the district, a test', date: today };
/** Where this kiosk's screen hangs. */
const place = { heightMm: 952, bottomMm: 560 };

const words: Record<string, [title: string, help: string, question: string, news: string]> = {
  da: ['Set i tv i aften', 'Båden i havnen', 'Hvad så du ved havnen?', 'Brug døren mod havnen'],
  en: [
    'Seen on TV tonight',
    'The boat in the harbour',
    'What did you see at the harbour?',
    'Use the harbour door',
  ],
  ar: [
    'عُرض في التلفزيون الليلة',
    'القارب في الميناء',
    'ماذا رأيت في الميناء؟',
    'استخدم الباب المقابل للميناء',
  ],
  uk: ['Показали по телевізору', 'Човен у гавані', 'Що ви бачили в гавані?', 'Вхід з боку гавані'],
  pl: ['Dziś w telewizji', 'Łódź w porcie', 'Co było widać w porcie?', 'Wejście od strony portu'],
  tr: ['Bu akşam televizyonda', 'Limandaki tekne', 'Limanda ne gördünüz?', 'Liman kapısını kullanın'],
  ro: ['La televizor astă-seară', 'Barca din port', 'Ce ați văzut în port?', 'Intrați dinspre port'],
  de: [
    'Heute im Fernsehen',
    'Das Boot im Hafen',
    'Was haben Sie am Hafen gesehen?',
    'Tür zum Hafen benutzen',
  ],
};

async function writeDistrict(folder: string): Promise<void> {
  const own = join(folder, 'own-content');
  await mkdir(join(own, 'report-types'), { recursive: true });
  const door = {
    icon: 'bell',
    typeId: 'harbour-appeal',
    passesGates: true,
    stationIds: ['fjordby'],
    ...source,
  };
  await writeFile(
    join(own, 'timed.json'),
    JSON.stringify({
      timedDoors: [
        { ...door, id: 'tonight', startsAt: inHours(-1), endsAt: inHours(24) },
        { ...door, id: 'yesterday', startsAt: inHours(-48), endsAt: inHours(-24) },
        { ...door, id: 'tomorrow', startsAt: inHours(24), endsAt: inHours(48) },
      ],
      news: [
        {
          ...{ id: 'harbour-door', tone: 'attention', stationIds: null },
          ...{ startsAt: inHours(-1), endsAt: inHours(24), ...source },
        },
      ],
    }),
  );
  await writeFile(
    join(own, 'report-types/harbour-appeal.json'),
    JSON.stringify({
      ...{ id: 'harbour-appeal', icon: 'bell', group: null, route: 'self', isForUnder18: true },
      ...{ receipt: 'tip', flags: [], notice: 'tip-is-no-report', phoneNumbers: [], rightsTopics: [] },
      questions: [
        { id: 'harbour-seen', showIf: null, kind: 'text', longest: 2000, keyboard: 'text' },
        'contact',
      ],
      ...source,
      reviewBy: today,
    }),
  );
  for (const [language, [title, help, question, news]] of Object.entries(words)) {
    await mkdir(join(own, 'locales', language), { recursive: true });
    const named = { title, help };
    await writeFile(
      join(own, 'locales', language, 'content.json'),
      JSON.stringify({
        door: { tonight: named, yesterday: named, tomorrow: named },
        type: { 'harbour-appeal': named },
        question: { 'harbour-seen': { title: question } },
        news: { 'harbour-door': { title: news, text: news } },
      }),
    );
  }
}

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
let browser: OpenBrowser;

beforeAll(async () => {
  folder = await makeDataDir();
  await writeDistrict(folder.path);
  const config = join(folder.path, 'config.json');
  await writeFile(config, JSON.stringify({ contentDir: 'own-content', screen: place }));
  kiosk = await startKiosk(join(folder.path, 'data'), ['--config', config]);
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

async function come(orientation: Orientation): Promise<VisitDriver> {
  browser = await openBrowser(kiosk.ready.kiosk, orientation);
  const visit = new VisitDriver(browser.page);
  await visit.on('start');
  return visit;
}

describe('a door that a district opens for one night', () => {
  it('stands first on the home screen, with the district’s own question behind it, and becomes a report', async () => {
    expect(kiosk.output()).not.toContain('own-content');
    const visit = await come('landscape');
    const { page } = visit;
    await page.locator('[data-news="harbour-door"]').waitFor();
    await visit.touch('[data-language="en"]');
    await visit.on('home');
    await page.locator('[data-news="harbour-door"]').waitFor();
    const doors = await page
      .locator('[data-door]')
      .evaluateAll((all) => all.map((door) => (door instanceof HTMLElement ? door.dataset['door'] : '')));
    expect(doors[0]).toBe('tonight');
    expect(doors).not.toContain('yesterday');
    expect(doors).not.toContain('tomorrow');
    await visit.touch('[data-door="tonight"]');
    await visit.passPrivacyAndGates();
    await visit.action('continue');
    await visit.on('question', 'harbour-seen');
    expect(await page.locator('h1').innerText()).toBe('What did you see at the harbour?');
    await visit.type('harbour-seen', 'a red boat');
    await visit.next('harbour-seen');
    await visit.choose('anonymous');
    await visit.next('contact');
    const reference = await visit.submit();
    const report = await waitForDistrict(['--data-dir', join(folder.path, 'data')], reference);
    expect(report.summary).toMatchObject({ reportType: 'harbour-appeal', language: 'en' });
  });
});

describe('a tall screen whose place IT wrote down', () => {
  it('has every button within a seated reach after one touch', async () => {
    const visit = await come('portrait');
    const highest = (): Promise<number> =>
      visit.page.evaluate(
        ({ heightMm, bottomMm }) =>
          Math.max(
            ...[...document.querySelectorAll('button')].map(
              (button) => bottomMm + (1 - button.getBoundingClientRect().top / window.innerHeight) * heightMm,
            ),
          ),
        place,
      );
    await visit.touch('[data-language="ar"]');
    await visit.on('home');
    expect(await highest()).toBeGreaterThan(reachMm);
    await visit.action('leave');
    await visit.on('start');
    await visit.action('lower');
    await visit.page.locator('[data-action="lower"][aria-pressed="true"]').waitFor();
    expect(await highest()).toBeLessThanOrEqual(reachMm);
    await visit.touch('[data-language="ar"]');
    await visit.on('home');
    expect(await highest()).toBeLessThanOrEqual(reachMm);
  });
});
