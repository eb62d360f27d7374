import { afterEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Answer } from '../../../src-main/contract/answer.ts';
import { entryIdSchema } from '../../../src-main/contract/ids.ts';
import { fakeReports, type FakeReport } from '../../helpers/fake-desk-reports.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  openFirstReport,
  press,
  seen,
  signIn,
  stopDesks,
  textOf,
  type,
  until,
} from './stage.ts';

afterEach(stopDesks);

const officer = { roles: ['officer' as const] };

async function isUsable(): Promise<void> {
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
}

/** A person's pace: faster keys are a code reader's, which press nothing. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 80));

async function key(keys: string): Promise<void> {
  await pause();
  await userEvent.keyboard(keys);
}

/** Only with keys: to the next thing that carries this attribute, from wherever the focus is. */
async function tabTo(selector: string): Promise<void> {
  for (let tabs = 0; tabs < 120; tabs += 1) {
    await pause();
    await userEvent.tab();
    if (document.activeElement?.matches(selector) === true) return;
  }
  throw new Error(`no way by Tab to ${selector}`);
}

const items = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[data-timeline-item]')].map(
    (item) => item.dataset['timelineItem'] ?? '',
  );

describe('what staff add', () => {
  test('a note by keys alone: opened, written, saved with Ctrl and Enter, taken back; it stands in the timeline', async () => {
    const { kiosk, i18n } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    await tabTo('[data-desk-action="entry-note"]');
    await key('{Enter}');
    await vi.waitUntil(() => document.activeElement?.matches('[data-field="entry-text"]'), until);
    await isUsable();
    await userEvent.keyboard('Ejeren har ringet.{Enter}To linjer.');
    await key('{Control>}{Enter}{/Control}');
    await seen('[data-timeline-item="note"]');
    expect(textOf('[data-timeline-item="note"]')).toContain('Ejeren har ringet. To linjer.');
    expect(kiosk.entries.all).toHaveLength(1);
    await tabTo('[data-desk-action="undo-entry"]');
    await key('{Enter}');
    await seen('[data-timeline-item="undone"]');
    expect(document.querySelector('[data-desk-action="undo-entry"]')).toBeNull();
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test.each([
    'note',
    'question',
    'rights-given',
    'translation',
    'journal-number',
    'lane',
    'transfer',
    'rejection',
  ])(
    'the form "%s" has its words, is reached and left by keys, and nothing of it is cut off',
    async (kind) => {
      const { i18n } = await openDesk(officer, 1280, 720);
      await signIn();
      await openFirstReport();
      if (kind === 'rejection') await press('[data-desk-action="claim"]');
      await tabTo(`[data-desk-action="entry-${kind}"]`);
      await key(' ');
      await seen(`[data-entry-form="${kind}"]`);
      // A lane needs no words: everything else says what is missing.
      await press('[data-desk-action="entry-save"]');
      if (kind !== 'lane') await seen('#entry-fault');
      expect(await axeFaults()).toEqual([]);
      expect([...i18n.missing.keys()]).toEqual([]);
      if (kind === 'lane') return;
      await tabTo('[data-desk-action="entry-discard"]');
      await key('{Enter}');
      await vi.waitUntil(() => document.querySelector('[data-entry-form]') === null, until);
    },
  );

  test("rights on paper: the pages of what was ticked, each once, in the visitor's language", async () => {
    const { kiosk, i18n } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="entry-rights-given"]');
    await seen('[data-field="rights-item"]');
    expect(document.querySelector('[data-desk-action="print-leaflet"]')).toBeNull();
    for (const item of ['damages', 'state-compensation', 'victim-support'])
      await press(`[data-field="rights-item"][value="${item}"]`);
    await press('[data-field="rights-way"][value="both"]');
    await press('[data-desk-action="print-leaflet"]');
    await seen('[data-paper="printed"]');
    expect(kiosk.calls.filter((call) => call === 'printLeaflet')).toHaveLength(2);
    expect(await axeFaults()).toEqual([]);
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('a colleague at the front desk neither rejects nor transfers', async () => {
    await openDesk();
    await signIn();
    await openFirstReport();
    await seen('[data-desk-action="entry-note"]');
    expect(document.querySelector('[data-desk-action="entry-rejection"]')).toBeNull();
    expect(document.querySelector('[data-desk-action="entry-transfer"]')).toBeNull();
  });

  test('every flag and mark of every report has a sentence that says what it means', async () => {
    const { kiosk, i18n } = await openDesk(officer);
    await signIn();
    await seen('[data-desk-action="open"]');
    const said = new Set<string>();
    for (const { reportId } of kiosk.reports) {
      await press(`[data-desk-action="open"][data-report="${reportId}"]`);
      await seen(`[data-open-report="${reportId}"]`);
      await seen('[data-missing]');
      for (const flag of document.querySelectorAll<HTMLElement>('[data-flag-means]')) {
        said.add(flag.dataset['flagMeans'] ?? '');
        expect(flag.querySelector('dd')?.textContent, flag.dataset['flagMeans']).toMatch(/\S/);
      }
    }
    expect([...said]).toEqual(
      expect.arrayContaining(['protection', 'under18', 'hate', 'anonymous', 'fallback']),
    );
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('a translation stands in Danish beside the words it was made from, with who made it', async () => {
    await openDesk(officer);
    await signIn();
    await openFirstReport();
    const before = textOf('[data-question="what-happened"]');
    await press('[data-desk-action="entry-translation"]');
    await userEvent.selectOptions(await seen('[data-field="entry-question"]'), 'what-happened');
    await press('[data-field="entry-maker"][value="interpreter"]');
    await seen('[data-translates="what-happened"]');
    await type('entry-made-by', 'T. Opfundet');
    await type('entry-text', 'Jeg købte en billet i automaten.');
    await press('[data-desk-action="entry-save"]');
    await seen('[data-translation="what-happened"]');
    const after = textOf('[data-question="what-happened"]');
    expect(after).toContain('Jeg købte en billet i automaten.');
    expect(after).toMatch(/en tolk, T\. Opfundet/);
    expect(after).toContain(before.split(' ').at(-1));
    await isUsable();
  });

  test('the form of a translation stands still while somebody writes, and knows who that is', async () => {
    await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="entry-translation"]');
    const area = await seen('[data-field="entry-text"]');
    const place = (): readonly number[] => {
      const { top, height, left, width } = area.getBoundingClientRect();
      return [top, height, left, width].map(Math.round);
    };
    const before = place();
    const madeBy = await seen('[data-field="entry-made-by"]');
    expect(madeBy instanceof HTMLInputElement && madeBy.value).toBe('A. Opfundet');
    await press('[data-desk-action="entry-save"]');
    await seen('#entry-fault');
    expect(place()).toEqual(before);
    await userEvent.selectOptions(await seen('[data-field="entry-question"]'), 'what-happened');
    expect(place()).toEqual(before);
    await type('entry-text', 'Jeg købte en billet. '.repeat(350));
    expect(document.querySelector('#entry-fault')).toBeNull();
    expect(place()).toEqual(before);
    // Somebody else made it: the own name makes room for theirs, and comes back.
    await press('[data-field="entry-maker"][value="interpreter"]');
    expect(madeBy instanceof HTMLInputElement && madeBy.value).toBe('');
    await press('[data-field="entry-maker"][value="colleague"]');
    expect(madeBy instanceof HTMLInputElement && madeBy.value).toBe('A. Opfundet');
  });

  test('a translation of contact that is kept out of sight is as hidden as the contact', async () => {
    const { kiosk } = await openDesk(officer);
    await signIn();
    const [report] = kiosk.reports;
    if (report === undefined) expect.fail('there is a report');
    await openFirstReport();
    const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000001');
    const { reportId } = report;
    const text = 'Modelvej 3, kun e-mail';
    const said = {
      kind: 'translation',
      questionId: 'contact',
      text,
      madeBy: 'T',
      maker: 'interpreter',
    } as const;
    await kiosk.entries.somebodyAdds({ ...said, entryId, reportId }, 'B. Opdigtet');
    await seen('[data-hidden-entry]');
    await seen('[data-fresh]');
    expect(textOf('body')).not.toContain('Modelvej');
    await press('[data-desk-action="show-contact"]');
    await vi.waitUntil(() => textOf('body').includes('Modelvej'), until);
    expect(kiosk.calls).toContain('showContact');
  });

  test('ask more: now by the number, later by the safe contact that has to be asked for, never of somebody anonymous', async () => {
    await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="entry-question"]');
    await seen('[data-entry-form="question"]');
    expect(textOf('[data-entry-form]')).toMatch(/Kald nummer \d{4}/);
    await press('[data-field="question-way"][value="later"]');
    await seen('[data-entry-form] [data-desk-action="show-contact"]');
    expect(textOf('[data-entry-form]')).not.toContain('لا تتصلوا');
    await press('[data-entry-form] [data-desk-action="show-contact"]');
    await seen('[data-ask="later"]');
    expect(textOf('[data-entry-form]')).toContain('لا تتصلوا');
    await press('[data-desk-action="entry-discard"]');
    const lines = document.querySelectorAll<HTMLElement>('[data-desk-action="open"]');
    lines[2]?.click();
    await vi.waitUntil(() => textOf('.head').includes('Anonym'), until);
    await press('[data-desk-action="entry-question"]');
    await seen('[data-ask="anonymous"]');
    expect(document.querySelector('[data-field="question-way"]')).toBeNull();
  });

  test('a rejection says in both languages what the visitor is told, and can be taken back for ten minutes', async () => {
    const { kiosk } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="claim"]');
    await seen('[data-desk-action="finish"]');
    await press('[data-desk-action="entry-rejection"]');
    const field = async (name: string): Promise<string> => {
      const area = await seen(`[data-field="${name}"]`);
      return area instanceof HTMLTextAreaElement ? area.value : '';
    };
    // Own words wait while a template stands in their place.
    await type('entry-text', 'Vi har talt om det.');
    await press('[data-field="entry-reason"][value="insult"]');
    await press('[data-field="entry-reason"][value=""]');
    expect(await field('entry-text')).toBe('Vi har talt om det.');
    // By arrow keys past others: the words are those of where it ends.
    (await seen('[data-field="entry-reason"]:checked')).focus();
    for (const _step of [1, 2, 3, 4]) await key('{ArrowDown}');
    expect(document.activeElement?.getAttribute('value')).toBe('abroad');
    for (const words of document.querySelectorAll<HTMLElement>('[data-entry-form] label:has([type="radio"])'))
      expect(words.scrollWidth, words.innerText).toBeLessThanOrEqual(words.clientWidth);
    await vi.waitUntil(async () => (await field('entry-own')) !== '', until);
    await isUsable();
    expect(await field('entry-text')).toContain('114');
    await press('[data-desk-action="entry-save"]');
    await seen('[data-timeline-item="rejection"]');
    expect(textOf('[data-open-report] .words')).toContain('Afvist');
    // The list says so too, in a filter of its own, and nowhere that it is finished.
    await press('[data-filter="rejected"]');
    await seen('[data-desk-action="open"][data-state="rejected"]');
    expect(textOf('.list')).toContain('Afvist');
    expect(items()).not.toContain('deed-1');
    await press('[data-filter="finished"]');
    await vi.waitUntil(() => document.querySelector('[data-desk-action="open"]') === null, until);
    await press('[data-filter="rejected"]');
    expect(kiosk.calls).toContain('reject');
    expect(document.querySelector('[data-desk-action="entry-note"]')).toBeNull();
    await isUsable();
    await press('[data-desk-action="print-leaflet"]');
    await seen('[data-paper="printed"]');
    kiosk.printerProblem = 'no-paper';
    await press('[data-desk-action="print-leaflet"]');
    await seen('[data-paper="failed"]');
    expect(textOf('[data-paper]')).toContain('intet papir');
    await isUsable();
    await press('[data-desk-action="show-large"]');
    await seen('[data-large-card][open]');
    expect(document.querySelector('[data-large-card] [lang="ar"]')?.textContent).toMatch(
      /\p{Script=Arabic}/u,
    );
    expect(document.querySelector('[data-large-card] [lang="da"]')?.textContent).toContain('114');
    expect(await axeFaults()).toEqual([]);
    await page.screenshot({ path: '../../../.cache/shots-entries/large.png' });
    await key('{Escape}');
    await vi.waitUntil(() => document.querySelector('[data-large-card][open]') === null, until);
    await press('[data-desk-action="reopen"]');
    await seen('[data-desk-action="entry-note"]');
    expect(kiosk.calls).toContain('reopen');
  });

  test('two desks: what the other added is told in the open form, and both stay', async () => {
    const { kiosk } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    const [report] = kiosk.reports;
    if (report === undefined) expect.fail('there is a report');
    await press('[data-desk-action="entry-note"]');
    await type('entry-text', 'fra denne skranke');
    const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000002');
    const { reportId } = report;
    await kiosk.entries.somebodyAdds(
      { kind: 'note', entryId, reportId, text: 'fra den anden' },
      'B. Opdigtet',
    );
    await seen('[data-entry-news]');
    expect(textOf('[data-entry-news]')).toContain('Notat fra B. Opdigtet fra den anden');
    await isUsable();
    await press('[data-desk-action="entry-save"]');
    await vi.waitUntil(() => items().filter((item) => item === 'note').length === 2, until);
  });

  test('a call for help with a report stands among the calls of the desk, with who called', async () => {
    const { kiosk, i18n } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="escalate"]');
    await seen('[data-entry-said="true"] p');
    const [report] = kiosk.reports;
    if (report === undefined) expect.fail('there is a report');
    const { reportId, reference } = report;
    kiosk.raise('escalated', { report: { reportId, reference }, raisedBy: 'B. Opdigtet', language: null });
    await seen('[data-alert][data-kind="escalated"]');
    expect(textOf('[data-alert]')).toContain('B. Opdigtet');
    await isUsable();
    expect([...i18n.missing.keys()]).toEqual([]);
  });

  test('half a note is there again after the lock', async () => {
    const { desk } = await openDesk(officer);
    await signIn();
    await openFirstReport();
    await press('[data-desk-action="entry-note"]');
    await type('entry-text', 'halvt skrevet');
    desk.session.lock();
    await seen('[data-screen="desk-sign-in"]');
    expect(document.body.innerHTML).not.toContain('halvt skrevet');
    await signIn();
    await seen('[data-waiting-drafts]');
    await isUsable();
    await press('[data-desk-action="go-on-draft"]');
    const area = await seen('[data-field="entry-text"]');
    expect(area instanceof HTMLTextAreaElement && area.value).toBe('halvt skrevet');
  });
});

/** Everything a stranger can do to a screen with words. */
const hostileText = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  '\u202Egnp.exe\u202C \u2066\u2067 \u0000\u0007\u001B[31m \uFEFF\u200B \u{E0041}',
  '{{name}} ${1+1} \\n %s $t(desk:name)',
  'ااااا ' + 'W'.repeat(400) + ' ' + '🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(20),
].join('\n');
const hostile: Answer = { kind: 'text', text: hostileText.padEnd(8000, 'æ ø å ') };

describe('a hostile report and a hostile entry', () => {
  test.each([
    [1366, 768],
    [1920, 1080],
  ])(
    'at %i × %i: nothing runs, nothing turns around, nothing reaches out of its place',
    async (width, height) => {
      const [arabic] = fakeReports(0);
      if (arabic === undefined) expect.fail('there is a report');
      const report: FakeReport = { ...arabic, answers: { ...arabic.answers, 'what-happened': hostile } };
      const { kiosk, i18n } = await openDesk({ ...officer, reports: [report] }, width, height);
      await signIn();
      await openFirstReport();
      const title = document.title;
      const [stored] = kiosk.reports;
      if (stored === undefined) expect.fail('there is a report');
      const entryId = entryIdSchema.parse('01990000-0000-4000-8000-000000000003');
      const { reportId } = stored;
      await kiosk.entries.somebodyAdds(
        { kind: 'note', entryId, reportId, text: hostileText },
        'B. <b>Opdigtet</b>',
      );
      await seen('[data-timeline-item="note"]');
      await isUsable();
      expect(document.title).toBe(title);
      expect(document.querySelector('[data-report-view] img, [data-report-view] script')).toBeNull();
      expect(document.querySelector('[data-timeline-item="note"]')?.textContent).toContain('U+202E');
      expect(document.body.textContent).not.toContain('\u202E');
      expect([...i18n.missing.keys()]).toEqual([]);
      await page.screenshot({ path: `../../../.cache/shots-entries/hostile-${width}.png` });
      await press('[data-desk-action="to-timeline"]');
      await page.screenshot({ path: `../../../.cache/shots-entries/timeline-${width}.png` });
    },
  );
});
