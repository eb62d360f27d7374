/** How a page ends when nobody touches it: with a warning first, without one, or never. */
export type IdleRule =
  | { readonly kind: 'never' }
  | { readonly kind: 'end'; readonly afterMs: number }
  | { readonly kind: 'warn'; readonly afterMs: number; readonly warningMs: number };

/** A finger that left the screen unnoticed must not keep a visit open for ever. */
const longestHoldMs = 300_000;

/** Watches for a visitor who has left. Counts on the steady clock; a held key or finger pauses it. */
export class VisitIdle {
  isWarning = $state(false);
  secondsLeft = $state(0);
  secondsAtStart = $state(0);
  #sinceMs = performance.now();
  #heldSinceMs: number | null = null;
  #lookedMs = performance.now();
  readonly #rule: () => IdleRule;
  readonly #onEnd: () => void;
  readonly #isBusy: () => boolean;
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param isBusy while somebody is read to, nobody has left. */
  constructor(rule: () => IdleRule, onEnd: () => void, isBusy: () => boolean = () => false) {
    this.#isBusy = isBusy;
    this.#rule = rule;
    this.#onEnd = onEnd;
    this.#timer = setInterval(() => this.#look(), 250);
  }

  /** Somebody is here. */
  touch(): void {
    this.#sinceMs = performance.now();
    this.isWarning = false;
  }

  hold(): void {
    this.touch();
    this.#heldSinceMs = this.#sinceMs;
  }

  release(): void {
    this.#heldSinceMs = null;
    this.touch();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    const sinceLookMs = now - this.#lookedMs;
    this.#lookedMs = now;
    // Paused, not begun anew: the warning too is read to its end.
    if (this.#isBusy()) {
      this.#sinceMs += sinceLookMs;
      return;
    }
    const rule = this.#rule();
    const isHeld = this.#heldSinceMs !== null && now - this.#heldSinceMs < longestHoldMs;
    if (rule.kind === 'never' || isHeld) {
      this.touch();
      return;
    }
    const passed = now - this.#sinceMs;
    if (passed < rule.afterMs) return;
    const leftMs = rule.kind === 'end' ? 0 : rule.afterMs + rule.warningMs - passed;
    if (leftMs <= 0) {
      this.stop();
      this.#onEnd();
      return;
    }
    if (rule.kind === 'warn') this.secondsAtStart = Math.ceil(rule.warningMs / 1000);
    this.secondsLeft = Math.ceil(leftMs / 1000);
    this.isWarning = true;
  }
}
