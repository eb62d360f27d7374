import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttpDistrict } from '../../src-main/adapters/http-district.ts';
import type { DeliveryStatus } from '../../src-main/contract/status.ts';
import type { Clock, Log } from '../../src-main/domain/ports.ts';
import { createDelivery, type Delivery } from '../../src-main/sync/delivery.ts';
import { makeChainKiosk, type ChainKiosk } from '../helpers/event-chain.ts';
import { faults, startFaultyDistrict, type Fault, type FaultyDistrict } from '../helpers/faulty-district.ts';
import { createRememberedIntake } from '../helpers/remembered-intake.ts';

const clock: Clock = {
  now: () => new Date('2026-11-20T12:00:00.000Z'),
  monotonicMs: () => 0,
  isTrusted: () => true,
};
const patient = { connectMs: 30_000, totalMs: 30_000 };
const hasty = { connectMs: 300, totalMs: 300 };
const soon = { timeout: 60_000, interval: 5 };

const problems: Record<Exclude<Fault, 'partial-acknowledgement'>, DeliveryStatus['problem'][]> = {
  slow: ['timeout'],
  'html-200': ['not-an-acknowledgement'],
  'empty-200': ['not-an-acknowledgement'],
  'json-as-text': ['not-an-acknowledgement'],
  redirect: ['redirected'],
  'error-500': ['server-error'],
  'busy-503': ['server-error'],
  'too-many-429': ['server-error'],
  'drop-before-commit': ['unreachable'],
  'drop-after-commit': ['unreachable'],
  'acknowledges-nothing-sent': ['not-an-acknowledgement'],
  'acknowledges-more-than-sent': ['not-an-acknowledgement'],
  'acknowledges-another-kiosk': ['not-an-acknowledgement'],
  'wrong-head-hash': ['not-an-acknowledgement'],
  'slow-loris': ['timeout'],
  'huge-body': ['not-an-acknowledgement', 'timeout'],
  'not-http': ['not-an-acknowledgement', 'unreachable'],
};
/** These answer too late on purpose; all others must not be judged by a slow machine's time. */
const late = new Set<Fault>(['slow', 'slow-loris']);

describe('delivery', () => {
  let kiosk: ChainKiosk;
  let intake: ReturnType<typeof createRememberedIntake>;
  let district: FaultyDistrict;
  const open: { delivery: Delivery; line: { close(): void } }[] = [];
  const waits: number[] = [];
  const log: Log = { note: () => undefined, warn: () => undefined };

  const deliver = (deadlines = patient): Delivery => {
    const line = createHttpDistrict({ url: district.url, certificateAuthority: null, deadlines });
    const { outbox, signer, kioskId } = kiosk;
    const wait = async (ms: number, signal: AbortSignal): Promise<void> => {
      waits.push(ms);
      if (!signal.aborted) await sleep(2);
    };
    const delivery = createDelivery({ outbox, signer, line, clock, log, kioskId, wait });
    open.push({ delivery, line });
    delivery.start();
    return delivery;
  };
  const stopAll = async (): Promise<void> => {
    for (const { delivery, line } of open.splice(0)) {
      await delivery.stop();
      line.close();
    }
  };
  const everythingIsThereOnce = async (): Promise<void> => {
    await vi.waitFor(() => expect(kiosk.outbox.undelivered()).toBe(0), soon);
    expect(intake.kept).toEqual(kiosk.events);
  };

  beforeEach(async () => {
    waits.length = 0;
    kiosk = await makeChainKiosk('07-120');
    intake = createRememberedIntake(kiosk.kioskId, kiosk.publicKey);
    district = await startFaultyDistrict((input) => intake.handleBatch(input));
  });
  afterEach(async () => {
    await stopAll();
    await district.close();
  });

  it('brings a backlog in order, then what is committed while it runs', async () => {
    kiosk.addReports(1250);
    const delivery = deliver();
    const seen: DeliveryStatus[] = [];
    delivery.onChange((status) => seen.push(status));
    await everythingIsThereOnce();
    expect(district.requests()).toBe(3);
    expect(waits).toEqual([]);
    kiosk.addReport();
    delivery.wake();
    await everythingIsThereOnce();
    await vi.waitFor(() => expect(seen.at(-1)).toEqual(delivery.status()), soon);
    expect(delivery.status()).toEqual({
      state: 'up-to-date',
      undelivered: 0,
      parked: 0,
      problem: null,
      stopped: null,
      progress: null,
      oldestWaitingAt: null,
      acknowledgedAt: '2026-11-20T12:00:00.000Z',
    });
  });

  for (const fault of faults.filter((name) => name !== 'partial-acknowledgement')) {
    it(`${fault}: nothing is marked, the cause is named, and after healing all is there once`, async () => {
      kiosk.addReports(150);
      district.breakWith(fault);
      const impatient = deliver(late.has(fault) ? hasty : patient);
      await vi.waitFor(() => expect(waits.length).toBeGreaterThan(1), soon);
      expect(impatient.status().state).toBe('failing');
      expect(problems[fault]).toContain(impatient.status().problem);
      expect(kiosk.outbox.through()).toBe(0);
      expect(Math.max(...waits)).toBeLessThanOrEqual(300_000);
      await stopAll();
      district.heal();
      deliver();
      await everythingIsThereOnce();
    });
  }

  it('a partial acknowledgement marks that part only, and the rest is sent again', async () => {
    kiosk.addReports(64);
    district.breakWith('partial-acknowledgement');
    deliver();
    await vi.waitFor(() => expect(kiosk.outbox.through()).toBeGreaterThanOrEqual(32), soon);
    await everythingIsThereOnce();
    expect(district.requests()).toBeGreaterThan(5);
  });

  it('a district that is down for long is tried without limit', async () => {
    await district.down();
    kiosk.addReports(3);
    const delivery = deliver();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(30), soon);
    expect(delivery.status()).toMatchObject({ state: 'failing', problem: 'unreachable', undelivered: 3 });
    await district.up();
    await everythingIsThereOnce();
    await vi.waitFor(() => expect(delivery.status().problem).toBeNull(), soon);
  });

  it('waking never shortens a wait: a busy kiosk does not hammer a district that is ill', async () => {
    kiosk.addReports(3);
    district.breakWith('error-500');
    const delivery = deliver();
    const busy = setInterval(() => delivery.wake(), 1);
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(20), soon);
    clearInterval(busy);
    expect(district.requests()).toBeLessThanOrEqual(waits.length + 1);
  });

  it('Retry-After is honoured, but never longer than five minutes', async () => {
    kiosk.addReport();
    district.breakWith('too-many-429');
    deliver();
    await vi.waitFor(() => expect(waits.length).toBeGreaterThan(0), soon);
    expect(waits[0]).toBe(300_000);
    district.breakWith('busy-503');
    await vi.waitFor(() => expect(waits.at(-1)).not.toBe(300_000), soon);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(1000);
  });

  it('a district restored from a backup gets again what it lost', async () => {
    kiosk.addReports(230);
    const delivery = deliver();
    await everythingIsThereOnce();
    intake.loseAfter(17);
    kiosk.addReport();
    delivery.wake();
    await vi.waitFor(() => expect(intake.kept).toHaveLength(231), soon);
    await everythingIsThereOnce();
  });

  it('a refused batch is said, kept and tried again', async () => {
    const event = kiosk.addReport();
    kiosk.events.splice(0, 1, { ...event, body: '{"changed":true}' });
    const delivery = deliver();
    await vi.waitFor(() => expect(delivery.status().problem).toBe('refused'), soon);
    expect(delivery.status()).toMatchObject({
      state: 'failing',
      undelivered: 1,
      stopped: { reason: 'malformed', sequence: 1 },
    });
    kiosk.events.splice(0, 1, event);
    await everythingIsThereOnce();
  });

  it('an intake, or a proxy before it, that takes only small requests gets small ones, and the line goes on', async () => {
    kiosk.addReports(150);
    district.limitTo(12);
    const delivery = deliver();
    await everythingIsThereOnce();
    expect(waits).toEqual([]);
    expect(delivery.status().stopped).toBeNull();
  });

  it('one event that nobody on the way takes stops the line, by name, with all in front of it delivered', async () => {
    kiosk.addReports(5);
    kiosk.addReport(undefined, 'x'.repeat(50_000));
    kiosk.addReports(2);
    district.limitTo(500, 20_000);
    const delivery = deliver();
    await vi.waitFor(() => expect(delivery.status().stopped).not.toBeNull(), soon);
    expect(delivery.status()).toMatchObject({
      problem: 'refused',
      undelivered: 3,
      stopped: { reason: 'too-large', sequence: 6 },
      progress: { sent: 5, total: 8 },
      oldestWaitingAt: kiosk.events[5]?.occurredAt,
    });
    district.limitTo(500);
    await everythingIsThereOnce();
    await vi.waitFor(() => expect(delivery.status().stopped).toBeNull(), soon);
  });

  it('a hole in the log of the kiosk is no empty queue: it is named, and what is in front of it is delivered', async () => {
    kiosk.addReports(5);
    const { outbox } = kiosk;
    const holed = {
      ...outbox,
      nextBatch: (after: number = outbox.through(), most?: number) =>
        after >= 3 ? null : outbox.nextBatch(after, Math.min(most ?? 3, 3 - after)),
    };
    kiosk = { ...kiosk, outbox: holed };
    const delivery = deliver();
    await vi.waitFor(() => expect(delivery.status().problem).toBe('refused'), soon);
    expect(delivery.status()).toMatchObject({
      state: 'failing',
      undelivered: 2,
      stopped: { reason: 'events-missing', sequence: 4 },
    });
    expect(outbox.through()).toBe(3);
  });

  it('a store that fails for a moment ends neither delivery nor the caller', async () => {
    kiosk.addReport();
    let failures = 3;
    const { outbox } = kiosk;
    const shaky = {
      ...outbox,
      nextBatch: (after?: number) => {
        failures -= 1;
        if (failures >= 0) throw new Error('disk');
        return after === undefined ? outbox.nextBatch() : outbox.nextBatch(after);
      },
    };
    kiosk = { ...kiosk, outbox: shaky };
    deliver();
    await everythingIsThereOnce();
  });

  it('stop ends an attempt that hangs', async () => {
    kiosk.addReport();
    district.breakWith('slow');
    const delivery = deliver();
    await vi.waitFor(() => expect(district.requests()).toBe(1), soon);
    await delivery.stop();
    expect(kiosk.outbox.undelivered()).toBe(1);
  });
});
