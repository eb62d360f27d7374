import { firstInstantOf, localTime } from './local-time.ts';
import { isCalendarDate } from './visit-when.ts';

const hourMs = 3_600_000;

/** Whether a local time as it stands in `2026-11-20T14:32` exists on a calendar and a clock face. */
export function isLocalTime(local: string): boolean {
  return isCalendarDate(local.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d$/.test(local.slice(10));
}

/**
 * When so many hours have passed on a steady clock, as the station's clock will show it: 72 hours over the night in
 * which summer time ends come an hour earlier. Where the start is not one moment, the earlier one counts.
 * @returns null where the start is no time.
 */
export function hoursAfter(start: string, hours: number): string | null {
  if (!isLocalTime(start)) return null;
  return localTime(new Date(firstInstantOf(start).getTime() + hours * hourMs));
}

/** Whether a limit of so many hours from `start` still runs at local time `now`. Only as true as the clock is. */
export function isWithinHours(start: string, hours: number, now: string): boolean {
  if (!isLocalTime(start) || !isLocalTime(now)) return false;
  return firstInstantOf(now).getTime() - firstInstantOf(start).getTime() < hours * hourMs;
}

/** Parts of a day for who does not know the time: what happened then is counted from its first minute. */
export const dayParts = [
  { part: 'night', from: '00:00' },
  { part: 'morning', from: '06:00' },
  { part: 'afternoon', from: '12:00' },
  { part: 'evening', from: '18:00' },
] as const;
export type DayPart = (typeof dayParts)[number]['part'];

/** Where counting starts: the first minute of what is known, so that a limit is never shown too late. */
export function countedFrom(date: string, part: DayPart | null): string {
  return `${date}T${dayParts.find((one) => one.part === part)?.from ?? '00:00'}`;
}
