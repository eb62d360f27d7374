/** Wakes a batch that waits for the one before it. */
export interface Arrivals {
  /** A batch of this kiosk was kept here. */
  tell(kioskId: string): void;
  /** Ends when one was kept here, after a moment (it may have been kept by another instance), or after `mostMs`. */
  next(kioskId: string, mostMs: number): Promise<void>;
}

const lookAgainMs = 200;

export function createArrivals(): Arrivals {
  const waiting = new Map<string, Set<() => void>>();
  return {
    tell(kioskId) {
      for (const wake of waiting.get(kioskId) ?? []) wake();
    },
    next: (kioskId, mostMs) =>
      new Promise((resolve) => {
        const others = waiting.get(kioskId) ?? new Set();
        waiting.set(kioskId, others);
        const wake = (): void => {
          clearTimeout(timer);
          others.delete(wake);
          if (others.size === 0) waiting.delete(kioskId);
          resolve();
        };
        const timer = setTimeout(wake, Math.min(mostMs, lookAgainMs));
        others.add(wake);
      }),
  };
}
