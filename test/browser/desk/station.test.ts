import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
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
  until,
  write,
} from './stage.ts';

afterEach(stopDesks);

async function openStation(width = 1366, height = 768) {
  const stage = await openDesk({ roles: ['supervisor'] }, width, height);
  await signIn();
  await press('[data-place="station"]');
  await seen('[data-preview] [data-preview-screen="da"] [data-day]');
  return stage;
}

test.each([
  [1366, 768],
  [1920, 1080],
])('at %i × %i a supervisor writes hours beside what visitors read, and approves', async (width, height) => {
  const { kiosk, desk, i18n } = await openStation(width, height);
  await write('hours-counter-0', '9-17, 18.30-20');
  desk.station.change({ replyWithinDays: 5 });
  await vi.waitUntil(() => textOf('[data-preview-screen]').includes('inden 5 dage'), until);
  await press('[data-desk-action="add-exceptions"]');
  await press('[data-desk-action="add-notices"]');
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

test('days and times are typed as people write them, and stand in one form whatever the language of the browser', async () => {
  const { kiosk, desk } = await openStation();
  expect(document.querySelector('[type="date"], [type="datetime-local"], [type="time"]')).toBeNull();
  const shown = async (field: string): Promise<string> => {
    const input = await seen(`[data-field="${field}"]`);
    return input instanceof HTMLInputElement ? input.value : '';
  };
  expect(await shown('exception-day')).toBe('24.12.');
  await write('station-reviewBy', '1.2.27');
  expect(await shown('station-reviewBy')).toBe('01.02.2027');
  await press('[data-desk-action="add-notices"]');
  await write('notice-title-da', 'Døren er ved siden af');
  await write('notice-from-day', '0112');
  await write('notice-from-clock', '9');
  await write('notice-until-day', '3. dec');
  await write('notice-until-clock', '24');
  expect(await shown('notice-until-clock')).toBe('23.59');
  expect(desk.station.draft?.notices[0]).toMatchObject({
    startsAt: '2026-12-01T09:00',
    endsAt: '2026-12-03T23:59',
  });
  await write('exception-day', '31.2');
  const area = '[data-row-of="exceptions"]';
  expect(textOf(area)).toContain('Skriv en dag, der findes');
  expect(desk.station.draft?.exceptions[0]?.on).toBe('12-24');
  await vi.waitUntil(() => desk.station.faults === 1, until);
  expect(await axeFaults()).toEqual([]);
  await write('exception-day', '5.6');
  await press('[data-field="exception-yearly"]');
  expect(await shown('exception-day')).toBe('05.06.2026');
  await press('[data-desk-action="station-approve"]');
  await seen('[data-station-saying="approved"]');
  expect(kiosk.trust.standing.approved?.settings.exceptions[0]?.on).toBe('2026-06-05');
});

test('a row that is taken out takes its own words with it, and no other', async () => {
  const { desk } = await openStation();
  await press('[data-desk-action="add-exceptions"]');
  await vi.waitUntil(() => document.querySelectorAll('[data-row-of="exceptions"]').length === 2, until);
  const days = () => [...document.querySelectorAll<HTMLInputElement>('[data-field="exception-day"]')];
  const second = days()[1];
  second?.focus();
  await userEvent.keyboard('31.2{Tab}');
  await vi.waitUntil(() => desk.station.faults === 1, until);
  await press('[data-row-of="exceptions"] [data-desk-action="remove-row"]');
  await vi.waitUntil(() => days().length === 1, until);
  expect(days()[0]).toBe(second);
  expect(days()[0]?.value).toContain('31.2');
  expect(desk.station.faults).toBe(1);
});

test('the preview speaks each of the visitors’ languages, fetched when it is asked for', async () => {
  const { kiosk } = await openStation();
  const fetched = () => kiosk.calls.filter((call) => call === 'texts').length;
  const before = fetched();
  for (const language of ['uk', 'pl', 'tr', 'ro', 'de', 'en']) {
    await press(`[data-preview-language="${language}"]`);
    await seen(`[data-preview-screen="${language}"] [data-day]`);
  }
  expect(fetched() - before).toBe(6);
  await press('[data-preview-language="uk"]');
  await seen('[data-preview-screen="uk"] [data-day]');
  expect(textOf('[data-preview-screen]')).toMatch(/\p{Script=Cyrillic}/u);
  expect(fetched() - before).toBe(6);
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
