import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryStatus } from '../contract/status.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Step } from './attempt.ts';
import { backoffMs } from './backoff.ts';
import { Course, type CourseParts } from './course.ts';
import { createStatusBoard, type StatusBoard } from './status-board.ts';

export interface DeliveryParts extends CourseParts {
  readonly clock: Clock;
  readonly log: Log;
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

/** One answer at a time until stopped; there is no number of failures after which it gives up. */
async function pump(
  parts: DeliveryParts,
  board: StatusBoard,
  bell: Bell,
  signal: AbortSignal,
): Promise<void> {
  const course = new Course(parts, signal);
  let failures = 0;
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    const next = await takeStep(parts, course);
    if (isStopped()) break;
    if (next.step === 'nothing-to-send') {
      failures = 0;
      board.succeed(null);
      await bell.heard();
    } else if (next.step === 'acknowledged') {
      failures = 0;
      board.succeed(parts.clock.now().toISOString());
    } else if (next.step === 'send-smaller' || next.step === 'send-alone') {
      parts.log.note('delivery-slower', { step: next.step });
    } else {
      failures += 1;
      const retryAfterMs = report(parts.log, board, next, failures);
      const ms = backoffMs(failures, retryAfterMs, randomInt(1_000_000) / 1_000_000);
      await (parts.wait ?? waitFor)(ms, signal);
    }
  }
  await course.callBack();
}

/** Says what went wrong, and gives back how long the district asked to be left alone. */
function report(
  log: Log,
  board: StatusBoard,
  next: Extract<Next, { step: 'failed' | 'send-again-after' | 'interrupted' }>,
  failures: number,
): number | null {
  switch (next.step) {
    case 'failed': {
      const { problem, detail, stopped } = next;
      log.warn('delivery-failed', { problem, detail, sequence: stopped?.sequence ?? null, failures });
      board.fail(problem, stopped);
      return next.retryAfterMs;
    }
    case 'send-again-after':
      log.warn('delivery-moved-back', { throughSequence: next.sequence });
      return null;
    case 'interrupted':
      board.fail(null, null);
      return null;
    default:
      return assertNever(next);
  }
}

async function takeStep({ log }: DeliveryParts, course: Course): Promise<Next> {
  try {
    const next = await course.next();
    if (next === null) return { step: 'nothing-to-send' };
    if (next.step === 'acknowledged' && next.parked.length > 0)
      log.warn('events-parked', { events: next.parked.length });
    return next;
  } catch (error) {
    // The kiosk's store may be reopening after a disk fault. Delivery goes on; the store itself says what is wrong.
    log.warn('delivery-interrupted', { error: error instanceof Error ? error.name : 'unknown' });
    await course.callBack();
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
