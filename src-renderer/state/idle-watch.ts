import type { DeskClock } from './desk-ports.ts';

/** How long nobody has touched the desk. */
export class IdleWatch {
  readonly #clock: DeskClock;
  readonly #idleMs: number;
  #lastTouchAt = 0;

  constructor(clock: DeskClock, idleMs: number) {
    this.#clock = clock;
    this.#idleMs = idleMs;
  }

  touch(): void {
    this.#lastTouchAt = this.#clock();
  }

  /** A clock that was set back does not keep a desk open. */
  isOver(): boolean {
    const idleMs = this.#clock() - this.#lastTouchAt;
    if (idleMs < 0) this.touch();
    return idleMs >= this.#idleMs;
  }
}
