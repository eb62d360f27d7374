import { safe } from '@orpc/client';
import type { DeskLine } from '../api/connect-desk.ts';
import type { DeskClock } from './desk-ports.ts';

const askEveryMs = 10_000;
/** As long as the kiosk waits for a page that has gone silent. */
const patienceMs = 20_000;

/**
 * Whether the kiosk still answers. A pulled cable closes no line: without this a desk would look well for minutes while
 * calls from the lobby reach nobody.
 */
export class LineWatch {
  readonly #line: DeskLine;
  readonly #clock: DeskClock;
  /** The last time it was heard, or the line came. */
  #heardAt: number | null = null;
  #askedAt: number | null = null;

  constructor(line: DeskLine, clock: DeskClock) {
    this.#line = line;
    this.#clock = clock;
  }

  /** Called about every second. */
  tick(): void {
    const now = this.#clock();
    if (!this.#line.isUp()) this.#begin(null);
    else if (this.#askedAt !== null) this.#judge(now, this.#askedAt);
    else if (this.#heardAt === null) this.#heardAt = now;
    else if (now < this.#heardAt || now - this.#heardAt >= askEveryMs) void this.#ask(now);
  }

  #begin(heardAt: number | null): void {
    this.#heardAt = heardAt;
    this.#askedAt = null;
  }

  #judge(now: number, askedAt: number): void {
    // A clock that was set back says nothing about the line.
    if (now < askedAt) this.#askedAt = now;
    if (now - askedAt < patienceMs) return;
    this.#begin(null);
    this.#line.renew();
  }

  async #ask(now: number): Promise<void> {
    this.#askedAt = now;
    await safe(this.#line.client.greet({}));
    // Any answer will do, also a refusal; one to an older question as well.
    this.#begin(this.#clock());
  }
}
