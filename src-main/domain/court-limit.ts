import { isCalendarDate } from './visit-when.ts';

/** Months in which somebody who was insulted can go to court, from the day of learning of it. */
const limitMonths = 6;

/**
 * The last day to bring an insult before the court, as a rule; the court decides. The same day of the month, or the
 * month's last one where it has none: 31 August → 28 or 29 February.
 * @param known a day, `2026-11-21`. @returns null where that is no day.
 */
export function lastDayForCourt(known: string): string | null {
  if (!isCalendarDate(known)) return null;
  const [year = 0, month = 0, day = 0] = known.split('-').map(Number);
  const daysThen = new Date(Date.UTC(year, month + limitMonths, 0)).getUTCDate();
  const last = new Date(Date.UTC(year, month - 1 + limitMonths, Math.min(day, daysThen)));
  return last.toISOString().slice(0, 10);
}
