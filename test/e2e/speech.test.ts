import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readWords } from '../../src-main/content/locale-files.ts';
import { sayings } from '../../src-main/domain/spoken-text.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { Ears } from '../helpers/ears.ts';
import { makeDataDir, startKiosk, type KioskProcess } from '../helpers/kiosk-process.ts';

/*
 * The screen is switched off: whoever stands there hears and presses keys, and nothing else. Nothing of the page is looked
 * at; what was heard are the samples that the page gave to the sound device, known by the words they were made of.
 */

const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');

let folder: { path: string; remove(): Promise<void> };
let kiosk: KioskProcess;
beforeAll(async () => {
  folder = await makeDataDir();
  kiosk = await startKiosk(folder.path);
}, 300_000);
afterAll(async () => {
  expect(await kiosk.stop()).toBe(0);
  await folder.remove();
});

let context: BrowserContext;
let profile: string;
afterEach(async () => {
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function comeIn(): Promise<Ears> {
  profile = await mkdtemp(path.join(tmpdir(), 'skranke-profile-'));
  context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    viewport: { width: 1080, height: 1920 },
    reducedMotion: 'reduce',
  });
  const page: Page = context.pages()[0] ?? (await context.newPage());
  const ears = new Ears(page);
  await ears.listen();
  await page.goto(kiosk.ready.kiosk);
  // A kiosk stands there since the morning.
  await page.waitForFunction(() => performance.getEntriesByName('live').length > 0);
  return ears;
}

/** The first sentence of what stands at a key, as whoever knows the language recognizes it. */
function wordsOf(language: string): (key: string) => string {
  return (key) => {
    const [namespace = '', place = ''] = key.split(':');
    const text = textAt(readWords(localesDir, language, namespace), place);
    if (text === null) throw new Error(`${language} has no ${key}`);
    return sayings(text, 220)[0] ?? '';
  };
}

/** Three groups of four, said digit by digit. */
const reference = /^\d{4} \d{4} \d{4}$/;
const told = { da: 'Min taske er væk', ar: 'سرقوا هاتفي', uk: 'Вкрали телефон' } as const;

async function passGates(ears: Ears, t: (key: string) => string): Promise<void> {
  await ears.tabTo(t('visitor:privacy.go'));
  await ears.enter(t('gates:danger.title'));
  await ears.tabTo(t('gates:danger.none.label'));
  await ears.enter(t('gates:force.title'));
  await ears.tabTo(t('gates:force.none.label'));
  await ears.enter(t('gates:place.title'));
  await ears.tabTo(t('gates:place.denmark.label'));
  await ears.enter(t('visitor:types.title'));
}

/** Something is missing, then a phone with its number, which comes back digit by digit. */
async function tellOfPhone(ears: Ears, t: (key: string) => string): Promise<void> {
  await ears.tabTo(t('ui:actions.continue'));
  await ears.enter(t('visitor:fault.empty'));
  await ears.tabTo(t('content:thing.phone.label'));
  await ears.press('Enter');
  await ears.tabTo(t('content:field.imei.label'));
  await ears.type('356938035643809');
  await ears.tabTo(t('visitor:things.done'));
  await ears.press('Enter');
  await ears.tabTo(t('ui:actions.continue'));
}

async function skipTo(
  ears: Ears,
  t: (key: string) => string,
  ...questions: readonly string[]
): Promise<void> {
  for (const question of questions) {
    await ears.tabTo(t('ui:actions.skip'));
    await ears.enter(t(question));
  }
}

const titleOf = (question: string): string => `content:question.${question}.title`;

describe('a whole visit with the screen switched off, by keyboard and speech alone', () => {
  it.each(['da', 'ar', 'uk'] as const)(
    'in %s: a stolen phone, from the language to the number',
    async (language) => {
      const t = wordsOf(language);
      const ears = await comeIn();
      await ears.startListening(wordsOf('da')('ui:listen.intro'));
      await ears.tabTo(t('tile:name'));
      await ears.enter(t('visitor:home.title'));
      await ears.tabTo(t('content:door.report.title'));
      await ears.enter(t('safety:privacy.title'));
      await passGates(ears, t);
      await ears.tabTo(t('content:group.theft.title'));
      await ears.enter(t('content:group.theft.title'));
      await ears.tabTo(t('content:type.stolen-things.title'));
      await ears.enter(t(titleOf('things')));
      await tellOfPhone(ears, t);
      await ears.enter(t(titleOf('when')));
      await skipTo(ears, t, titleOf('where'), titleOf('what-happened'));
      await ears.type(told[language]);
      // What was written is read back to whoever comes to the field again.
      const since = ears.heard.length;
      await ears.press('Shift+Tab');
      await ears.press('Tab');
      await ears.until(since, ({ text }) => text === told[language], 'what was written');
      await ears.tabTo(t('ui:actions.continue'));
      await ears.enter(t(titleOf('seen-by')));
      await skipTo(ears, t, ...['proof', 'because-of', 'insurance', 'help', 'contact'].map(titleOf));
      await skipTo(ears, t, 'visitor:check.title');
      await ears.tabTo(t('safety:declaration.send'));
      await ears.enter(t('safety:receipt.title'));
      const spoken = await ears.until(0, ({ text }) => reference.test(text), 'the number');
      const number = spoken.text.replaceAll(/\D/g, '');
      await vi.waitFor(
        async () => expect(await readdir(path.join(folder.path, 'receipts'))).toContain(`${number}.pdf`),
        60_000,
      );
      ears.expectOwnVoices(language);
    },
  );
});
