import { addDays, holidayOn } from './holidays.ts';
import { exceptionOn, type HoursException } from './hours-exceptions.ts';

/** A time in which the counter is open: local wall-clock times, `2026-11-20T08:00`; `to` is the first minute after it. */
export interface OpenInterval {
  readonly from: string;
  readonly to: string;
}

export interface HoursNow {
  readonly isOpen: boolean;
  readonly changesAt: string | null;
  readonly opensAt: string | null;
}

export interface HoursDay {
  readonly date: string;
  readonly spans: { readonly from: string; readonly to: string }[];
  readonly holiday: string | null;
  readonly exception: string | null;
}

const midnight = (date: string): string => `${date}T00:00`;

/** Intervals that touch are one: 18:00–24:00 and 00:00–02:00 do not close in between. */
function join(intervals: readonly OpenInterval[]): OpenInterval[] {
  const joined: OpenInterval[] = [];
  for (const interval of intervals.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = joined.at(-1);
    if (last === undefined || interval.from > last.to) joined.push(interval);
    else if (interval.to > last.to) joined[joined.length - 1] = { from: last.from, to: interval.to };
  }
  return joined;
}

/** `HH:MM` of a time on this date; midnight at its end is `24:00`; a later time is not of this day. */
function timeOn(date: string, local: string): string | null {
  if (local.startsWith(date)) return local.slice(11);
  return local === midnight(addDays(date, 1)) ? '24:00' : null;
}

function daySpans(intervals: readonly OpenInterval[], date: string): HoursDay['spans'] {
  const start = midnight(date);
  const end = midnight(addDays(date, 1));
  return intervals
    .filter((interval) => interval.to > start && interval.from < end)
    .map((interval) => ({
      from: interval.from > start ? interval.from.slice(11) : '00:00',
      to: interval.to < end ? interval.to.slice(11) : '24:00',
    }));
}

/** Whether the counter is open at a local time, when that changes today, and when it opens if it is closed. */
export function hoursAt(intervals: readonly OpenInterval[], nowLocal: string): HoursNow {
  const today = nowLocal.slice(0, 10);
  const joined = join(intervals);
  const current = joined.find((interval) => interval.from <= nowLocal && nowLocal < interval.to);
  if (current !== undefined) return { isOpen: true, changesAt: timeOn(today, current.to), opensAt: null };
  const next = joined.find((interval) => interval.from > nowLocal);
  if (next === undefined) return { isOpen: false, changesAt: null, opensAt: null };
  const isToday = next.from.startsWith(today);
  return { isOpen: false, changesAt: isToday ? next.from.slice(11) : null, opensAt: next.from };
}

/** Some days from a date on: the lines of the hours screen. */
export function hoursDays(
  intervals: readonly OpenInterval[],
  from: string,
  count: number,
  exceptions: readonly HoursException[] = [],
): HoursDay[] {
  const joined = join(intervals);
  return Array.from({ length: count }, (_, index) => {
    const date = addDays(from, index);
    const exception = exceptionOn(exceptions, date)?.id ?? null;
    return { date, spans: daySpans(joined, date), holiday: holidayOn(date), exception };
  });
}

/** Days that a holiday or an exception makes unlike what their weekday usually is. */
export function unlikeUsual(days: readonly HoursDay[], usual: readonly OpenInterval[]): HoursDay[] {
  const joined = join(usual);
  const told = (spans: HoursDay['spans']): string => spans.map(({ from, to }) => `${from}-${to}`).join();
  return days.filter(
    ({ date, spans, holiday, exception }) =>
      (holiday !== null || exception !== null) && told(spans) !== told(daySpans(joined, date)),
  );
}

/** When a counter that is open closes, as local date and time; null when the days end before it does. */
export function closesAt(days: readonly HoursDay[], nowLocal: string): string | null {
  const first = days.findIndex((day) => day.date === nowLocal.slice(0, 10));
  const now = nowLocal.slice(11);
  let span = days[first]?.spans.find(({ from, to }) => from <= now && now < to);
  for (let index = first; span !== undefined; index += 1) {
    const day = days[index];
    if (day !== undefined && span.to !== '24:00') return `${day.date}T${span.to}`;
    // Open through midnight: the next day goes on, or that was the end.
    const nextDay = days[index + 1];
    if (nextDay === undefined) return null;
    span = nextDay.spans.find(({ from }) => from === '00:00');
    if (span === undefined) return midnight(nextDay.date);
  }
  return null;
}
