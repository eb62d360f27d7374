import { afterEach, expect, test, vi } from 'vitest';
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
