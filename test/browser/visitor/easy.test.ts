import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { languages, type Language } from '../../../src-renderer/i18n/languages.ts';
import {
  act,
  flaws,
  isPaged,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  stumbles,
  touch,
  type,
} from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 300_000 };

/** What is neither a sentence of the page nor to be read through: controls, how far one is, own words, the slip, Danish beside. */
const notRead =
  'button, label, input, textarea, [role="grid"], .segments, .pill, [aria-live], .steps, .step, dl, ul, section, .numbers, .bar, [data-town]';

/** The sentences that a page says, besides what can be touched. */
function sentences(language: Language): string[] {
  const main = document.querySelector('main');
  const found: string[] = [];
  for (const element of main?.querySelectorAll<HTMLElement>('h1, h2, p, small') ?? []) {
    if (
      element.closest(notRead) !== null ||
      element.offsetParent === null ||
      element.querySelector('.pill') !== null
    )
      continue;
    if (element.lang === 'da' && language !== 'da') continue;
    found.push(...element.innerText.split(/(?<=[.?!؟])\s+/u).filter((words) => words.trim() !== ''));
  }
  return found;
}

const wordsOf = (sentence: string): number => sentence.split(/\s+/).length;

/** From the home screen of a language to the number of a stolen phone, one look at every page. */
async function theft(look: (where: string) => Promise<void>): Promise<void> {
  const at = async (selector: string): Promise<void> => {
    await seen(selector);
    await look(selector);
  };
  const on = async (idea: string): Promise<void> => at(`[data-idea="${idea}"]`);
  const go = async (idea: string): Promise<void> => {
    await on(idea);
    await act('continue');
  };
  await at('[data-screen="home"]');
  await touch('[data-door="report"]');
  for (const line of ['who', 'howLong', 'skip']) await go(`safety:privacy.${line}`);
  for (const gate of ['danger', 'force', 'place']) {
    await at(`[data-gate="${gate}"]`);
    await touch(`[data-gate-answer="${gate === 'place' ? 'denmark' : 'none'}"]`);
  }
  await at('[data-screen="types"]');
  await touch('[data-group="theft"]');
  await at('[data-screen="type-group"]');
  await touch('[data-type="stolen-things"]');
  await on('list');
  await touch('[data-choice="phone"]');
  for (const field of ['brand', 'colour', 'imei', 'phone-number', 'marking', 'blocked'])
    await go(`phone ${field}`);
  await on('phone value');
  await type('value', '500');
  await act('continue');
  await on('phone value.currency');
  await act('done-thing');
  await go('list');
  await on('precision');
  await touch('[data-choice="exact"]');
  await act('continue');
  await on('start-date');
  await touch('[data-choice]');
  await act('continue');
  await go('start-time');
  await go('setting');
  await go('postcode');
  await on('words');
  await act('skip');
  await at('[data-question="what-happened"]');
  await act('skip');
  await at('[data-question="seen-by"][data-idea="options"]');
  await touch('[data-choice="camera"]');
  await act('continue');
  await go('note');
  for (const question of ['proof', 'because-of', 'insurance', 'help']) {
    await at(`[data-question="${question}"]`);
    await act('skip');
  }
  await on('mode');
  await touch('[data-choice="named"]');
  await act('continue');
  await go('for-whom');
  await go('name');
  await on('phone');
  await type('phone', '20304050');
  await act('continue');
  for (const field of ['email', 'address', 'safe-contact', 'wishes']) await go(field);
  await at('[data-screen="check"]');
  await act('continue');
  await on('declaration');
  await act('submit');
  await go('number');
  await go('next-0');
  await go('next-1');
  await on('paper');
}

for (const [size, chosen] of [
  [portrait, languages],
  [landscape, ['de', 'ar']],
] as const)
  test(
    `a theft in easy reading says one short sentence a screen, and asks what is always asked: ${size.join('×')}`,
    long,
    async () => {
      for (const language of chosen) {
        const stage = await openStage({}, size);
        const { visit, i18n } = stage;
        await act('easy');
        await touch(`[data-language="${language}"]`);
        const wrong: string[] = [];
        await theft(async (where) => {
          const said = sentences(language);
          if (said.length !== 1 || said.some((sentence) => wordsOf(sentence) > 17))
            wrong.push(`${language} ${where}: ${said.join(' | ')}`);
          const pictures = document.querySelectorAll('main .picture, main .sign').length;
          if (pictures === 0) wrong.push(`${language} ${where}: no picture`);
          wrong.push(...flaws(i18n).map((flaw) => `${language} ${where}: ${flaw}`));
          const paged = await isPaged();
          const isList = document.querySelector('[data-screen="check"], [data-idea="number"]') !== null;
          if (paged && !isList) wrong.push(`${language} ${where}: paged`);
        });
        expect(wrong).toEqual([]);
        const given = new Map(
          stage.services.arrived.at(-1)?.answers.map(({ questionId, answer }) => [questionId, answer]),
        );
        expect(given.get('things')).toMatchObject({ things: [{ kind: 'phone', fields: { value: '500' } }] });
        expect(given.get('when')).toMatchObject({ kind: 'when', precision: 'day' });
        expect(given.get('seen-by')).toMatchObject({ codes: ['camera'] });
        expect(given.get('contact')).toMatchObject({ contact: { phone: '20304050' } });
        visit.leave();
        await screen('start');
        expect(i18n.isEasy).toBe(false);
        stopVisits();
        document.body.replaceChildren();
      }
    },
  );

test('an answer begun in normal reading is ended in easy reading, and what is missing is said on its own page', async () => {
  const { visit } = await openStage();
  await touch('[data-language="en"]');
  visit.session.openPreview('stolen-things');
  const begin = visit.kiosk.content?.reportTypes.find(({ id }) => id === 'stolen-things');
  if (begin !== undefined) visit.session.questions.begin(begin);
  flushSync();
  visit.session.questions.skip('skipped');
  await seen('[data-question="when"]');
  await touch('[data-choice="exact"]');
  await act('reading');
  await touch('[data-choice="easy"]');
  await act('done');
  await seen('[data-idea="precision"]');
  expect((await seen('[data-choice="exact"]')).ariaChecked).toBe('true');
  for (const idea of ['precision', 'start-date', 'start-time']) {
    await seen(`[data-idea="${idea}"]`);
    await act('continue');
  }
  await seen('[data-idea="start-date"]');
  await seen('[data-fault="date-missing"]');
  expect(await stumbles()).toEqual([]);
});
