import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KioskId } from '../contract/ids.ts';
import type { DeliveryStatus } from '../contract/status.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { BatchSigner, Clock, DistrictLine, Log } from '../domain/ports.ts';
import { judgeOutcome, makeBatch, type Step } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import type { Outbox } from './outbox.ts';
import { createStatusBoard, type StatusBoard } from './status-board.ts';

export interface DeliveryParts {
  readonly outbox: Outbox;
  readonly signer: BatchSigner;
  readonly line: DistrictLine;
  readonly clock: Clock;
  readonly log: Log;
  readonly kioskId: KioskId;
  /** Ends after `ms` or when the signal aborts; tests put their own here. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Delivery {
  start(): void;
  /** After every commit that wrote an event; never throws. */
  wake(): void;
  /** Ends the attempt under way; what was not acknowledged stays queued. */
  stop(): Promise<void>;
  status(): DeliveryStatus;
  /** Called after each attempt that changed something; the answer ends it. */
  onChange(listener: (status: DeliveryStatus) => void): () => void;
}

/** The pump from the outbox to the district. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const stopping = new AbortController();
  const board = createStatusBoard(parts.outbox);
  const bell = createBell();
  let running: Promise<void> | null = null;
  return {
    start: () => void (running ??= pump(parts, board, bell, stopping.signal)),
    wake: () => bell.ring(),
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
    },
    status: () => board.status(),
    onChange: (listener) => board.onChange(listener),
  };
}

interface Bell {
  ring(): void;
  /** At once when it rang since the last time. */
  heard(): Promise<void>;
}

function createBell(): Bell {
  let hasRung = false;
  let answer: (() => void) | null = null;
  return {
    ring() {
      hasRung = true;
      answer?.();
    },
    async heard() {
      if (!hasRung) await new Promise<void>((resolve) => (answer = resolve));
      hasRung = false;
    },
  };
}

type Next = Step | { readonly step: 'nothing-to-send' } | { readonly step: 'interrupted' };

/** One batch at a time until stopped; there is no number of failures after which it gives up. */
async function pump(
  parts: DeliveryParts,
  board: StatusBoard,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  /** Null: after the last acknowledged event. A number while earlier events are sent again. */
  let after: number | null = null;
  let failures = 0;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    const next = await takeStep(parts, after, signal);
    if (isStopped()) return;
    if (next.step === 'nothing-to-send') {
      after = null;
      failures = 0;
      board.succeed(null);
      await bell.heard();
    } else if (next.step === 'acknowledged') {
      after = after === null ? null : next.sequence;
      failures = 0;
      board.succeed(parts.clock.now().toISOString());
    } else {
      failures += 1;
      if (next.step === 'send-again-after') after = next.sequence;
      const retryAfterMs = report(parts.log, board, next, failures);
      const ms = backoffMs(failures, retryAfterMs, randomInt(1_000_000) / 1_000_000);
      await (parts.wait ?? waitFor)(ms, signal);
    }
  }
}

/** Says what went wrong, and gives back how long the district asked to be left alone. */
function report(
  log: Log,
  board: StatusBoard,
  next: Exclude<Next, { step: 'acknowledged' | 'nothing-to-send' }>,
  failures: number,
): number | null {
  switch (next.step) {
    case 'failed':
      log.warn('delivery-failed', { problem: next.problem, detail: next.detail, failures });
      board.fail(next.problem);
      return next.retryAfterMs;
    case 'send-again-after':
      log.warn('delivery-moved-back', { throughSequence: next.sequence });
      return null;
    case 'interrupted':
      board.fail(null);
      return null;
    default:
      return assertNever(next);
  }
}

async function takeStep(parts: DeliveryParts, after: number | null, signal: AbortSignal): Promise<Next> {
  try {
    const pending = after === null ? parts.outbox.nextBatch() : parts.outbox.nextBatch(after);
    const batch = pending === null ? null : await makeBatch(parts.kioskId, pending, parts.signer);
    if (batch === null) {
      // The district lacks events that are no longer kept here: a person has to settle that.
      const isGone = after !== null && parts.outbox.undelivered() > 0;
      if (!isGone) return { step: 'nothing-to-send' };
      return { step: 'failed', problem: 'refused', detail: 'events-gone', retryAfterMs: null };
    }
    const next = judgeOutcome(batch, await parts.line.deliver(batch, signal));
    if (next.step === 'acknowledged') {
      parts.outbox.acknowledgeThrough(next.sequence, next.headHash, next.parked);
      if (next.parked.length > 0) parts.log.warn('events-parked', { events: next.parked.length });
    }
    return next;
  } catch (error) {
    // The kiosk's store may be reopening after a disk fault. Delivery goes on; the store itself says what is wrong.
    parts.log.warn('delivery-interrupted', { error: error instanceof Error ? error.name : 'unknown' });
    return { step: 'interrupted' };
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Stopped while waiting: the loop sees the same signal.
  }
}
