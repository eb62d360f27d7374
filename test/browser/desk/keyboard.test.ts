import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { deskPin } from '../../helpers/fake-desk-api.ts';
import { axeFaults, copied, openDesk, printed, saved, seen, stopDesks, textOf, until } from './stage.ts';

/*
 * Every action of the desk by keys alone. A pointer that is used anywhere fails the test: the page would hear of it.
 */

const long = 180_000;
let touched: string[] = [];
const note = ({ type, isTrusted }: Event): void => {
  if (isTrusted) touched.push(type);
};
const pointers = ['pointerdown', 'mousedown', 'touchstart'] as const;

beforeEach(() => {
  touched = [];
  for (const type of pointers) addEventListener(type, note, true);
});
afterEach(() => {
  for (const type of pointers) removeEventListener(type, note, true);
  stopDesks();
  for (const out of [copied, saved, printed]) out.length = 0;
  expect(touched).toEqual([]);
});

/** A person's pace: faster keys are a code reader's, which press nothing. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));

async function key(keys: string): Promise<void> {
  await pause();
  await userEvent.keyboard(keys);
}

async function write(text: string): Promise<void> {
  await pause();
  await userEvent.keyboard('{Control>}a{/Control}');
  await userEvent.keyboard(text);
}

/** By Tab, forwards or back, whichever is nearer in the order of the page. */
async function tabTo(selector: string): Promise<void> {
  const target = await seen(selector);
  for (let tabs = 0; tabs < 90; tabs += 1) {
    if (document.activeElement?.matches(selector) === true) return;
    const order = document.activeElement?.compareDocumentPosition(target) ?? 0;
    await pause();
    await userEvent.tab({ shift: (order & Node.DOCUMENT_POSITION_PRECEDING) !== 0 });
  }
  throw new Error(`no way by Tab to ${selector}`);
}

async function act(action: string): Promise<void> {
  await tabTo(`[data-desk-action="${action}"]`);
  await key('{Enter}');
}

const field = (name: string): string => `[data-field="${name}"]`;
const gone = (selector: string): Promise<boolean> =>
  vi.waitUntil(() => document.querySelector(selector) === null, until);

async function fill(name: string, text: string): Promise<void> {
  await tabTo(field(name));
  await write(text);
}

/** Opens a form, fills it in and saves it; its entry stands in the timeline afterwards. */
async function add(kind: string, fillIn: () => Promise<void>): Promise<void> {
  await act(`entry-${kind}`);
  await seen(`[data-entry-form="${kind}"]`);
  await fillIn();
  expect(await axeFaults()).toEqual([]);
  await act('entry-save');
  await seen(`[data-timeline-item="${kind}"]`);
  await gone('[data-entry-form]');
}

async function signIn(): Promise<void> {
  await seen('[data-screen="desk-sign-in"]');
  await tabTo(field('user-name'));
  await userEvent.keyboard('skranke1');
  await key('{Tab}');
  await userEvent.keyboard(deskPin);
  await key('{Enter}');
  await seen('[data-screen="desk-queue"]');
}

test(
  'by keys alone: a report is found, opened and taken, everything is added to it, and it is finished, opened again and rejected',
  { timeout: long },
  async () => {
    const { kiosk, i18n } = await openDesk({ roles: ['officer'] });
    await signIn();
    await seen('[data-search="ready"]');

    // Found by a word, with a slash and an arrow; filters and their counts.
    await key('/');
    await userEvent.keyboard('22000001');
    await key('{Escape}');
    await userEvent.keyboard('سلمى');
    await key('{Escape}');
    await act('filters');
    await tabTo('[data-facet="language"]');
    await key('{ArrowDown}');
    await seen('[data-chosen="language"]');
    expect(await axeFaults()).toEqual([]);
    await tabTo('[data-chosen="language"]');
    await key('{Enter}');
    await gone('[data-chosen="language"]');
    await act('filters');
    for (const filter of ['new', 'mine', 'unprinted', 'finished', 'rejected', 'all']) {
      await tabTo(`[data-filter="${filter}"]`);
      await key(' ');
      await seen(`[data-filter="${filter}"][aria-pressed="true"]`);
    }
    await key('/');
    await key('{ArrowDown}');
    await vi.waitUntil(() => document.activeElement?.matches('[data-desk-action="open"]') === true, until);
    await key('{ArrowDown}');
    await key('{ArrowUp}');
    await key('{Enter}');
    await seen('[data-report-view="open"] [data-question]');
    expect(await axeFaults()).toEqual([]);

    await act('show-contact');
    await act('hide-contact');
    await act('claim');
    await act('release');
    await act('claim');
    await seen('[data-desk-action="finish"]');

    await add('note', () => write('Ejeren har ringet.'));
    await act('undo-entry');
    await seen('[data-timeline-item="undone"]');
    await act('to-timeline');
    await add('question', async () => {
      await fill('entry-text', 'Hvilken farve?');
      await tabTo('[data-field="question-way"]:checked');
      await key('{ArrowDown}');
    });
    await act('ask-missing');
    await seen('[data-entry-form="question"]');
    await act('entry-discard');
    await gone('[data-entry-form]');
    await add('translation', async () => {
      await tabTo(field('entry-question'));
      await key('{ArrowDown}');
      await tabTo('[data-field="entry-maker"]:checked');
      await key('{ArrowRight}');
      await fill('entry-made-by', 'T. Opfundet');
      await fill('entry-text', 'Jeg købte en billet.');
    });
    await add('rights-given', async () => {
      await tabTo(field('rights-item'));
      await key(' ');
      await tabTo('[data-field="rights-way"]:checked');
      await key('{ArrowDown}');
      await act('print-leaflet');
      await seen('[data-paper="printed"]');
    });
    await add('journal-number', () => write('0700-10241'));
    await add('lane', () => Promise.resolve());
    await add('transfer', async () => {
      await tabTo(field('entry-district'));
      await key('{ArrowDown}');
      await fill('entry-text', 'Det skete dér.');
    });

    await act('reprint');
    await vi.waitUntil(() => kiosk.calls.includes('reprint'), until);
    await act('reprint-discreet');
    await act('escalate');
    await vi.waitUntil(() => kiosk.entries.escalated.length === 1, until);

    // Out: one field, all fields, a file, paper; and back to the answers.
    await act('hand-on');
    await seen('[data-desk-action="copy-all"]');
    expect(await axeFaults()).toEqual([]);
    await act('copy-all');
    await vi.waitUntil(() => copied.length === 1, until);
    await act('save-report');
    await vi.waitUntil(() => saved.length === 1, until);
    await act('print-sheet');
    await vi.waitUntil(() => printed.length === 1, until);
    await act('close-out');

    await act('finish');
    await act('finish-confirmed');
    await act('reopen');
    await seen('[data-desk-action="finish"]');
    await add('rejection', async () => {
      await tabTo('[data-field="entry-reason"]:checked');
      await key('{ArrowDown}');
      await vi.waitUntil(() => {
        const own = document.querySelector(field('entry-own'));
        return own instanceof HTMLTextAreaElement && own.value !== '';
      }, until);
    });
    await seen('[data-desk-action="open"][data-state="rejected"], [data-open-report]');
    await act('show-large');
    await seen('[data-large-card][open]');
    await key('{Escape}');
    await gone('[data-large-card][open]');
    expect(await axeFaults()).toEqual([]);

    await act('save-queue');
    await vi.waitUntil(() => saved.length === 2, until);
    await key('{F2}');
    await userEvent.keyboard('123');
    await key('{Enter}');
    await seen('[data-desk-action="close-slip"]');
    await act('close-slip');

    const call = kiosk.raise('staff-now');
    await seen(`[data-alert="${call.alertId}"]`);
    await act('take-alert');
    await seen(`[data-alert="${call.alertId}"][data-state="taken"]`);
    await act('lock');
    await seen('[data-screen="desk-sign-in"]');
    expect(textOf('body')).not.toContain('Jeg købte en billet');
    expect([...i18n.missing.keys()]).toEqual([]);
  },
);
