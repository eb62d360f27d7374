import { toLatinDigits } from './digits.ts';
import { addDays, isCalendarDate } from './visit-when.ts';

/** `jan` … `dec`, as Danish months begin; nothing of it is shown. */
const months = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('da', { month: 'long', timeZone: 'UTC' })
    .format(new Date(Date.UTC(2024, month, 1)))
    .slice(0, 3),
);
const monthNumber = new Map(months.map((month, at) => [month, String(at + 1)]));

/** `24. dec. 2026` → `24. 12 2026`. */
function withMonthNumbers(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll(/\p{L}{3,}\.?/gu, (word) => ` ${monthNumber.get(word.slice(0, 3)) ?? word} `);
}

type Parts = readonly [day: string, month: string, year: string | null];

/** Day, month and year, if one was typed; digits without anything between them are two and two. */
function partsOf(typed: string): Parts | null {
  const text = withMonthNumbers(toLatinDigits(typed)).trim();
  const digits = /^(\d{2})(\d{2})(\d{2}|\d{4})?$/.exec(text);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const groups = /^(\d{1,2})[\s./,-]+(\d{1,2})(?:[\s./,-]+(\d{2}|\d{4}))?[\s.]*$/.exec(text);
  const [, day, month, year = null] =
    iso === null ? (digits ?? groups ?? []) : [iso[0], iso[3], iso[2], iso[1]];
  return day === undefined || month === undefined ? null : [day, month, year];
}

function dateOf(year: string, month: string, day: string): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : null;
}

function daysBetween(one: string, other: string): number {
  return Math.abs(Date.parse(`${one}T00:00:00Z`) - Date.parse(`${other}T00:00:00Z`));
}

/**
 * A day as somebody types it: `24.12.2026`, `1.2.26`, `0102`, `24. dec`. Without a year it is the nearest one, or with
 * `past` the last one there was. Null: not understood, or no day of the calendar.
 */
export function parseDay(typed: string, today: string, side: 'near' | 'past' = 'near'): string | null {
  const parts = partsOf(typed);
  if (parts === null) return null;
  const [day, month, year] = parts;
  if (year !== null) return dateOf(year.length === 2 ? `20${year}` : year, month, day);
  const thisYear = Number(today.slice(0, 4));
  const found = [thisYear - 1, thisYear, thisYear + 1]
    .map((one) => dateOf(String(one), month, day))
    .filter((date) => date !== null)
    .filter((date) => side === 'near' || date <= today);
  const [first, ...others] = found;
  return first === undefined
    ? null
    : others.reduce((a, b) => (daysBetween(b, today) < daysBetween(a, today) ? b : a), first);
}

/** A leap year: 29 February is a day of every year's calendar. */
const someYear = '2028';

/** The same for a day of every year, as `12-24`; a year that was typed is left out. */
export function parseYearDay(typed: string): string | null {
  const parts = partsOf(typed);
  const date = parts === null ? null : dateOf(someYear, parts[1], parts[0]);
  return date === null ? null : date.slice(5);
}

/** `24.12.2026`, or `24.12.` of a day of every year. */
export function writeDay(date: string): string {
  const [day, month, year = ''] = date.split('-').toReversed();
  return `${day ?? ''}.${month ?? ''}.${year}`;
}

/** The days from so many before today on, today among them. */
export function lastDays(today: string, days: number): { readonly from: string; readonly to: string } {
  return { from: addDays(today, 1 - days), to: today };
}
