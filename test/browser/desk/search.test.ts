import { userEvent } from 'vitest/browser';
import { afterEach, expect, test, vi } from 'vitest';
import type { Answer } from '../../../src-main/contract/answer.ts';
import { fakeReports, type FakeReport } from '../../helpers/fake-desk-reports.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  press,
  screen,
  seen,
  signIn,
  stopDesks,
  textOf,
  type as fill,
  until,
  type Stage,
} from './stage.ts';

afterEach(stopDesks);

const text = (words: string): Answer => ({ kind: 'text', text: words });
const [arabic, danish] = fakeReports();
if (arabic === undefined || danish === undefined) throw new Error('there are always two');
const told = (words: string, changes: Partial<FakeReport> = {}): FakeReport => ({
  ...danish,
  isUnder18: false,
  answers: { 'what-happened': text(words) },
  ...changes,
});
const car: Answer = {
  kind: 'things',
  things: [{ kind: 'other', fields: { plate: 'AB 12 345', brand: 'Opfundet' } }],
};

const reports: readonly FakeReport[] = [
  told('سُرِقَتْ حَقيبَتي في المَحَطَّة', { language: 'ar' }),
  told('Kadıköy’den İstanbul’a giderken ışıkta çantam çalındı', { language: 'en' }),
  told('W Łodzi skradziono mi żółty rower', { language: 'en' }),
  told('Skiltet er væk', { reportType: 'stolen-things', answers: { things: car } }),
  told('Cyklen stod ved Århus banegård'),
];

async function openSearch(more: readonly FakeReport[] = []): Promise<Stage> {
  const stage = await openDesk({ reports: [...reports, ...more] });
  await signIn();
  await screen('desk-queue');
  await seen('[data-search="ready"]');
  return stage;
}

async function search(typed: string): Promise<void> {
  await fill('search', typed);
}

/** A person's keys: those that follow faster are a code reader's, and press nothing. */
async function keys(...pressed: readonly string[]): Promise<void> {
  for (const key of pressed) {
    await new Promise((resolve) => setTimeout(resolve, 80));
    await userEvent.keyboard(key);
  }
}

function found(): (string | undefined)[] {
  return [...document.querySelectorAll<HTMLElement>('.list [data-report]')].map(
    (line) => line.dataset['report'],
  );
}

test('Arabic with vowels, Turkish, Polish and a plate are found by what a keyboard here can write', async () => {
  const { kiosk } = await openSearch();
  const [vowels, turkish, polish, plate, aarhus] = kiosk.reportIds;
  const expected = [
    ['سرقت حقيبتي', vowels, 'سُرِقَتْ حَقيبَتي'],
    ['istanbul isikta', turkish, 'İstanbul ışıkta'],
    ['lodzi zolty', polish, 'Łodzi żółty'],
    ['ab12345', plate, 'AB 12 345'],
    ['aarhus', aarhus, 'Århus'],
  ] as const;
  for (const [typed, reportId, marked] of expected) {
    await search(typed);
    await vi.waitUntil(() => document.querySelector('[data-found="1"]') !== null, until);
    expect(found()).toEqual([reportId]);
    const marks = [...document.querySelectorAll('.list mark')].map((mark) => mark.textContent);
    expect(marks.join(' ')).toBe(marked);
  }
  expect(await axeFaults()).toEqual([]);
});

test('by keyboard alone: slash, words, down, down, enter, and Escape empties the field', async () => {
  const { kiosk } = await openSearch();
  await keys('/');
  const field = await seen('[data-field="search"]');
  expect(document.activeElement).toBe(field);
  await keys('v', '[ArrowDown]');
  const [first, second] = found();
  expect(document.activeElement).toBe(await seen(`[data-report="${first ?? ''}"]`));
  await keys('[ArrowDown]', '[Enter]');
  await seen(`[data-open-report="${second ?? ''}"]`);
  await keys('[ArrowUp]', '[ArrowUp]');
  expect(document.activeElement).toBe(field);
  await keys('[Escape]');
  expect(document.querySelector('[data-found]')).toBeNull();
  expect(found()).toHaveLength(kiosk.reportIds.length);
});

test('filters say how many each would leave, combine with words, and are taken away one by one', async () => {
  await openSearch();
  await press('[data-desk-action="filters"]');
  const language = await seen('[data-facet="language"]');
  expect(textOf('[data-facet="language"]')).toContain('(2)');
  await userEvent.selectOptions(language, 'en');
  await seen('[data-found="2"]');
  await search('rower');
  await seen('[data-found="1"]');
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
  await press('[data-chosen="language"]');
  expect(document.querySelector('[data-chosen]')).toBeNull();
});

test('where an answer was promised in a time, one button shows who waits past it', async () => {
  const { kiosk } = await openSearch();
  expect(document.querySelector('[data-desk-action="late"]')).toBeNull();
  await press('[data-desk-action="lock"]');
  kiosk.search.promises = [{ from: '2026-11-01T00:00', until: '2026-12-01T00:00', days: 2 }];
  await signIn();
  await seen('[data-search="ready"]');
  await press('[data-desk-action="late"]');
  await seen('[data-found="0"]');
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
});

test('whoever reads in the list is not moved: what comes is announced, and shown on a touch', async () => {
  const { kiosk } = await openSearch();
  await keys('/', '[ArrowDown]');
  const before = found();
  await kiosk.addReports([told('Netop nu')], kiosk.sealsFor);
  await seen('[data-arrived="1"]');
  expect(found()).toEqual(before);
  expect(document.activeElement).toBe(await seen(`[data-report="${before[0] ?? ''}"]`));
  await press('[data-desk-action="show-arrived"]');
  await vi.waitUntil(() => found().length === before.length + 1, until);
  expect(document.querySelector('[data-arrived]')).toBeNull();
});

test('two reports of one plate point at each other, with the reason; nothing is put together', async () => {
  const { kiosk } = await openSearch([told('Nummerplade væk', { answers: { things: car } })]);
  const [, , , plate = '', , again = ''] = kiosk.reportIds;
  await press(`[data-report="${plate}"]`);
  await seen('[data-duplicates="1"]');
  expect(await axeFaults()).toEqual([]);
  await press('[data-desk-action="open-duplicate"]');
  await seen(`[data-open-report="${again}"]`);
  await seen(`[data-desk-action="open-duplicate"][data-report="${plate}"]`);
});
