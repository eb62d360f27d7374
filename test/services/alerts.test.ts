import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { referenceNumberSchema } from '../../src-main/contract/ids.ts';
import { noAlertDetails } from '../../src-main/domain/alert-details.ts';
import { createAlerts, type AlertRequest } from '../../src-main/services/alerts.ts';
import type { Store } from '../../src-main/services/store.ts';
import {
  createFakeClock,
  createFakeLog,
  createFakeRandomness,
  makeStaff,
  newReportId,
} from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

const officer: AlertRequest = {
  kind: 'officer',
  language: 'ar',
  earlier: null,
  ...noAlertDetails,
  nameToCall: 'the blue scarf',
  isPersonHere: 'yes',
};

function setUp(store?: Store) {
  const clock = createFakeClock();
  const used = store ?? openTestStore(clock);
  const alerts = createAlerts({
    store: used,
    clock,
    timers: clock,
    randomness: createFakeRandomness(),
    log: createFakeLog(),
  });
  const told: string[] = [];
  alerts.onVisitorAlert((alert) => told.push(alert.state));
  return { clock, store: used, alerts, told };
}

it('no desk: the visitor is told at once that nobody has answered', () => {
  const { alerts, told } = setUp();
  expect(alerts.raise(officer).state).toBe('unanswered');
  expect(told).toEqual(['unanswered']);
});

it('a connected desk: seen, and after 30 seconds without a name unanswered; a name is still believed', () => {
  const { clock, alerts, told } = setUp();
  alerts.connectDesk();
  const { alertId, state } = alerts.raise(officer);
  expect(state).toBe('seen');
  clock.advance(29_999);
  expect(told).toEqual(['seen']);
  clock.advance(1);
  expect(told).toEqual(['seen', 'unanswered']);
  expect(alerts.take(alertId, makeStaff('Anna'))).toEqual({ kind: 'taken' });
  expect(told).toEqual(['seen', 'unanswered', 'taken']);
  expect(alerts.take(alertId, makeStaff('Bo'))).toEqual({ kind: 'taken-before', takenBy: 'Anna' });
});

it('a locked desk counts as seen and learns nothing of the visitor', () => {
  const { alerts } = setUp();
  alerts.connectDesk();
  expect(alerts.raise(officer).state).toBe('seen');
  expect(alerts.listFor({ isLocked: true })[0]).toMatchObject({
    kind: 'officer',
    language: 'ar',
    nameToCall: null,
    isPersonHere: null,
  });
  expect(alerts.listFor({ isLocked: false })[0]).toMatchObject({
    nameToCall: 'the blue scarf',
    isPersonHere: 'yes',
  });
});

it('a desk unplugged after "seen": nobody has answered', () => {
  const { alerts, told } = setUp();
  const desk = alerts.connectDesk();
  const other = alerts.connectDesk();
  alerts.raise(officer);
  desk.disconnect();
  expect(told).toEqual(['seen']);
  other.disconnect();
  other.disconnect();
  expect(told).toEqual(['seen', 'unanswered']);
  expect(alerts.isDeskConnected()).toBe(false);
});

it('a desk that connects in time sees what was raised before', () => {
  const { clock, alerts, told } = setUp();
  alerts.raise(officer);
  clock.advance(5000);
  alerts.connectDesk();
  expect(told).toEqual(['unanswered', 'seen']);
});

it('a taken alert stays taken, whatever happens to the desk', () => {
  const { clock, alerts, told } = setUp();
  const desk = alerts.connectDesk();
  const { alertId } = alerts.raise(officer);
  alerts.take(alertId, makeStaff('Anna'));
  desk.disconnect();
  clock.advance(60_000);
  expect(told).toEqual(['seen', 'taken']);
  alerts.withdraw(alertId);
  expect(alerts.listFor({ isLocked: false })).toHaveLength(1);
});

it('repeats within two minutes are one alert, with the newest words; later or of another kind they are not', () => {
  const { clock, alerts } = setUp();
  alerts.connectDesk();
  const first = alerts.raise(officer);
  clock.advance(119_000);
  expect(alerts.raise({ ...officer, nameToCall: null, language: 'en' }).alertId).toBe(first.alertId);
  expect(alerts.listFor({ isLocked: false })[0]).toMatchObject({
    repeats: 1,
    language: 'en',
    nameToCall: 'the blue scarf',
  });
  expect(alerts.raise({ ...officer, kind: 'staff-now' }).alertId).not.toBe(first.alertId);
  clock.advance(2000);
  expect(alerts.raise(officer).alertId).not.toBe(first.alertId);
});

it('after somebody came, a new call is a new alert: nobody is told of a colleague who has left again', () => {
  const { alerts } = setUp();
  alerts.connectDesk();
  const first = alerts.raise(officer);
  alerts.take(first.alertId, makeStaff('Anna'));
  expect(alerts.raise(officer)).toMatchObject({ state: 'seen' });
  expect(alerts.listFor({ isLocked: false })).toHaveLength(2);
});

it('a line that fell and came back makes no second call; services that were started anew make one', () => {
  const before = setUp();
  before.alerts.connectDesk();
  const { alertId } = before.alerts.raise(officer);
  expect(before.alerts.raise({ ...officer, earlier: alertId })).toMatchObject({ alertId, state: 'seen' });
  before.alerts.take(alertId, makeStaff('Anna'));
  expect(before.alerts.raise({ ...officer, earlier: alertId })).toMatchObject({ alertId, state: 'taken' });
  expect(before.alerts.listFor({ isLocked: false })).toMatchObject([{ alertId, repeats: 0 }]);
  const after = setUp();
  after.alerts.raise({ ...officer, earlier: alertId });
  expect(after.alerts.listFor({ isLocked: false })).toMatchObject([{ nameToCall: 'the blue scarf' }]);
});

it('two languages are two calls, the same one twice is one; a locked desk reads which interpreter to find', () => {
  const { alerts } = setUp();
  const wanted = (tag: string): AlertRequest => ({
    ...noAlertDetails,
    kind: 'interpreter',
    language: 'da',
    earlier: null,
    wantedLanguage: tag,
  });
  for (const tag of ['ti', 'am', 'ti']) alerts.raise(wanted(tag));
  expect(alerts.listFor({ isLocked: true })).toMatchObject([
    { wantedLanguage: 'am', repeats: 0 },
    { wantedLanguage: 'ti', repeats: 1 },
  ]);
});

it('calls for interpreters never push an alarm off the desk', () => {
  const { alerts } = setUp();
  const calm = { ...noAlertDetails, language: 'da', earlier: null } as const;
  const alarm = alerts.raise({ ...calm, kind: 'staff-now' });
  for (let first = 97; first < 123; first += 1)
    for (const second of ['a', 'b', 'c'])
      alerts.raise({
        ...calm,
        kind: 'interpreter',
        wantedLanguage: `${String.fromCodePoint(first)}${second}`,
      });
  const listed = alerts.listFor({ isLocked: false });
  expect(listed.length).toBeLessThanOrEqual(50);
  expect(listed.at(-1)).toMatchObject({ alertId: alarm.alertId, kind: 'staff-now' });
});

it('a report that cannot wait calls the desk, one call each; no visitor and no locked desk learns which', () => {
  const { alerts, told } = setUp();
  alerts.connectDesk();
  const reports = ['000010483061', '000010483079'].map((reference) => ({
    reportId: newReportId(),
    reference: referenceNumberSchema.parse(reference),
  }));
  for (const report of reports) alerts.raiseForReport({ report, language: 'en' });
  expect(alerts.listFor({ isLocked: false }).map(({ report }) => report)).toEqual(reports.toReversed());
  expect(alerts.listFor({ isLocked: true }).map(({ kind, report }) => [kind, report])).toEqual([
    ['urgent-report', null],
    ['urgent-report', null],
  ]);
  expect(told).toEqual([]);
});

it('a colleague calls for help with a report: one call while nobody has come, and no visitor hears of it', () => {
  const { alerts, told } = setUp();
  alerts.connectDesk();
  const report = { reportId: newReportId(), reference: referenceNumberSchema.parse('000010483061') };
  alerts.raiseFromDesk(report, makeStaff('Anna'));
  alerts.raiseFromDesk(report, makeStaff('Bo'));
  const [call, ...others] = alerts.listFor({ isLocked: false });
  expect(call).toMatchObject({ kind: 'escalated', raisedBy: 'Anna', repeats: 1, report, state: 'seen' });
  expect(others).toEqual([]);
  expect(alerts.listFor({ isLocked: true })).toMatchObject([{ kind: 'escalated', report: null }]);
  if (call === undefined) return;
  alerts.take(call.alertId, makeStaff('Bo'));
  alerts.raiseFromDesk(report, makeStaff('Anna'));
  expect(alerts.listFor({ isLocked: false }).map(({ state }) => state)).toEqual(['seen', 'taken']);
  expect(told).toEqual([]);
});

it('raised, taken and withdrawn are audited', () => {
  const { alerts, store } = setUp();
  alerts.withdraw(alerts.raise(officer).alertId);
  expect(alerts.listFor({ isLocked: false })).toEqual([]);
  const { alertId } = alerts.raise({ ...officer, kind: 'staff-now' });
  alerts.take(alertId, makeStaff('Anna'));
  expect(store.read((db) => listAudit(db, 4)).map((line) => line.action)).toEqual([
    'alert-taken',
    'alert-raised',
    'alert-withdrawn',
    'alert-raised',
  ]);
});

it('a disk that takes nothing keeps no alert from the desk', () => {
  const full = openTestStore();
  const store: Store = {
    read: (ask) => full.read(ask),
    write: () => ({ kind: 'not-written', reason: 'full' }),
    confirm: () => true,
    scrub: () => false,
    copyTo: () => Promise.resolve(false),
    health: () => 'full',
    onHealth: (listener) => full.onHealth(listener),
    close: () => undefined,
  };
  const { alerts } = setUp(store);
  alerts.connectDesk();
  expect(alerts.raise(officer).state).toBe('seen');
});
