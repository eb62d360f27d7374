import type { Clock } from '../domain/ports.ts';

const freeTries = 5;
const firstDelayMs = 5000;
const longestDelayMs = 15 * 60_000;
const mostKeys = 1000;

interface Failures {
  count: number;
  blockedUntilMs: number;
}

/** Slows down guessing: five tries are free, then each failure doubles the wait. In memory, on the monotonic clock. */
export class Throttle {
  private readonly failures = new Map<unknown, Failures>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Milliseconds until a key may try again; 0: now. */
  waitMs(key: unknown): number {
    const blockedUntilMs = this.failures.get(key)?.blockedUntilMs ?? 0;
    return Math.max(0, Math.ceil(blockedUntilMs - this.clock.monotonicMs()));
  }

  fail(key: unknown): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    const delayMs = count < freeTries ? 0 : Math.min(firstDelayMs * 2 ** (count - freeTries), longestDelayMs);
    this.failures.delete(key);
    this.failures.set(key, { count, blockedUntilMs: this.clock.monotonicMs() + delayMs });
    const oldest = [...this.failures.keys()][0];
    if (this.failures.size > mostKeys) this.failures.delete(oldest);
  }

  succeed(key: unknown): void {
    this.failures.delete(key);
  }
}
