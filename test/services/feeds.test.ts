import { expect, it, vi } from 'vitest';
import type {
  DeliveryStatus,
  KioskStatus,
  LeafletStatus,
  ReceiptStatus,
} from '../../src-main/contract/status.ts';
import type { Printer } from '../../src-main/domain/printer.ts';
import { noAlertDetails } from '../../src-main/domain/alert-details.ts';
import { createAlerts } from '../../src-main/services/alerts.ts';
import { createDeskFeed } from '../../src-main/services/desk-feed.ts';
import { createListeners } from '../../src-main/services/listeners.ts';
import { createMailbox } from '../../src-main/services/mailbox.ts';
import { createPrintLane } from '../../src-main/services/print-lane.ts';
import { createPrinterWatch } from '../../src-main/services/printer-watch.ts';
import { createQueue } from '../../src-main/services/queue.ts';
import { createVisitorFeed } from '../../src-main/services/visitor-feed.ts';
import { createFakeClock, createFakeLog, createFakeRandomness, newReportId } from '../helpers/fakes.ts';
import { createFakePrinter } from '../helpers/fake-printer.ts';
import { openTestStore } from '../helpers/test-store.ts';

const delivery: DeliveryStatus = {
  state: 'no-district',
  undelivered: 0,
  parked: 0,
  problem: null,
  stopped: null,
  progress: null,
  oldestWaitingAt: null,
  acknowledgedAt: null,
};
const danger = {
  ...noAlertDetails,
  kind: 'staff-now',
  language: 'en',
  earlier: null,
  nameToCall: 'blue scarf',
} as const;

function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const log = createFakeLog();
  const alerts = createAlerts({ store, clock, timers: clock, randomness: createFakeRandomness(), log });
  const queue = createQueue({ store });
  const printer = createFakePrinter();
  const printerWatch = createPrinterWatch({
    lane: createPrintLane({ printer, timers: clock, log }),
    timers: clock,
  });
  const desk = createDeskFeed({
    store,
    alerts,
    queue,
    printerWatch,
    delivery: { status: () => delivery, onChange: () => () => undefined },
    contentVersion: () => 'one',
  });
  const receipts = createListeners<ReceiptStatus>();
  const leaflets = createListeners<LeafletStatus>();
  let canReport = true;
  const visitor = createVisitorFeed({
    alerts,
    receipts: { onStatus: receipts.add },
    leaflets: { onStatus: leaflets.add },
    timers: clock,
    kiosk: () => ({
      kind: 'kiosk',
      isDeskConnected: alerts.isDeskConnected(),
      isLobbyStaffed: false,
      canReport,
      localTime: '2026-11-20T14:32',
      isClockTrusted: true,
      stationVersion: 0,
      voices: null,
      headphones: 'unknown',
      contentVersion: 'one',
      isContentWaiting: false,
    }),
  });
  const stopReporting = () => (canReport = false);
  return { clock, alerts, queue, printer, printerWatch, desk, visitor, receipts, stopReporting };
}

async function next<T>(feed: AsyncIterator<T, undefined>): Promise<T> {
  const { value, done } = await feed.next();
  if (done === true || value === undefined) expect.fail('the feed has ended');
  return value;
}

it('a mailbox keeps the newest letter of each key in order, is bounded, and ends for its readers', async () => {
  let closed = 0;
  const box = createMailbox<string>(2, () => (closed += 1));
  box.put('a', 'old');
  box.put('b', 'b');
  box.put('a', 'new');
  box.put('c', 'c');
  expect([await next(box), await next(box)]).toEqual(['new', 'c']);
  const waiting = box.next();
  await box.return();
  box.close();
  box.put('d', 'd');
  expect([await waiting, await box.next(), closed]).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
    1,
  ]);
});

it('a desk is connected while it follows, and a locked one learns of an alert without details', async () => {
  const { alerts, desk } = setUp();
  const gone = new AbortController();
  let isLocked = true;
  const feed = desk.follow({ isSignedIn: () => true, isLocked: () => isLocked }, gone.signal);
  expect((await next(feed)).alerts).toEqual([]);
  expect(alerts.isDeskConnected()).toBe(true);
  alerts.raise(danger);
  expect((await next(feed)).alerts).toMatchObject([{ state: 'seen', nameToCall: null }]);
  isLocked = false;
  desk.refresh();
  expect((await next(feed)).alerts).toMatchObject([{ state: 'seen', nameToCall: 'blue scarf' }]);
  const waiting = feed.next();
  gone.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(alerts.isDeskConnected()).toBe(false);
});

it('a desk hears of the queue and the printer; one that does not read gets the newest only', async () => {
  const { queue, printer, printerWatch, desk } = setUp();
  await printerWatch.refresh();
  const feed = desk.follow({ isSignedIn: () => true, isLocked: () => false });
  await next(feed);
  for (let n = 0; n < 1000; n += 1) queue.bump();
  printer.paperOut();
  await printerWatch.refresh();
  expect(await next(feed)).toMatchObject({
    queueVersion: 1000,
    printer: { state: 'attention', problem: 'no-paper' },
    delivery,
    isStoreHealthy: true,
    contentVersion: 'one',
  });
  feed.close();
});

it('the printer is asked again and again, and a status that fails ends nothing', async () => {
  const clock = createFakeClock();
  const printer = createFakePrinter();
  let asked = 0;
  const flaky: Printer = {
    kind: printer.kind,
    form: printer.form,
    print: (...job) => printer.print(...job),
    takeBackOld: (...old) => printer.takeBackOld(...old),
    status: (signal) => {
      asked += 1;
      return asked === 2 ? Promise.reject(new Error('no line')) : printer.status(signal);
    },
  };
  const lane = createPrintLane({ printer: flaky, timers: clock, log: createFakeLog() });
  const watch = createPrinterWatch({ lane, timers: clock, intervalMs: 1000 });
  watch.start();
  await vi.waitFor(() => expect(watch.current().state).toBe('ready'));
  printer.unplug();
  await vi.waitFor(() => {
    clock.advance(1000);
    expect(watch.current()).toEqual({ state: 'absent', problem: 'offline' });
  });
  watch.stop();
});

it('the visitor hears of the kiosk once per change, of the slip and of the alert, nobody by name', async () => {
  const { clock, alerts, desk, visitor, receipts, stopReporting } = setUp();
  const feed = visitor.follow();
  expect(await next(feed)).toMatchObject({ kind: 'kiosk', canReport: true, isDeskConnected: false });
  clock.advance(60_000);
  stopReporting();
  clock.advance(5000);
  expect(await next(feed)).toMatchObject({ kind: 'kiosk', canReport: false });
  const follow = desk.follow({ isSignedIn: () => true, isLocked: () => false });
  expect(await next(feed)).toMatchObject({ kind: 'kiosk', isDeskConnected: true });
  const { alertId } = alerts.raise(danger);
  receipts.tell({ reportId: newReportId(), state: 'printed', problem: null });
  const seen: KioskStatus[] = [await next(feed), await next(feed)];
  expect(seen).toMatchObject([
    { kind: 'alert', alert: { alertId, kind: 'staff-now', state: 'seen' } },
    { kind: 'receipt', receipt: { state: 'printed' } },
  ]);
  expect(JSON.stringify(seen)).not.toContain('blue scarf');
  follow.close();
  feed.close();
});
