import { minuteOf } from '../../src-main/domain/visit-when.ts';

/** The station's clock on screen: the last time the services told, plus what has passed since on the steady clock. */
export class VisitClock {
  /** `2026-11-20T14:32`, or null before the first word from the services. */
  localTime = $state<string | null>(null);
  isTrusted = $state(false);
  #base: { readonly utcMs: number; readonly atMs: number } | null = null;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor() {
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  set(localTime: string, isTrusted: boolean): void {
    this.isTrusted = isTrusted;
    const shown = this.localTime;
    this.localTime = localTime;
    // Within the same minute the seconds already counted are kept.
    if (shown === localTime && this.#base !== null) return;
    this.#base = { utcMs: Date.parse(`${localTime}:00Z`), atMs: performance.now() };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (this.#base === null) return;
    const nowMs = this.#base.utcMs + performance.now() - this.#base.atMs;
    const next = minuteOf(nowMs);
    if (next !== this.localTime) this.localTime = next;
  }
}
