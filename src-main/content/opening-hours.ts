import OpeningHours from 'opening_hours';
import type { FactSource } from '../contract/content.ts';
import type { StationHours } from '../contract/station.ts';
import { addDays, danishHolidays } from '../domain/holidays.ts';
import { hoursAt, hoursDays, unlikeUsual, type HoursDay, type OpenInterval } from '../domain/hours.ts';
import { withExceptions, type HoursException } from '../domain/hours-exceptions.ts';
import { localTime } from '../domain/local-time.ts';
import type { HoursFact } from './schemas.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
/** The next opening and days unlike others are looked for this far ahead: beyond every run of closed days. */
const daysAhead = 60;
/** More of them nobody reads. */
const mostOtherDays = 6;

/** `2026 Dec 25`, as a rule writes a date. */
function ruleDate(date: string): string {
  return `${date.slice(0, 4)} ${months[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(8)}`;
}

/** Weekdays before or after PH in the same list: `Su,PH off` speaks of both. */
const holidayPart = /^((?:[A-Z][a-z](?:-[A-Z][a-z])?,)*)PH((?:,[A-Z][a-z](?:-[A-Z][a-z])?)*)\s+(.+)$/;

/**
 * Replaces PH by the dates of the ten holidays. The package has its own list for Denmark, but counts 5 June and
 * 24 December among them, which are not holidays.
 */
function expandHolidays(rule: string, dates: readonly string[]): string {
  const parts = rule.split(';').map((part) => part.trim());
  const expanded = parts.flatMap((part) => {
    if (!/\b[PS]H\b/.test(part)) return [part];
    const [, before = '', after = '', times = ''] = holidayPart.exec(part) ?? [];
    if (times === '' || /\b[PS]H\b/.test(times))
      throw new Error(`PH is understood as "PH off" or "Su,PH 10:00-12:00", not as "${part}"`);
    const days = `${before}${after}`.replace(/^,|,$/g, '').replace(',,', ',');
    const own = dates.length === 0 ? [] : [`${dates.map(ruleDate).join(',')} ${times}`];
    return days === '' ? own : [`${days} ${times}`, ...own];
  });
  return expanded.join('; ');
}

/** Midnight in the time zone of the process, because the package reads dates with local getters. */
function processMidnight(date: string): Date {
  return new Date(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
}

function processLocal(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function holidaysOf(from: string, until: string): string[] {
  const years = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  return [...new Set(years)].flatMap((year) => danishHolidays(year).map((holiday) => holiday.date));
}

function intervalsOf(expanded: string, from: string, until: string): OpenInterval[] {
  if (expanded === '') return [];
  let parsed: OpeningHours;
  try {
    parsed = new OpeningHours(expanded, null);
  } catch (problem) {
    // The package throws plain strings.
    throw new Error(typeof problem === 'string' ? problem.trim() : 'not understood', { cause: problem });
  }
  return parsed
    .getOpenIntervals(processMidnight(from), processMidnight(until))
    .filter(([, , isUncertain]) => !isUncertain)
    .map(([start, end]) => ({ from: processLocal(start), to: processLocal(end) }));
}

/**
 * Open times from one date up to another, as wall-clock texts. The package knows only the process's time zone, so it is
 * asked about wall-clock times that are merely written as Dates, and never about an instant.
 * @throws Error when the rule is not opening_hours, or says PH in a way that is not understood.
 */
export function openIntervals(rule: string, from: string, until: string): OpenInterval[] {
  return intervalsOf(expandHolidays(rule, holidaysOf(from, until)), from, until);
}

function nextMonday(today: string): string {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, (8 - weekday) % 7 || 7);
}

/** What is told of one service of a station. */
export interface ToldHours {
  readonly hours: HoursFact;
  readonly exceptions: readonly HoursException[];
  /** What held until a day, not included; null: nobody knew. */
  readonly before?: { readonly told: ToldHours | null; readonly until: string };
}

function toldIntervals(
  { hours, exceptions, before }: ToldHours,
  from: string,
  until: string,
): readonly OpenInterval[] {
  const start = before !== undefined && before.until > from ? before.until : from;
  const earlier =
    before?.told == null || start === from
      ? []
      : toldIntervals(before.told, from, start < until ? start : until);
  if (start >= until) return earlier;
  return [...earlier, ...withExceptions(openIntervals(hours.rule, start, until), exceptions, start, until)];
}

/** What follows from it for one local date. */
export interface HoursSheet {
  readonly intervals: readonly OpenInterval[];
  readonly days: readonly HoursDay[];
  readonly otherDays: readonly HoursDay[];
  readonly usualWeek: HoursDay['spans'][];
}

/** Open times around a date: from the day before, so that a night that began yesterday is seen. */
export function hoursSheet(told: ToldHours, today: string): HoursSheet {
  const { hours, exceptions } = told;
  const from = addDays(today, -1);
  const until = addDays(today, daysAhead);
  const intervals = toldIntervals(told, from, until);
  const later = hoursDays(intervals, addDays(today, 7), daysAhead - 7, exceptions);
  const usual = intervalsOf(expandHolidays(hours.rule, []), from, until);
  return {
    intervals,
    days: hoursDays(intervals, today, 7, exceptions),
    otherDays: unlikeUsual(later, usual).slice(0, mostOtherDays),
    usualWeek: hoursDays(usual, nextMonday(today), 7).map(({ spans }) => spans),
  };
}

/**
 * Hours of a service at an instant. Past its review date the fact is not shown: unknown, which reads "Ask 114".
 * `sheetOf` is asked once for the local date; a caller with many questions a day gives one that remembers.
 */
export function stationHoursAt(
  told: ToldHours | null,
  now: Date,
  sheetOf: typeof hoursSheet = hoursSheet,
): StationHours {
  const nowLocal = localTime(now);
  const today = nowLocal.slice(0, 10);
  const holding = told?.before !== undefined && today < told.before.until ? told.before.told : told;
  if (told === null || holding === null) return { kind: 'unknown', why: 'never-told' };
  const { isExample, source, date, reviewBy } = holding.hours;
  if (isExpired(holding.hours, today)) return { kind: 'unknown', why: 'overdue' };
  const { intervals, days, otherDays, usualWeek } = sheetOf(told, today);
  return {
    kind: 'known',
    isExample,
    ...hoursAt(intervals, nowLocal),
    days: [...days],
    otherDays: [...otherDays],
    usualWeek,
    source,
    date,
    reviewBy,
  };
}

/** A fact may be shown up to and including its review date. */
export function isExpired(fact: FactSource, today: string): boolean {
  return fact.reviewBy < today;
}
