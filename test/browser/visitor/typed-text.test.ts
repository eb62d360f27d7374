import { tick } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { findType } from '../../../src-main/domain/type-menu.ts';
import type { Visit } from '../../../src-renderer/state/visit.svelte.ts';
import { naughtyStrings } from '../../helpers/naughty-strings.ts';
import {
  act,
  landscape,
  openStage,
  portrait,
  screen,
  seen,
  stopVisits,
  touch,
  type,
  until,
} from './stage.ts';

afterEach(stopVisits);

const long = { timeout: 120_000 };

/** All else is skipped: from this question it goes straight to the answers. */
async function open(visit: Visit, typeId: string, questionId: string): Promise<void> {
  const { content } = visit.kiosk;
  const found = content === null ? null : findType(content, typeId);
  if (found === null) throw new Error(`no type ${typeId}`);
  visit.session.questions.begin(found);
  while (visit.session.questions.question !== null) visit.session.questions.skip('skipped');
  visit.session.questions.change(questionId);
  await seen(`[data-question="${questionId}"]`);
}

async function field(name: string): Promise<HTMLInputElement | HTMLTextAreaElement> {
  const found = await seen(`[data-field="${name}"]`);
  if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`${name} is no field`);
}

/** By the browser's own clipboard and its own paste. @returns how long the page was busy with it. */
async function paste(name: string, text: string): Promise<number> {
  const copy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  (await field(name)).focus();
  document.addEventListener('copy', copy);
  await userEvent.copy();
  document.removeEventListener('copy', copy);
  let began = 0;
  const begin = (): void => {
    began = performance.now();
  };
  document.addEventListener('paste', begin, { once: true });
  await userEvent.paste();
  await vi.waitUntil(() => began > 0, until);
  await tick();
  // Asked for, so that what the page has to lay out counts too.
  expect((await field(name)).scrollHeight).toBeGreaterThan(0);
  return performance.now() - began;
}

test(
  'a pasted megabyte: one sentence, what fits is there to the last letter, and the screen is as quick as before',
  long,
  async () => {
    const { visit } = await openStage();
    await touch('[data-language="en"]');
    await open(visit, 'stolen-things', 'what-happened');
    const most = 8000;
    // Words of different length, so that a letter lost anywhere would show.
    const megabyte = Array.from({ length: 160_000 }, (_, at) => String(at))
      .join(' ')
      .slice(0, 1_048_576);
    await type('what-happened', 'ab');
    await paste('what-happened', megabyte);
    const story = await field('what-happened');
    /** Without its eight thousand letters in a message, should it fail. */
    const holds = (text: string): Promise<boolean> => vi.waitUntil(() => story.value === text, until);
    await holds(`ab${megabyte.slice(0, most - 2)}`);
    await seen('[data-full]');

    // Something put into the middle of a full text pushes nothing off its end.
    story.setSelectionRange(1, 1);
    await touch('[data-key="c"]');
    await holds(`ab${megabyte.slice(0, most - 2)}`);
    story.setSelectionRange(most, most);
    await touch('[data-key="backspace"]');
    await vi.waitUntil(() => document.querySelector('[data-full]') === null, until);
    await holds(`ab${megabyte.slice(0, most - 3)}`);

    // Held against a paste that just fits, in the same run: a hundred times as much is not ten times as slow.
    const small = megabyte.slice(0, most);
    const times: Record<'small' | 'large', number[]> = { small: [], large: [] };
    for (let round = 0; round < 7; round += 1) {
      for (const [size, text] of [
        ['small', small],
        ['large', megabyte],
      ] as const) {
        story.setSelectionRange(0, story.value.length);
        times[size].push(await paste('what-happened', text));
        expect(story.value.length).toBe(most);
      }
    }
    const median = (all: number[]): number => all.toSorted((one, other) => one - other)[3] ?? 0;
    expect(median(times.large)).toBeLessThan(median(times.small) * 10);

    await act('continue');
    await vi.waitUntil(() => {
      const kept = visit.session.draft.answers['what-happened'];
      return kept?.kind === 'text' && kept.text === small;
    }, until);
  },
);

test(
  'names from right to left and hidden signs reorder nothing when answers are read back',
  long,
  async () => {
    for (const [language, size] of [
      ['en', portrait],
      ['ar', landscape],
    ] as const) {
      const { visit } = await openStage({}, size);
      await touch(`[data-language="${language}"]`);
      await open(visit, 'stolen-things', 'things');
      await touch('[data-choice="phone"]');
      await paste('brand', '\u202eKvark\u2067');
      await paste('colour', 'أسود');
      await act('done-thing');
      const thing = await seen('li small');
      const kept = [...thing.querySelectorAll('bdi')].map((piece) => piece.textContent);
      expect(kept).toEqual(['\u202eKvark\u2067', 'أسود']);
      for (const piece of thing.querySelectorAll('bdi'))
        expect(getComputedStyle(piece).unicodeBidi).toMatch(/isolate/);

      await open(visit, 'stolen-things', 'contact');
      await touch('[data-choice="named"]');
      for (const [name, text] of naughtyStrings) {
        const input = await field('name');
        input.select();
        await paste('name', text);
        await act('continue');
        await screen('check');
        const shown = [...document.querySelectorAll('[data-answer="contact"] bdi')].map(
          (one) => one.textContent,
        );
        // One line: a field of one line takes no line breaks.
        if (text.trim() !== '') expect(shown, name).toContain(input.value);
        await touch('[data-change="contact"]');
        await seen('[data-question="contact"]');
      }
      stopVisits();
      document.body.replaceChildren();
    }
  },
);

test('a CPR number is asked of nobody, hidden while it is typed, and never read back', long, async () => {
  const { visit, services } = await openStage();
  await touch('[data-language="da"]');
  await open(visit, 'stolen-things', 'contact');
  await touch('[data-choice="named"]');
  expect(document.querySelector('[data-field="cpr"]')).toBeNull();
  await act('add-cpr');
  await type('cpr', '3201900000');
  const input = await field('cpr');
  expect(getComputedStyle(input).getPropertyValue('-webkit-text-security')).toBe('disc');
  // Not a password: the browser must not offer to keep it.
  expect(input.getAttribute('type')).toBe('text');
  expect(document.body.innerText).not.toContain('320190');
  await act('show-private');
  await vi.waitUntil(
    () => getComputedStyle(input).getPropertyValue('-webkit-text-security') === 'none',
    until,
  );
  await act('continue');
  await screen('check');
  expect(document.body.innerText).toContain('CPR');
  expect(document.body.innerText).not.toContain('320190');
  await act('submit');
  await screen('reference');
  expect(document.body.innerText).not.toContain('320190');
  expect(JSON.stringify(services.arrived)).toContain('3201900000');
});
