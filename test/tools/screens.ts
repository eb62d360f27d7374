import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { languages } from '../../src-main/contract/ids.ts';
import { openBrowser, type Orientation } from '../helpers/browser.ts';
import { DeskDriver } from '../helpers/desk-driver.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';
import { chromiumPath } from '../helpers/tools.ts';
import { VisitDriver } from '../helpers/visit-driver.ts';
import { root } from './process.ts';
import { findingsOf, lengthen, type Findings } from './screen-findings.ts';

/*
 * `npm run screens`: every screen × language × size × orientation as a picture in screens/, from a demonstration's kiosk and desk,
 * and in report.json what is wrong with each. `npm run screens -- --lang ar --orientation portrait --size large --theme contrast
 * --out DIR hours` takes only those; `--lang pseudo` is Danish three fifths longer, `--reading easy` one thing at a time. A walk that
 * gets stuck is named at the end; the pictures up to there stay.
 */
const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string' },
    orientation: { type: 'string' },
    size: { type: 'string' },
    theme: { type: 'string', default: 'light' },
    reading: { type: 'string', default: 'normal' },
    out: { type: 'string' },
  },
});
const folder = path.resolve(asked.out ?? path.join(root, 'screens'));
const pseudo = 'pseudo';
const textSizes = { normal: '1', large: '1.25', largest: '1.5' } as const;
type Size = keyof typeof textSizes;
const sizes: readonly Size[] = ['normal', 'large', 'largest'];
const themes = ['light', 'dark', 'contrast'];

interface Picture extends Findings {
  readonly screen: string;
  readonly language: string;
  readonly orientation: Orientation;
  readonly size: Size;
  readonly theme: string;
}
const pictures: Picture[] = [];
const orientations: readonly Orientation[] = ['portrait', 'landscape'];
const types = ['stolen-things', 'stolen-bicycle', 'online-trade'];
const stuck: string[] = [];

type Walk = (visit: VisitDriver, shoot: (name: string) => Promise<void>) => Promise<void>;

async function nameOf(visit: VisitDriver): Promise<string> {
  const { name, question, gate } = await visit.screen();
  return [name, gate ?? question].filter((part) => part !== null).join('-');
}

/** At night and while the counter is closed the home screen has fewer doors. */
async function hasDoor(visit: VisitDriver, door: string): Promise<boolean> {
  return (await visit.page.locator(`[data-door="${door}"]`).count()) > 0;
}

/** Skips from the first question to the number, a picture of each page. */
async function skipThrough(
  visit: VisitDriver,
  shoot: (name: string) => Promise<void>,
  label: string,
): Promise<void> {
  await visit.on('question');
  for (let step = 0; step < 40; step += 1) {
    const { name, question } = await visit.screen();
    await shoot(`${label}-${await nameOf(visit)}`);
    if (name === 'check' || question === null) break;
    if (question === 'contact') {
      await visit.choose('anonymous');
      await visit.next(question);
    } else await visit.next(question, 'skip');
  }
  await visit.submit();
  await shoot(`${label}-reference`);
}

const report =
  (type: string): Walk =>
  async (visit, shoot) => {
    await visit.chooseType(type);
    await skipThrough(visit, shoot, type);
  };

/** Passes the gates up to one, a picture of each, and gives that one this answer. */
async function answerGates(
  visit: VisitDriver,
  shoot: (name: string) => Promise<void>,
  last: string,
  answer: string,
): Promise<void> {
  await visit.touch('[data-door="report"]');
  await visit.on('privacy');
  await visit.action('continue');
  for (let step = 0; step < 4; step += 1) {
    await visit.on('gate');
    const { gate } = await visit.screen();
    await shoot(`gate-${gate ?? ''}`);
    if (gate === last) {
      await visit.touch(answer);
      return;
    }
    await visit.touch('[data-gate-answer="none"]');
    await visit.page.waitForFunction(
      (before) => document.querySelector<HTMLElement>('[data-screen]')?.dataset['gate'] !== before,
      gate,
      { timeout: 60_000 },
    );
  }
}

/** Each starts at the home screen of its language. */
const walks: Readonly<Record<string, Walk>> = {
  hours: async (visit, shoot) => {
    await visit.touch('[data-door="hours"]');
    await visit.on('hours');
    await shoot('hours');
    await visit.touch('[data-service="permits"]');
    await shoot('hours-permits');
    await visit.action('other-station');
    await shoot('hours-finder');
    await visit.type('station-postcode', '9000');
    await visit.page.locator('[data-station]').first().waitFor();
    await shoot('hours-stations');
  },
  ask: async (visit, shoot) => {
    if (!(await hasDoor(visit, 'ask'))) return;
    await visit.touch('[data-door="ask"]');
    await visit.on('door-types');
    await shoot('ask');
  },
  low: async (visit, shoot) => {
    const language = await visit.page.evaluate(() => document.documentElement.lang);
    await visit.action('leave');
    await visit.on('start');
    await visit.action('lower');
    await shoot('start-low');
    await visit.touch(`[data-language="${language}"]`);
    await visit.on('home');
    await shoot('home-low');
  },
  reading: async (visit, shoot) => {
    await visit.action('reading');
    await visit.on('reading');
    await shoot('reading');
  },
  rights: async (visit, shoot) => {
    await visit.touch('[data-door="rights"]');
    await visit.on('rights');
    await shoot('rights');
    await visit.touch('[data-topic-link]');
    await visit.on('rights-topic');
    await shoot('rights-topic');
    await visit.action('sources');
    await visit.on('sources');
    await shoot('sources');
    await visit.action('back');
    await visit.action('back');
    await visit.touch('[data-topic-link="compensation"]');
    await visit.page.locator('[data-choice]').nth(1).tap();
    await shoot('rights-compensation');
  },
  follow: async (visit, shoot) => {
    await visit.touch('[data-door="follow"]');
    await visit.on('follow');
    await shoot('follow');
    await visit.action('continue');
    await visit.on('privacy');
    await visit.action('continue');
    await skipThrough(visit, shoot, 'follow');
  },
  appointment: async (visit, shoot) => {
    if (!(await hasDoor(visit, 'appointment'))) return;
    await visit.touch('[data-door="appointment"]');
    await visit.on('privacy');
    await visit.action('continue');
    await skipThrough(visit, shoot, 'appointment');
  },
  language: async (visit, shoot) => {
    await visit.action('language');
    await visit.on('language');
    await shoot('language');
  },
  stop: async (visit, shoot) => {
    await visit.action('danger');
    await visit.on('stop');
    await shoot('stop');
    for (const [fact, answer] of Object.entries({ what: 'violence', where: 'here', when: 'now', hurt: '1' }))
      await visit.touch(`[data-fact="${fact}"][data-choice="${answer}"]`);
    await visit.action('stop-call');
    await visit.on('stop-call');
    await shoot('stop-call');
  },
  languages: async (visit, shoot) => {
    await visit.action('language');
    await visit.touch('[data-language="other"]');
    await visit.on('languages');
    await shoot('languages');
    await visit.touch('[data-language-page="other"]');
    await shoot('languages-other');
    await visit.touch('[data-wanted-language="ti"]');
    await visit.on('interpreter');
    await shoot('interpreter');
  },
  cards: async (visit, shoot) => {
    await visit.action('language');
    await visit.action('cards');
    await visit.on('cards');
    await shoot('cards');
    await visit.touch('[data-card="deaf"]');
    await visit.on('card');
    await shoot('card');
  },
  privacy: async (visit, shoot) => {
    await visit.touch('[data-door="report"]');
    await visit.on('privacy');
    await shoot('privacy');
    await visit.action('notice');
    await visit.on('notice');
    await shoot('notice');
  },
  officer: async (visit, shoot) => {
    await answerGates(visit, shoot, 'force', '[data-gate-answer]:not([data-gate-answer="none"])');
    await visit.on('officer');
    await shoot('officer');
    await visit.action('continue');
    await visit.on('officer-waiting');
    await shoot('officer-waiting');
    // No desk follows: after 30 seconds nobody has answered.
    await visit.page.locator('[data-alert-words="nobody"]').waitFor({ timeout: 90_000 });
    await shoot('officer-waiting-nobody');
  },
  abroad: async (visit, shoot) => {
    await answerGates(visit, shoot, 'place', '[data-gate-answer="abroad"]');
    await visit.on('abroad');
    await shoot('abroad');
  },
  hide: async (visit, shoot) => {
    await visit.action('hide');
    await visit.on('hours');
    await shoot('hidden');
  },
  idle: async (visit, shoot) => {
    await visit.action('language');
    // The page waits by its own clock, so that is what is moved on.
    await visit.page.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 95_000;
    });
    await visit.on('idle');
    await shoot('idle');
  },
  types: async (visit, shoot) => {
    await visit.touch('[data-door="report"]');
    await visit.passPrivacyAndGates();
    await shoot('types');
  },
  groups: async (visit, shoot) => {
    await visit.touch('[data-door="report"]');
    await visit.passPrivacyAndGates();
    const groups = await visit.page
      .locator('[data-group]')
      .evaluateAll((cards) =>
        cards.map((card) => (card instanceof HTMLElement ? (card.dataset['group'] ?? '') : '')),
      );
    for (const group of groups) {
      await visit.openGroup(group);
      await shoot(`type-group-${group}`);
      await visit.action('back');
    }
  },
  'type-notice': async (visit, shoot) => {
    await visit.touch('[data-door="report"]');
    await visit.passPrivacyAndGates();
    await visit.openGroup('people');
    await visit.touch('[data-type="sexual-abuse"]');
    await visit.on('type-notice');
    await shoot('type-notice');
  },
  'type-info': async (visit, shoot) => {
    await visit.touch('[data-door="ask"]');
    await visit.on('door-types');
    await shoot('ask');
    await visit.touch('[data-type="complaint"]');
    await visit.on('type-info');
    await shoot('type-info');
  },
  tip: async (visit, shoot) => {
    await visit.touch('[data-door="tip"]');
    await visit.passPrivacyAndGates();
    await visit.on('type-notice');
    await shoot('tip');
    await visit.action('continue');
    await skipThrough(visit, shoot, 'tip');
  },
};

interface Look {
  readonly orientation: Orientation;
  readonly language: string;
  readonly size: Size;
}

/** As the visitor would: on the page that says how to read. */
async function chooseReading(visit: VisitDriver, { size }: Look): Promise<void> {
  if (size === 'normal' && asked.theme === 'light' && asked.reading === 'normal') return;
  await visit.action('reading');
  await visit.touch(`[data-text-size="${textSizes[size]}"]`);
  await visit.touch(`[data-set-theme="${asked.theme}"]`);
  if (asked.reading === 'easy') await visit.choose('easy');
  await visit.action('done');
  await visit.on('start');
}

async function takePicture(page: Page, look: Look, picture: string): Promise<void> {
  const { orientation, language, size } = look;
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const shorten = language === pseudo ? await lengthen(page) : (): Promise<void> => Promise.resolve();
  const file = path.join(folder, orientation, language, size, `${picture}.png`);
  await page.screenshot({ path: file });
  const findings = await findingsOf(page, language === pseudo ? 'da' : language, shorten);
  pictures.push({ screen: picture, ...look, theme: asked.theme, ...findings });
}

async function takeWalk(kiosk: KioskProcess, name: string, look: Look, walk: Walk): Promise<void> {
  const { orientation, language, size } = look;
  const browser = await openBrowser(kiosk.ready.kiosk, orientation);
  const shoot = (picture: string): Promise<void> => takePicture(browser.page, look, picture);
  try {
    const visit = new VisitDriver(browser.page);
    await visit.on('start');
    await chooseReading(visit, look);
    if (name === 'home') await takePicture(browser.page, { ...look, language: 'da' }, `start-${language}`);
    await visit.touch(`[data-language="${language === pseudo ? 'da' : language}"]`);
    await visit.on('home');
    await browser.page.waitForFunction(
      (wanted) => document.documentElement.lang === wanted,
      language === pseudo ? 'da' : language,
    );
    await walk(visit, shoot);
  } catch (error) {
    stuck.push(
      `${orientation} ${language} ${size} ${name}: ${error instanceof Error ? error.message : String(error)}`,
    );
    await shoot(`stuck-${name}`).catch(() => undefined);
  } finally {
    await browser.close();
  }
}

/** What was asked for of a list, by its option or by its bare name; all where nothing was. */
function wanted<T extends string>(all: readonly T[], option?: string): readonly T[] {
  const some = all.filter((one) => one === option || positionals.includes(one));
  if (option !== undefined && !all.some((one) => one === option)) {
    process.stderr.write(`screens: expected one of ${all.join(', ')}, found ${option}.\n`);
    process.exit(2);
  }
  return some.length > 0 ? some : all;
}

async function takeVisits(kiosk: KioskProcess): Promise<void> {
  const reports = types.map((type): [string, Walk] => [
    type,
    async (visit, shoot) => {
      await visit.touch('[data-door="report"]');
      await visit.passPrivacyAndGates();
      await report(type)(visit, shoot);
    },
  ]);
  const home: [string, Walk] = ['home', (_visit, shoot) => shoot('home')];
  const all = [home, ...Object.entries(walks), ...reports];
  const names = wanted(all.map(([name]) => name));
  wanted(themes, asked.theme);
  const spoken = asked.lang === undefined && positionals.length === 0 ? [...languages, pseudo] : [];
  const chosen = spoken.length > 0 ? spoken : wanted<string>([...languages, pseudo], asked.lang);
  for (const orientation of wanted(orientations, asked.orientation)) {
    for (const language of chosen) {
      for (const size of wanted(sizes, asked.size)) {
        for (const [name, walk] of all)
          if (names.includes(name)) await takeWalk(kiosk, name, { orientation, language, size }, walk);
        process.stdout.write(`screens: ${orientation} ${language} ${size}\n`);
      }
    }
  }
}

const kinds = ['overflow', 'clipped', 'overlap', 'untranslated', 'tofu', 'axe'] as const;

/** How many pictures have something of each kind, and all pictures that have anything. */
function writeReport(): number {
  const totals = Object.fromEntries(
    kinds.map((kind) => [kind, pictures.filter((picture) => picture[kind].length > 0).length]),
  );
  const faulty = pictures.filter((picture) => kinds.some((kind) => picture[kind].length > 0));
  const report = { pictures: pictures.length, ...totals, stuck, screens: faulty };
  writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`screens: ${pictures.length} pictures, ${JSON.stringify(totals)}\n`);
  return faulty.length;
}

async function takeDesk(kiosk: KioskProcess): Promise<void> {
  const browser = await openBrowser(kiosk.ready.desk, 'desk');
  const shoot = (picture: string): Promise<Buffer> =>
    browser.page.screenshot({ path: path.join(folder, 'desk', `${picture}.png`) });
  try {
    const desk = new DeskDriver(browser.page);
    await desk.on('desk-sign-in');
    await shoot('sign-in');
    const pin = (await readFile(path.join(kiosk.ready.dataDir, 'pin-demo.txt'), 'utf8')).trim();
    await desk.signIn('demo', pin);
    await desk.on('desk-queue');
    await shoot('queue');
    await browser.page.locator('[data-report]').first().click();
    await browser.page.locator('[data-report-view="open"]').waitFor();
    await shoot('report');
  } catch (error) {
    stuck.push(`desk: ${error instanceof Error ? error.message : String(error)}`);
    await shoot('stuck').catch(() => undefined);
  } finally {
    await browser.close();
  }
}

const chromium = chromiumPath();
if (chromium === undefined) {
  process.stderr.write('screens: Chromium is not installed; set CHROMIUM to one.\n');
  process.exit(2);
}
process.env['CHROMIUM'] = chromium;
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const data = await makeDataDir();
const kiosk = await startKiosk(data.path);
try {
  await takeVisits(kiosk);
  if (asked.lang === undefined && positionals.length === 0) await takeDesk(kiosk);
} finally {
  await kiosk.stop();
  await data.remove();
}
process.stdout.write(`screens: in ${folder}\n`);
for (const line of stuck) process.stdout.write(`screens: stuck at ${line}\n`);
const faults = writeReport();
process.exitCode = stuck.length + faults > 0 ? 1 : 0;
