/** A day of the calendar as `YYYY-MM-DD`; all arithmetic is in UTC, so that no summer time moves a date. */
const dayMs = 86_400_000;

function utc(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** Whether a date exists: 29 February only in leap years. */
export function isCalendarDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const parsed = new Date(utc(date));
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

export function addDays(date: string, days: number): string {
  return new Date(utc(date) + days * dayMs).toISOString().slice(0, 10);
}

/** First day of the month `months` later. */
export function addMonths(date: string, months: number): string {
  const start = new Date(utc(`${date.slice(0, 7)}-01`));
  start.setUTCMonth(start.getUTCMonth() + months);
  return start.toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. */
export function weekday(date: string): number {
  return ((new Date(utc(date)).getUTCDay() + 6) % 7) + 1;
}

/** The weeks of a month, Monday first; days of other months are null. */
export function monthGrid(monthDate: string): readonly (readonly (string | null)[])[] {
  const first = `${monthDate.slice(0, 7)}-01`;
  const cells: (string | null)[] = Array.from({ length: weekday(first) - 1 }, () => null);
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) cells.push(day);
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** `HH:MM` out of the four digits of a number pad ("0930", "930"); null when it is no time. */
export function timeOfDigits(digits: string): string | null {
  const match = /^(\d{1,2})(\d{2})$/.exec(digits);
  const [, hours, minutes] = match ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** `YYYY-MM-DDTHH:MM` of milliseconds counted as if the station's clock were UTC. */
export function minuteOf(utcMs: number): string {
  return new Date(utcMs).toISOString().slice(0, 16);
}

/** Nobody who stands in a lobby tells of an earlier year; the calendar ends here. */
export const firstYear = 1900;

/** The first days of the months of a date's year. */
export function monthsOf(date: string): readonly string[] {
  return Array.from({ length: 12 }, (_, at) => `${date.slice(0, 4)}-${String(at + 1).padStart(2, '0')}-01`);
}

/** Twelve years on a page, the date's among them; as first days, in the month of the date. */
export function yearPage(date: string): readonly string[] {
  const year = Number(date.slice(0, 4));
  const first = year - ((year - firstYear) % 12);
  return Array.from({ length: 12 }, (_, at) => `${String(first + at)}-${date.slice(5, 7)}-01`);
}
