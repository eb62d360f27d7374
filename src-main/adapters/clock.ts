import { performance } from 'node:perf_hooks';
import type { Clock } from '../domain/ports.ts';

/** NTP may correct by a little; more than this backwards means that the clock was, or is, wrong. */
const toleratedStepMs = 5 * 60_000;

/** `notBefore`: an instant known to be past, such as the build or the newest event in the store. */
export function createSystemClock(notBefore: Date): Clock {
  let latestMs = notBefore.getTime();
  const observe = (): number => {
    const nowMs = Date.now();
    latestMs = Math.max(latestMs, nowMs);
    return nowMs;
  };
  return {
    now: () => new Date(observe()),
    monotonicMs: () => performance.now(),
    isTrusted: () => observe() >= latestMs - toleratedStepMs,
  };
}
