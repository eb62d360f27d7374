import type { Clock } from '../domain/ports.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';

/** How long the door stays shut is known beyond this process: an update starts another one. */
export interface HeldUntil {
  /** Milliseconds since 1970; null: open. */
  read(): number | null;
  write(untilMs: number | null): void;
}

/** Whether visitors are let in; shut for a short time, and only while nobody stands there. */
export interface Door {
  /** The visitor's page says whether anybody has touched it; it says so again every minute. */
  tell(isVisited: boolean): void;
  /** Shuts the door, or keeps it shut. False, and open: somebody stands there. */
  hold(forMs: number): boolean;
  open(): void;
  isHeld(): boolean;
  onChange(listener: () => void): Unsubscribe;
}

/** Longer than the longest time without a touch after which a visit ends, and than a page needs to speak again. */
export const wordHoldsMs = 10 * 60_000;
/** Whatever became of whoever shut it: after an hour visitors are let in. */
export const longestHoldMs = 60 * 60_000;

export interface DoorOptions {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly heldUntil: HeldUntil;
}

export function createDoor({ clock, heldUntil }: DoorOptions): Door {
  const changes = createListeners<void>();
  let word: { readonly isVisited: boolean; readonly atMs: number } | null = null;
  let until = heldUntil.read();
  const isVisited = (): boolean =>
    word !== null && word.isVisited && clock.monotonicMs() - word.atMs < wordHoldsMs;
  const setUntil = (next: number | null): void => {
    heldUntil.write(next);
    until = next;
    changes.tell();
  };
  return {
    tell(visited) {
      word = { isVisited: visited, atMs: clock.monotonicMs() };
    },
    hold(forMs) {
      setUntil(isVisited() ? null : clock.now().getTime() + Math.min(forMs, longestHoldMs));
      return until !== null;
    },
    open: () => setUntil(null),
    isHeld() {
      if (until === null) return false;
      const leftMs = until - clock.now().getTime();
      // A clock that was set back must not keep visitors out for a year.
      return leftMs > 0 && leftMs <= longestHoldMs;
    },
    onChange: (listener) => changes.add(listener),
  };
}
