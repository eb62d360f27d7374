import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import type { StationSettings } from '../../src-main/contract/station-settings.ts';
import { saidBy } from '../../src-main/app/station-said.ts';
import { createStationSettings } from '../../src-main/services/station-settings.ts';
import { createFakeClock, createFakeLog, makeStaff } from '../helpers/fakes.ts';
import { demonstration as library } from '../helpers/shipped-content.ts';
import { openTestStore } from '../helpers/test-store.ts';

const known = { services: ['counter', 'permits'], reasons: ['closed-day', 'christmas-eve'] };
const closed = Array.from({ length: 7 }, (): StationSettings['services'][number]['week'][number] => []);
const settings: StationSettings = {
  validFrom: '2026-11-23',
  reviewBy: '2027-05-01',
  services: [
    {
      id: 'counter',
      week: closed.map((day, at) => (at === 2 ? [{ from: '10:00', to: '12:30' }] : day)),
      onHolidays: 'closed',
    },
  ],
  exceptions: [{ reason: 'closed-day', on: '2026-12-02', until: null, spans: [], services: null }],
  notices: [],
  replyWithinDays: 5,
};
const staff = makeStaff('Leder');

function open() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  store.write((db) => insertStaff(db, { staff, pinHash: '$argon2id$x' }, '2026-11-20T14:00:00.000Z'));
  const start = (services = known.services) =>
    createStationSettings({ store, clock, log: createFakeLog(), known: () => ({ ...known, services }) });
  return { clock, store, start };
}

it('approved settings hold at once, after a restart, and until they are taken back; both are audited', () => {
  const { store, start } = open();
  const desk = start();
  const heard: number[] = [];
  desk.onChange(({ version }) => heard.push(version));
  expect(desk.approve(0, settings, staff)).toMatchObject({ kind: 'approved' });
  expect(start().current()).toMatchObject({
    version: 1,
    approved: { settings, approvedBy: staff.displayName },
  });
  expect(desk.restore(1, staff)).toMatchObject({ kind: 'approved', standing: { approved: null } });
  expect(start().current()).toMatchObject({ version: 2, approved: null });
  expect(heard).toEqual([1, 2]);
  expect(store.read((db) => listAudit(db, 2)).map(({ action }) => action)).toEqual([
    'station-restored',
    'station-approved',
  ]);
});

it('of two supervisors the second sees that somebody was faster, and nothing is overwritten', () => {
  const { start } = open();
  const [one, other] = [start(), start()];
  expect(one.approve(0, settings, staff).kind).toBe('approved');
  expect(other.approve(0, { ...settings, exceptions: [] }, staff).kind).toBe('changed');
  expect(start().current().approved?.settings.exceptions).toHaveLength(1);
});

it('what is wrong is named part by part, and nothing is kept', () => {
  const { start } = open();
  const desk = start();
  const wrong: StationSettings = {
    ...settings,
    reviewBy: '2028-05-01',
    services: [
      ...settings.services,
      { id: 'permits', week: closed.with(0, [{ from: '12:00', to: '08:00' }]), onHolidays: 'closed' },
    ],
    exceptions: [
      { reason: 'closed-day', on: '2026-02-29', until: null, spans: [], services: null },
      { reason: 'vacation', on: '12-24', until: '2026-12-26', spans: [], services: ['passport'] },
    ],
    notices: [
      {
        id: 'n',
        tone: 'info',
        startsAt: '2026-12-01T08:00',
        endsAt: '2026-11-30T08:00',
        words: { da: { title: ' ', text: '' }, en: null, ar: null },
      },
    ],
  };
  const outcome = desk.approve(0, wrong, staff);
  expect(
    outcome.kind === 'refused' ? outcome.problems.map(({ path, kind }) => `${path} ${kind}`) : [],
  ).toEqual([
    'reviewBy review-too-far',
    'services.permits.0 span-backwards',
    'exceptions.0 no-such-day',
    'exceptions.1 until-other-form',
    'exceptions.1 unknown-service',
    'exceptions.1 unknown-reason',
    'notices.0 notice-ends-before',
    'notices.0 notice-without-danish',
  ]);
  expect(start().current()).toMatchObject({ version: 0, approved: null });
});

it('what no longer fits what is installed is set aside whole, and what ships is shown', () => {
  const { start } = open();
  const permits = { ...settings.services[0], id: 'permits', week: closed, onHolidays: 'closed' as const };
  start().approve(0, { ...settings, services: [...settings.services, permits] }, staff);
  expect(start(['counter']).current()).toMatchObject({ approved: null, isSetAside: true });
  expect(start().current()).toMatchObject({ isSetAside: false });
});

it('the hours shown are those that ship until the first day, and from then on what was said, by whom and when', () => {
  const input = saidBy(library, 'Fjordby Politistation', {
    settings,
    approvedAt: '2026-11-20T14:00:00.000Z',
  });
  const at = (now: string) =>
    library.tryOut('fjordby', input, { now: new Date(now), isClockTrusted: true }).hours;
  const friday = at('2026-11-20T12:00:00.000Z');
  if (friday.kind !== 'known') throw new Error('known');
  expect(friday).toMatchObject({ isExample: true, isOpen: true });
  // Within one week's list: Saturday as shipped, Wednesday as said.
  expect(friday.days.map(({ spans }) => spans.map(({ from, to }) => `${from}-${to}`).join())).toEqual([
    '08:00-18:00',
    '10:00-14:00',
    ...['', '', '', '10:00-12:30', ''],
  ]);
  const later = at('2026-11-25T10:00:00.000Z');
  expect(later).toMatchObject({
    isExample: false,
    isOpen: true,
    changesAt: '12:30',
    source: 'Fjordby Politistation, leder',
    date: '2026-11-20',
  });
  expect(at('2026-12-02T10:00:00.000Z')).toMatchObject({ isOpen: false });
  expect(at('2027-05-02T10:00:00.000Z')).toEqual({ kind: 'unknown', why: 'overdue' });
  // Nothing of it was laid over what ships.
  expect(library.stationHours('fjordby', new Date('2026-11-25T13:00:00.000Z'))).toMatchObject({
    isOpen: true,
  });
});
