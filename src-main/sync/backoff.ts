const firstMs = 1000;
export const longestWaitMs = 5 * 60_000;

/**
 * How long to wait after the n-th failure in a row (the first is 1): exponential with full jitter, so that a thousand
 * kiosks do not come back in the same second. `Retry-After` is a lower bound; both end at five minutes.
 */
export function backoffMs(failures: number, retryAfterMs: number | null, jitter: number): number {
  const ceiling = Math.min(longestWaitMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.min(longestWaitMs, Math.max(ceiling * jitter, retryAfterMs ?? 0));
}
