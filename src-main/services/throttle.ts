import { createHash } from 'node:crypto';
import { clearFailures, listFailures, saveFailures } from '../../db/stores/sign-in-failure.ts';
import type { Clock } from '../domain/ports.ts';
import type { Store } from './store.ts';

const freeTries = 5;
const firstDelayMs = 5000;
const longestDelayMs = 15 * 60_000;

interface Failures {
  count: number;
  blockedUntilMs: number;
}

function delayAfter(count: number): number {
  return count < freeTries ? 0 : Math.min(firstDelayMs * 2 ** (count - freeTries), longestDelayMs);
}

/**
 * Slows down guessing: five tries are free, then each failure doubles the wait. Counts are stored, and after a restart
 * every wait begins anew on the monotonic clock: neither a restart nor a clock set forward gives a try.
 */
export class Throttle {
  private readonly failures = new Map<string, Failures>();
  private readonly store: Store;
  private readonly clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.store = store;
    this.clock = clock;
    for (const { subject, count } of store.read(listFailures)) this.remember(subject, count);
  }

  /** Milliseconds until all of these may try again; 0: now. */
  waitMs(keys: readonly string[]): number {
    const waits = keys.map((key) => this.failures.get(subjectOf(key))?.blockedUntilMs ?? 0);
    return Math.max(0, Math.ceil(Math.max(...waits) - this.clock.monotonicMs()));
  }

  fail(keys: readonly string[]): void {
    const subjects = keys.map(subjectOf);
    for (const subject of subjects) this.remember(subject, (this.failures.get(subject)?.count ?? 0) + 1);
    const failedAt = this.clock.now().toISOString();
    // On a full disk the count in memory goes on.
    this.store.write((db) => {
      for (const subject of subjects)
        saveFailures(db, subject, this.failures.get(subject)?.count ?? 1, failedAt);
    });
  }

  succeed(keys: readonly string[]): void {
    const subjects = keys.map(subjectOf);
    for (const subject of subjects) this.failures.delete(subject);
    this.store.write((db) => {
      for (const subject of subjects) clearFailures(db, subject);
    });
  }

  private remember(subject: string, count: number): void {
    this.failures.set(subject, { count, blockedUntilMs: this.clock.monotonicMs() + delayAfter(count) });
  }
}

function subjectOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
