import type { Clock } from '../domain/ports.ts';

/** Whether anything may happen by the clock now. */
export interface ClockWatch {
  /** Null while the time is in doubt. */
  now(): Date | null;
  /** What the district says the time is: it confirms the clock, or takes it into doubt. */
  hear(time: Date): void;
}

/** NTP corrects by less; more between two looks is somebody who set the clock, or a machine that slept. */
const leapMs = 5 * 60_000;
/** After a start the district may be about to say what time it is. */
const firstMs = 60_000;
/** After a leap somebody may set the clock right again. */
const steadyMs = 15 * 60_000;

/** The wall clock held against the one that never leaps, and against the district's. Ask often: leaps are seen in between. */
export function createClockWatch(clock: Clock): ClockWatch {
  let seen = { wallMs: clock.now().getTime(), passedMs: clock.monotonicMs() };
  let steadyFromMs = seen.passedMs + firstMs;
  let isContradicted = false;
  const look = (): typeof seen => {
    const now = { wallMs: clock.now().getTime(), passedMs: clock.monotonicMs() };
    const driftMs = now.wallMs - seen.wallMs - (now.passedMs - seen.passedMs);
    if (Math.abs(driftMs) > leapMs) {
      steadyFromMs = now.passedMs + steadyMs;
      isContradicted = false;
    }
    seen = now;
    return now;
  };
  return {
    now() {
      const { passedMs } = look();
      const isSure = clock.isTrusted() && !isContradicted && passedMs >= steadyFromMs;
      return isSure ? clock.now() : null;
    },
    hear(time) {
      const { wallMs, passedMs } = look();
      isContradicted = Math.abs(time.getTime() - wallMs) > leapMs;
      if (!isContradicted) steadyFromMs = passedMs;
    },
  };
}
