const windowMs = 10 * 60_000;
const mostInWindow = 5;

export interface Restarts {
  /** Waits this long before starting again; null: it has failed too often, leave it to the system. */
  next(nowMs: number): number | null;
}

/** Five restarts in ten minutes, each after twice the wait; a sixth means that starting again does not help. */
export function countRestarts(): Restarts {
  let startedAt: readonly number[] = [];
  return {
    next: (nowMs) => {
      startedAt = startedAt.filter((at) => nowMs - at < windowMs);
      if (startedAt.length >= mostInWindow) return null;
      const waitMs = startedAt.length === 0 ? 0 : 250 * 2 ** (startedAt.length - 1);
      startedAt = [...startedAt, nowMs];
      return waitMs;
    },
  };
}
