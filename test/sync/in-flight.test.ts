import { expect, it, vi } from 'vitest';
import type { Batch } from '../../src-main/contract/envelope.ts';
import type { DeliveryOutcome } from '../../src-main/domain/ports.ts';
import { createDelivery } from '../../src-main/sync/delivery.ts';
import { makeChainKiosk } from '../helpers/event-chain.ts';

const clock = { now: () => new Date(0), monotonicMs: () => 0, isTrusted: () => true };
const log = { note: () => undefined, warn: () => undefined };

interface Sent {
  readonly batch: Batch;
  answer(outcome: DeliveryOutcome): void;
  readonly signal: AbortSignal;
}

/** A line on which the test answers each batch when it likes. */
async function setUp(events: number) {
  const kiosk = await makeChainKiosk('07-120');
  kiosk.addReports(events);
  const sent: Sent[] = [];
  const marks: number[] = [];
  const { outbox, signer, kioskId } = kiosk;
  const delivery = createDelivery({
    outbox: {
      ...outbox,
      acknowledgeThrough: (sequence, headHash, parked) => {
        marks.push(sequence);
        outbox.acknowledgeThrough(sequence, headHash, parked);
      },
    },
    line: {
      deliver: (batch, signal) =>
        new Promise((resolve) => {
          sent.push({ batch, signal, answer: resolve });
          const ended = { outcome: 'failed', problem: 'unreachable', retryAfterMs: null } as const;
          signal.addEventListener('abort', () => resolve(ended), { once: true });
        }),
    },
    ...{ signer, kioskId, clock, log, wait: async () => undefined },
  });
  delivery.start();
  const arrived = (count: number) => vi.waitFor(() => expect(sent.length).toBeGreaterThanOrEqual(count));
  return { delivery, sent, marks, arrived };
}

const whole = ({ batch: { kioskId, lastSequence, headHash } }: Sent): DeliveryOutcome => ({
  outcome: 'acknowledged',
  acknowledgement: { kioskId, throughSequence: lastSequence, headHash, parked: [] },
});
const spans = (sent: readonly Sent[]): [number, number][] =>
  sent.map(({ batch }) => [batch.firstSequence, batch.lastSequence]);

it('after a first good answer several batches are on their way, never more than three, and are marked in order', async () => {
  const { delivery, sent, marks, arrived } = await setUp(3600);
  await arrived(1);
  expect(sent).toHaveLength(1);
  sent[0]?.answer(whole(sent[0]));
  await arrived(3);
  sent[1]?.answer(whole(sent[1]));
  await arrived(5);
  expect(spans(sent)).toEqual([
    [1, 500],
    [501, 1000],
    [1001, 1500],
    [1501, 2000],
    [2001, 2500],
  ]);
  // The last one is answered first: what is in front of it is not marked by that.
  sent[4]?.answer(whole(sent[4]));
  sent[3]?.answer(whole(sent[3]));
  await new Promise((resolve) => void setImmediate(resolve));
  expect(marks).toEqual([500, 1000]);
  sent[2]?.answer(whole(sent[2]));
  await vi.waitFor(() => expect(marks).toEqual([500, 1000, 1500, 2000, 2500]));
  await delivery.stop();
});

it('an answer that never came calls back what was sent behind it, and all is sent again from there', async () => {
  const { delivery, sent, marks, arrived } = await setUp(2000);
  await arrived(1);
  sent[0]?.answer(whole(sent[0]));
  await arrived(3);
  sent[2]?.answer(whole(sent[2]));
  sent[1]?.answer({ outcome: 'failed', problem: 'unreachable', retryAfterMs: null });
  await arrived(4);
  expect(spans(sent).slice(3)).toEqual([[501, 1000]]);
  expect(marks).toEqual([500]);
  await delivery.stop();
});

it('an intake that does not wait for the batch in front gets one at a time, without a pause', async () => {
  const { delivery, sent, arrived } = await setUp(2000);
  await arrived(1);
  sent[0]?.answer(whole(sent[0]));
  await arrived(3);
  sent[1]?.answer(whole(sent[1]));
  sent[2]?.answer({ outcome: 'refused', refusal: { refusal: 'gap', throughSequence: 500 } });
  await vi.waitFor(() => expect(spans(sent).filter(([first]) => first === 1001)).toHaveLength(2));
  const alone = sent.findLastIndex(({ batch }) => batch.firstSequence === 1001);
  expect(sent.slice(alone + 1)).toEqual([]);
  expect(delivery.status().problem).toBeNull();
  await delivery.stop();
});
