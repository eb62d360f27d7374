import type { Clock } from '../domain/ports.ts';

const hourMs = 3_600_000;

/**
 * How many of one kind are taken within an hour. In memory, on the monotonic clock: what is sealed cannot be counted
 * later, and whoever can restart a kiosk can do worse.
 */
export class HourlyLimit {
  readonly #clock: Clock;
  /** Kind, then id, then when it was let in. */
  readonly #taken = new Map<string, Map<string, number>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a place for `id`; the same id asks as often as it likes. False: the hour is full. */
  admit(kind: string, id: string, most: number): boolean {
    const now = this.#clock.monotonicMs();
    const taken = this.#taken.get(kind) ?? new Map<string, number>();
    for (const [other, at] of taken) if (now - at >= hourMs) taken.delete(other);
    if (!taken.has(id) && taken.size >= most) return false;
    if (!taken.has(id)) taken.set(id, now);
    this.#taken.set(kind, taken);
    return true;
  }

  /** Nothing came of it: the place is free again. */
  giveBack(kind: string, id: string): void {
    this.#taken.get(kind)?.delete(id);
  }
}
