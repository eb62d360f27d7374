import { afterEach, expect, test, vi } from 'vitest';
import type { AuditLine } from '../../../src-main/contract/desk-trust.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  press,
  saved,
  seen,
  signIn,
  stopDesks,
  textOf,
  until,
  write,
} from './stage.ts';

afterEach(() => {
  stopDesks();
  saved.length = 0;
});

const somebody = '00000000-0000-4000-8000-0000000000aa';
const opened: Omit<AuditLine, 'sequence'> = {
  occurredAt: '2026-11-20T13:52:00.000Z',
  actor: somebody,
  actorName: 'A. Opfundet',
  action: 'report-opened',
  subject: '00000000-0000-4000-8000-000000000001',
  reference: '071204830618',
  subjectName: null,
};
const lines = Array.from({ length: 23 }, (_, index) => ({
  ...opened,
  sequence: index + 1,
  ...(index % 2 === 0 ? {} : { actor: 'visitor', actorName: null, action: 'report-received' }),
}));

async function openAudit(width = 1366, height = 768) {
  const stage = await openDesk({ roles: ['supervisor'] }, width, height);
  stage.kiosk.trust.lines = lines;
  stage.kiosk.trust.verdict = { rows: 23, ok: true, firstBad: null, signed: null };
  await signIn();
  await press('[data-place="audit"]');
  await seen('[data-audit="ready"] [data-audit-line="1"]');
  return stage;
}

test('arrow keys lead from place to place; whoever has only the queue has no tabs', async () => {
  await openDesk();
  await signIn();
  await seen('[data-screen="desk-queue"]');
  expect(document.querySelector('[role="tablist"]')).toBeNull();
  stopDesks();
  document.body.replaceChildren();
  await openDesk({ roles: ['supervisor'] });
  await signIn();
  (await seen('[data-place="queue"]')).focus();
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  await seen('[role="tab"][aria-selected="true"]:not([data-place="queue"]):focus');
});

test.each([
  [1366, 768],
  [1920, 1080],
])(
  'at %i × %i: who did what, whole and usable; a page that is short asks on by itself',
  async (width, height) => {
    const { i18n } = await openAudit(width, height);
    expect(document.querySelectorAll('[data-audit-line]')).toHaveLength(23);
    expect(textOf('[data-audit-line="23"]')).toContain('A. Opfundet');
    expect(textOf('[data-audit-line="23"]')).toContain('0712 0483 0618');
    expect(document.querySelector('[data-chain="walked"][data-chain-bad=""]')).not.toBeNull();
    expect(await axeFaults()).toEqual([]);
    expect(layoutFaults()).toEqual([]);
    expect([...i18n.missing.keys()]).toEqual([]);
  },
);

test('today, a week, a month or from a day on: one touch, and what is typed in Danish is read', async () => {
  const { kiosk } = await openAudit();
  kiosk.trust.lines = lines.map((line) => ({
    ...line,
    occurredAt: line.sequence > 3 ? '2026-11-20T13:00:00.000Z' : `2026-11-0${line.sequence}T13:00:00.000Z`,
  }));
  const shown = () => document.querySelectorAll('[data-audit-line]').length;
  await press('[data-lately="last1"]');
  await vi.waitUntil(() => shown() === 20, until);
  expect(document.querySelector<HTMLInputElement>('[data-field="audit-from"]')?.value).toBe('20.11.2026');
  await press('[data-lately="last30"]');
  await vi.waitUntil(() => shown() === 23, until);
  await write('audit-from', '0311');
  await vi.waitUntil(() => shown() === 21, until);
  expect(document.querySelector('[data-lately][aria-pressed="true"]')).toBeNull();
  await write('audit-from', 'i går');
  expect((await seen('[data-field="audit-from"]')).getAttribute('aria-invalid')).toBe('true');
  expect(shown()).toBe(21);
  expect(await axeFaults()).toEqual([]);
  await press('[data-lately="alltime"]');
  await vi.waitUntil(() => shown() === 23, until);
  expect((await seen('[data-field="audit-from"]')).getAttribute('aria-invalid')).toBe('false');
});

test('what a line is about is said in words, never by a bare number', async () => {
  const { kiosk, i18n } = await openAudit();
  const about = (action: string, subject: string, more: Partial<AuditLine> = {}) => ({
    ...opened,
    ...{ action, subject, reference: null, ...more },
  });
  kiosk.trust.lines = [
    about('search-opened', '1'),
    about('search-opened', '1204'),
    about('station-approved', '3'),
    about('event-parked', '71'),
    about('backup-restored', '00-120 53'),
    about('alert-taken', '3f2a91bc-0000-4000-8000-000000000001'),
    about('desk-revoked', 'x'.repeat(43), { subjectName: 'Skranke 2' }),
    about('audit-exported', 'csv'),
    about('of-tomorrow', '12'),
  ].map((line, index) => ({ ...line, sequence: index + 1 }));
  await press('[data-lately="alltime"]');
  await vi.waitUntil(() => document.querySelectorAll('[data-audit-line]').length === 9, until);
  const told = [...document.querySelectorAll('[data-audit-line] td:last-child')].map(
    (cell) => cell.textContent,
  );
  expect(told.toReversed()).toEqual([
    '1 rapport',
    '1.204 rapporter',
    'Version 3',
    'Hændelse 71',
    'Kiosk 00-120 til og med hændelse 53',
    'Kald 3f2a91bc',
    'Skranke 2',
    'Som CSV',
    'Id 12',
  ]);
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('a broken chain is named with its line, above and at the line', async () => {
  const { kiosk } = await openAudit();
  kiosk.trust.verdict = { rows: 23, ok: false, firstBad: 7, signed: null };
  await press('[data-desk-action="audit-verify"]');
  await seen('[data-chain-bad="7"]');
  expect(textOf('[data-chain-bad]')).toContain('7');
  expect(textOf('[data-audit-line="7"]')).toContain('brudt');
  const signed = { through: 30, at: '2026-11-20T13:00:00.000Z' } as const;
  kiosk.trust.verdict = { rows: 23, ok: false, firstBad: 24, signed: { ...signed, state: 'cut' } };
  await press('[data-desk-action="audit-verify"]');
  await seen('[data-chain-signed="cut"][data-chain-bad="24"]');
  expect(textOf('[data-chain-bad]')).toContain('linje 30 var underskrevet');
  kiosk.trust.verdict = {
    rows: 23,
    ok: true,
    firstBad: null,
    signed: { ...signed, through: 23, state: 'good' },
  };
  await press('[data-desk-action="audit-verify"]');
  await seen('[data-chain-signed="good"]');
  expect(textOf('[data-chain-signed]')).toContain('Underskrevet til og med linje 23, 20.11.2026');
  expect(await axeFaults()).toEqual([]);
});

test('the file holds every line of the filter, is noted first, and names nobody', async () => {
  const { kiosk } = await openAudit();
  const person = await seen('[data-field="audit-who"]');
  if (person instanceof HTMLSelectElement) person.value = somebody;
  person.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitUntil(() => document.querySelectorAll('[data-audit-line]').length === 12, until);
  await press('[data-desk-action="audit-csv"]');
  await vi.waitUntil(() => saved.length === 1, until);
  const [file] = saved;
  expect(file?.text.trim().split('\r\n')).toHaveLength(13);
  expect(file?.text).toContain(somebody);
  expect(file?.text).not.toContain('Opfundet');
  const calls = kiosk.calls.filter((call) => call.startsWith('noteAudit'));
  expect(calls).toEqual(['noteAuditExport csv']);
});
