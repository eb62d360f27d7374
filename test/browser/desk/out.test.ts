import { afterEach, expect, test, vi } from 'vitest';
import type { EntryContent } from '../../../src-main/contract/entry.ts';
import { entryIdSchema, reportIdSchema } from '../../../src-main/contract/ids.ts';
import { reportExportSchema } from '../../../src-main/contract/report-export.ts';
import {
  axeFaults,
  copied,
  layoutFaults,
  openDesk,
  openFirstReport,
  press,
  printed,
  saved,
  seen,
  signIn,
  stopDesks,
  textOf,
  until,
} from './stage.ts';

/* Out of the desk again: what a colleague pastes, prints or saves is Danish where it can be, and nothing hidden goes with it. */

afterEach(() => {
  stopDesks();
  for (const kept of [copied, printed, saved]) kept.length = 0;
});

type Unbound<Content> = Content extends EntryContent ? Omit<Content, 'entryId' | 'reportId'> : never;
type Said = Unbound<EntryContent>;

/** Of the contact that the visitor wants hidden. */
const hidden = ['سلمى', '٢٢٠٠٠٠٠١', '22 00', 'eksempel@fjordby', 'شارع'];

function expectNothingHidden(text: string): void {
  for (const word of hidden) expect(text).not.toContain(word);
}

async function handOn(which = 0) {
  const stage = await openDesk();
  await signIn();
  if (which === 0) await openFirstReport();
  else {
    await vi.waitUntil(() => document.querySelectorAll('[data-desk-action="open"]').length > which, until);
    document.querySelectorAll<HTMLElement>('[data-desk-action="open"]')[which]?.click();
    await seen('[data-report-view="open"] [data-question]');
  }
  await press('[data-desk-action="hand-on"]');
  await seen('[data-report-out]');
  return stage;
}

test.each([
  [1366, 768],
  [1920, 1080],
])('at %i × %i the fields stand in the order of a case, usable and whole', async (width, height) => {
  const { i18n } = await openDesk({}, width, height);
  await signIn();
  await openFirstReport();
  await press('[data-desk-action="hand-on"]');
  await seen('[data-report-out]');
  const fields = [...document.querySelectorAll<HTMLElement>('[data-out-field]')].map(
    (one) => one.dataset['outField'],
  );
  expect(fields.slice(0, 6)).toEqual(['reference', 'received', 'station', 'type', 'language', 'flags']);
  expect(fields.slice(6, 11)).toEqual(['contact', 'when', 'where', 'what-happened', 'things']);
  expect(textOf('[data-out-field="contact"]')).toContain('Skjult');
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('copying: noted once for a report, Danish from the codes, signs nobody sees are named, contact only when uncovered', async () => {
  const { kiosk } = await handOn();
  await press('[data-desk-action="copy-all"]');
  await vi.waitUntil(() => copied.length === 1, until);
  expect(copied[0]).toContain('20.11.2026 kl. 12.00–12.30');
  expect(copied[0]).toContain('[U+202E]');
  expect(copied[0]).not.toContain('\u202E');
  expect(copied[0]).toMatch(/arabisk, ikke oversat/);
  expectNothingHidden(copied[0] ?? '');
  await press('[data-out-field="when"] [data-desk-action="copy-field"]');
  await vi.waitUntil(() => copied.length === 2, until);
  expect(copied[1]).toBe('20.11.2026 kl. 12.00–12.30');
  expect(kiosk.calls.filter((call) => call.startsWith('noteReportOut'))).toEqual(['noteReportOut copied']);

  await press('[data-desk-action="close-out"]');
  await press('[data-desk-action="show-contact"]');
  await seen('[data-desk-action="hide-contact"]');
  await press('[data-desk-action="hand-on"]');
  await press('[data-out-field="contact"] [data-desk-action="copy-field"]');
  await vi.waitUntil(() => copied.length === 3, until);
  expect(copied[2]).toContain('eksempel@fjordby.example');
});

test('the saved file fits its contract, and holds neither hidden contact nor a CPR number', async () => {
  await handOn();
  await press('[data-desk-action="save-report"]');
  await vi.waitUntil(() => saved.length === 1, until);
  const text = saved[0]?.text ?? '';
  const made = reportExportSchema.parse(JSON.parse(text));
  expect(made.answers.find(({ questionId }) => questionId === 'contact')).toMatchObject({
    state: 'hidden',
    coded: null,
  });
  expect(made.answers.find(({ questionId }) => questionId === 'when')?.coded).toMatchObject({
    precision: 'between',
  });
  expectNothingHidden(text);
});

test('a CPR number leaves the desk in no file, also not among the codes', async () => {
  await handOn(1);
  await press('[data-desk-action="save-report"]');
  await vi.waitUntil(() => saved.length === 1, until);
  expect(saved[0]?.text).toContain('Opfundet Navn');
  expect(saved[0]?.text).not.toMatch(/3201900000|320190-0000/);
});

test('the sheet is in the page only for the printer, and names who printed it', async () => {
  const { kiosk } = await handOn();
  await press('[data-desk-action="print-sheet"]');
  await vi.waitUntil(() => printed.length === 1, until);
  expect(printed[0]).toContain('Endnu ikke registreret som anmeldelse');
  expect(printed[0]).toContain('A. Opfundet');
  expectNothingHidden(printed[0] ?? '');
  expect(kiosk.calls).toContain('noteReportOut printed');
  await vi.waitUntil(() => document.querySelector('[data-sheet]') === null, until);
});

test('what cannot be noted does not leave the desk, and the screen says so', async () => {
  const { kiosk } = await handOn();
  kiosk.trust.isFull = true;
  for (const action of ['copy-all', 'save-report', 'print-sheet']) {
    await press(`[data-desk-action="${action}"]`);
    await vi.waitUntil(() => textOf('[data-report-out] [role="status"]').includes('gik intet ud'), until);
  }
  expect([copied, saved, printed]).toEqual([[], [], []]);
});

test('what staff added goes along: a translation beside its answer, a note in its turn; what was taken back does not, and a translated address stays hidden', async () => {
  const { kiosk, desk } = await openDesk();
  await signIn();
  await openFirstReport();
  const reportId = reportIdSchema.parse(desk.report.reportId);
  const add = (entryId: string, said: Said) =>
    kiosk.entries.somebodyAdds({ ...said, entryId: entryIdSchema.parse(entryId), reportId }, 'B. Opdigtet');
  const id = (last: number): string => `01990000-0000-7000-8000-00000000aa0${last}`;
  const maker = { madeBy: 'Tolk 7', maker: 'interpreter' } as const;
  await add(id(1), {
    kind: 'translation',
    questionId: 'what-happened',
    text: 'Jeg købte en billet.',
    ...maker,
  });
  await add(id(2), { kind: 'translation', questionId: 'contact', text: 'Skjulevej 3', ...maker });
  await add(id(3), { kind: 'note', text: 'Ringet op kl. 15.' });
  await add(id(4), { kind: 'note', text: 'Forkert sag.' });
  await add(id(5), { kind: 'undone', undoes: entryIdSchema.parse(id(4)) });
  await vi.waitUntil(() => desk.entries.all.length === 5, until);
  await press('[data-desk-action="hand-on"]');
  await press('[data-desk-action="copy-all"]');
  await vi.waitUntil(() => copied.length === 1, until);
  await press('[data-desk-action="save-report"]');
  await vi.waitUntil(() => saved.length === 1, until);
  expect(copied[0]).toMatch(/Jeg købte en billet\. \(oversat: .*Tolk 7\)/);
  expect(copied[0]).toContain('Ringet op kl. 15.');
  expect(copied[0]).not.toContain('Forkert sag');
  const made = reportExportSchema.parse(JSON.parse(saved[0]?.text ?? ''));
  expect(made.entries.map(({ kind, isTakenBack, content }) => [kind, isTakenBack, content !== null])).toEqual(
    [
      ['translation', false, true],
      ['translation', false, false],
      ['note', false, true],
      ['note', true, true],
      ['undone', false, true],
    ],
  );
  for (const text of [copied[0], saved[0]?.text]) expect(text).not.toContain('Skjulevej');
});

test('the queue as a file: every line of it, type in Danish, no word of a visitor and no language; noted first', async () => {
  const { kiosk } = await openDesk();
  kiosk.pageSize = 2;
  await signIn();
  await press('[data-desk-action="save-queue"]');
  await vi.waitUntil(() => saved.length === 1, until);
  const lines = (saved[0]?.text ?? '').trim().split('\r\n');
  expect(lines).toHaveLength(1 + kiosk.reports.length);
  expect(lines[1]).toMatch(/^\d{12};2026-11-20T.*;Stjålne ting;new;self;/);
  expectNothingHidden(saved[0]?.text ?? '');
  expect(saved[0]?.text).not.toMatch(/;ar;|arabisk|Opfundet/);
  expect(kiosk.calls).toContain('noteQueueExport');
});
