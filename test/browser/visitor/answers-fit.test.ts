import { afterEach, expect, test, vi } from 'vitest';
import type { Visit } from '../../../src-renderer/state/visit.svelte.ts';
import { findType } from '../../../src-main/domain/type-menu.ts';
import { act, landscape, openStage, portrait, seen, stopVisits, touch, type, until } from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 240_000 };
const sizes = { standing: portrait, lying: landscape } as const;
type Way = keyof typeof sizes;

/** Opens one question of a type, as the list of answers does. */
async function open(visit: Visit, typeId: string, questionId: string): Promise<void> {
  const { content } = visit.kiosk;
  const found = content === null ? null : findType(content, typeId);
  if (found === null) throw new Error(`no type ${typeId}`);
  visit.session.questions.begin(found);
  visit.session.questions.change(questionId);
  await seen(`[data-question="${questionId}"]`);
}

/** Two drawings: the letters of a new page are asked for in the first, the pager comes in the second. */
async function drawn(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await document.fonts.ready;
}

/** What of the field in use, its words and its label a visitor cannot see: cut, or under the keys. */
function hiddenParts(field: string): string[] {
  const input = document.querySelector(`[data-field="${field}"]`);
  const view = document.querySelector('main .view')?.getBoundingClientRect();
  if (input === null || view === undefined) return [`no ${field}`];
  const said = document.querySelector(`#${input.id}-state > *`);
  return [input, ...(said === null ? [] : [said])].flatMap((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const away = Math.max(view.top - top, bottom - view.bottom);
    return away > 1 ? [`${field} ${element.tagName}: ${String(Math.round(away))} px out of sight`] : [];
  });
}

async function inSight(field: string): Promise<string[]> {
  await drawn();
  await vi.waitUntil(() => hiddenParts(field).length === 0, { timeout: 3000 }).catch(() => undefined);
  return hiddenParts(field);
}

/** Keys that are too low, lie outside the screen, or whose words are wider than they are. */
function badKeys(): string[] {
  return [...document.querySelectorAll<HTMLElement>('.bed .key')].flatMap((key) => {
    const { left, right, top, bottom, height } = key.getBoundingClientRect();
    const isOff = left < -1 || right > window.innerWidth + 1 || top < 0 || bottom > window.innerHeight;
    const isLow = height < 71.5;
    const isWide = key.scrollWidth > key.clientWidth + 1;
    return isOff || isLow || isWide
      ? [`${key.dataset['key'] ?? ''} ${JSON.stringify({ isOff, isLow, isWide })}`]
      : [];
  });
}

for (const language of ['da', 'en', 'ar'] as const) {
  for (const way of ['standing', 'lying'] as const satisfies readonly Way[]) {
    for (const text of ['1', '1.5'] as const) {
      test(`the field in use stands above the keys: ${language}, ${way}, text ${text}`, long, async () => {
        const { visit } = await openStage({}, sizes[way]);
        await touch(`[data-language="${language}"]`);
        visit.session.settings.textSize = text;
        const found: string[] = [];
        const look = async (field: string): Promise<void> => {
          (await seen(`[data-field="${field}"]`)).focus();
          found.push(...(await inSight(field)));
        };

        await open(visit, 'stolen-things', 'when');
        await touch('[data-choice="between"]');
        await touch('[data-day]');
        await seen('[data-field="start-time"]');
        await look('start-time');
        for (const key of '0230') await touch(`[data-key="${key}"]`);
        await look('end-time');
        for (const key of '0130') await touch(`[data-key="${key}"]`);
        await act('continue');
        await look('end-time');

        await open(visit, 'stolen-things', 'where');
        await type('postcode', '9000');
        await look('postcode');
        await look('words');
        for (const [setting, fields] of [
          ['transport', ['line', 'from', 'to']],
          ['abroad', ['country', 'words']],
          ['online', ['words']],
        ] as const) {
          await touch(`[data-choice="${setting}"]`);
          for (const field of fields) await look(field);
        }

        for (const question of ['seen-by', 'insurance', 'help']) {
          await open(visit, 'stolen-things', question);
          await touch('[data-choice]');
          await look('note');
          await act('show-options');
        }

        await open(visit, 'stolen-things', 'things');
        await touch('[data-choice="phone"]');
        for (const field of ['brand', 'imei', 'phone-number', 'value']) await look(field);
        await type('imei', '356938035643808');
        await look('imei');
        await act('done-thing');

        await open(visit, 'stolen-things', 'contact');
        await touch('[data-choice="named"]');
        for (const field of ['name', 'phone', 'email', 'address', 'safe-contact']) await look(field);

        await open(visit, 'follow-up', 'follow-reference');
        await look('follow-reference');
        expect(found).toEqual([]);
      });
    }
  }
}

test.each([
  ['standing', '1', false],
  ['standing', '1.5', false],
  ['standing', '1', true],
  ['lying', '1', false],
  ['lying', '1.5', true],
] as const)('every key can be hit and read: %s, text %s, lowered %s', long, async (way, text, isLow) => {
  const { visit } = await openStage({}, sizes[way]);
  const found: string[] = [];
  for (const language of ['da', 'en', 'ar', 'uk', 'pl'] as const) {
    visit.session.chooseLanguage(language);
    visit.session.settings.textSize = text;
    visit.session.settings.isLowReach = isLow;
    await open(visit, 'stolen-things', 'what-happened');
    const looked = new Set<string>();
    for (const letters of new Set([language, 'da', 'ar', 'uk'] as const)) {
      const key = document.querySelector<HTMLElement>(`[data-key="layout"][data-layout="${letters}"]`);
      key?.click();
      for (const isSymbols of [false, true]) {
        await drawn();
        found.push(...badKeys().map((bad) => `${language} ${letters} ${isSymbols ? 'signs' : ''} ${bad}`));
        await touch('[data-key="symbols"]');
      }
      looked.add(document.querySelector('.bed')?.textContent ?? '');
    }
    // Three scripts are one touch away from each other, in every language of the screen.
    expect(looked.size).toBeGreaterThanOrEqual(3);
    for (const questionId of ['where', 'contact']) {
      await open(visit, 'stolen-things', questionId);
      if (questionId === 'contact') {
        await touch('[data-choice="named"]');
        (await seen('[data-field="phone"]')).focus();
      }
      await vi.waitUntil(() => document.querySelector('.bed.pad') !== null, until);
      await drawn();
      found.push(...badKeys().map((bad) => `${language} pad ${bad}`));
    }
  }
  expect(found).toEqual([]);
});
