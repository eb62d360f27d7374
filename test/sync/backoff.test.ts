import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, longestWaitMs } from '../../src-main/sync/backoff.ts';

it('waits between nothing and a doubling ceiling, never over five minutes, never less than asked', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.option(fc.integer({ min: 0, max: 1e9 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, retryAfterMs, jitter) => {
        const ms = backoffMs(failures, retryAfterMs, jitter);
        expect(ms).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, longestWaitMs));
        expect(ms).toBeLessThanOrEqual(longestWaitMs);
        if (retryAfterMs === null) expect(ms).toBeLessThanOrEqual(1000 * 2 ** (failures - 1));
      },
    ),
  );
  expect(backoffMs(1, null, 1)).toBe(1000);
  expect(backoffMs(20, null, 1)).toBe(longestWaitMs);
});
