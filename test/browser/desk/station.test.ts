import { afterEach, expect, test, vi } from 'vitest';
import { arabicReport } from '../../helpers/fake-desk-reports.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  press,
  seen,
  signIn,
  stopDesks,
  textOf,
  type,
  until,
} from './stage.ts';

afterEach(stopDesks);

async function openStation(width = 1366, height = 768) {
  const stage = await openDesk({ roles: ['supervisor'] }, width, height);
  await signIn();
  await press('[data-place="station"]');
  await seen('[data-preview] [data-preview-screen="da"] [data-day]');
  return stage;
}

/** Types into a field and leaves it. */
async function write(field: string, text: string): Promise<void> {
  await type(field, text);
  (await seen(`[data-field="${field}"]`)).dispatchEvent(new Event('change', { bubbles: true }));
}

test.each([
  [1366, 768],
  [1920, 1080],
])('at %i × %i a supervisor writes hours beside what visitors read, and approves', async (width, height) => {
  const { kiosk, desk, i18n } = await openStation(width, height);
  await write('hours-counter-0', '9-17, 18.30-20');
  desk.station.change({ replyWithinDays: 5 });
  await vi.waitUntil(() => textOf('[data-preview-screen]').includes('inden 5 dage'), until);
  await press('[data-desk-action="add-exception"]');
  await press('[data-desk-action="add-notice"]');
  await write('notice-title-da', 'Døren er ved siden af');
  await vi.waitUntil(() => desk.station.problems.length === 0, until);
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
  await press('[data-desk-action="station-approve"]');
  await seen('[data-station-saying="approved"]');
  const { approved } = kiosk.trust.standing;
  expect(approved?.settings.services[0]?.week[0]).toEqual([
    { from: '09:00', to: '17:00' },
    { from: '18:30', to: '20:00' },
  ]);
  expect(approved?.settings.notices[0]?.words.da.title).toBe('Døren er ved siden af');
  expect([...i18n.missing.keys()]).toEqual([]);
});

test('what is not understood stays as typed; what cannot be approved is named where it stands', async () => {
  const { kiosk } = await openStation();
  await write('hours-counter-1', 'otte til fire');
  expect(textOf('[data-service="counter"]')).toContain('Skriv for eksempel');
  await write('hours-counter-2', '16-8');
  await seen('[data-fault-at="services.counter.2"][data-fault="span-backwards"]');
  const approve = await seen('[data-desk-action="station-approve"]');
  expect(approve.hasAttribute('disabled')).toBe(true);
  expect(await axeFaults()).toEqual([]);
  expect(kiosk.calls).not.toContain('approveStation');
});

test('a field that was not understood is a mistake by itself; what nobody has approved says so until it is thrown away', async () => {
  const { kiosk, desk } = await openStation();
  const approve = await seen('[data-desk-action="station-approve"]');
  await write('hours-counter-6', '25-30');
  await vi.waitUntil(() => approve.hasAttribute('disabled'), until);
  await seen('[data-station-faults="1"]');
  await desk.station.approve();
  expect(kiosk.calls).not.toContain('approveStation');
  await write('hours-counter-6', '10-12');
  await seen('[data-station-unapproved]');
  await press('[data-place="queue"]');
  await press('[data-place="station"]');
  await seen('[data-station-unapproved]');
  await write('hours-counter-6', 'ti');
  await press('[data-desk-action="station-start-over"]');
  await vi.waitUntil(() => document.querySelector('[data-station-unapproved]') === null, until);
  expect((await seen('[data-field="hours-counter-6"]')).matches('[aria-invalid="false"]')).toBe(true);
});

test('the preview speaks Arabic from right to left, and the desk around it stays Danish', async () => {
  await openStation();
  await press('[data-preview-language="ar"]');
  await seen('[data-preview-screen="ar"][dir="rtl"] [data-day]');
  expect(document.documentElement.lang).toBe('da');
  expect(textOf('[data-preview-screen]')).toMatch(/\p{Script=Arabic}/u);
});

test('somebody else was faster: nothing is overwritten, and the way on is said', async () => {
  const { kiosk } = await openStation();
  kiosk.trust.standing = { ...kiosk.trust.standing, version: 4 };
  await press('[data-desk-action="station-approve"]');
  await seen('[data-station-saying="changed"]');
  expect(kiosk.trust.standing.approved).toBeNull();
});

test('a report is counted by the promise of its day: its head names the last day, the queue marks it when that is over', async () => {
  const old = { ...arabicReport, minutesAgo: 5 * 24 * 60 };
  const { kiosk } = await openDesk({ reports: [arabicReport, old] });
  const promise = { validFrom: '2026-11-01', reviewBy: '2027-05-01' };
  kiosk.welcome = {
    ...kiosk.welcome,
    promises: [
      { ...promise, from: '2026-11-01T08:00:00.000Z', days: 2 },
      { ...promise, from: '2026-11-20T10:00:00.000Z', days: 14 },
    ],
  };
  await signIn();
  await vi.waitUntil(() => document.querySelectorAll('[data-report]').length === 2, until);
  const [first, second] = document.querySelectorAll('[data-report]');
  expect(first?.querySelector('[data-overdue]')).toBeNull();
  expect(second?.querySelector('[data-overdue]')).not.toBeNull();
  await press('[data-desk-action="open"]');
  await seen('[data-report-view="open"] [data-question]');
  expect(textOf('[data-open-report]')).toContain('lovet svar senest fredag 4. december');
});
