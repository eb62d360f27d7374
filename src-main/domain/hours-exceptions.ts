import { addDays } from './holidays.ts';
import type { OpenInterval } from './hours.ts';

/** A day, or several in a row, on which a station keeps other hours than its week says. */
export interface HoursException {
  /** Why, by the id of its words. */
  readonly id: string;
  /** `2026-12-03` in that year, `12-24` in every year. */
  readonly on: string;
  /** The last of these days, in the same form; null: there is only one. */
  readonly until: string | null;
  /** Open times of each of these days; none: closed. */
  readonly spans: readonly { readonly from: string; readonly to: string }[];
}

const midnight = (date: string): string => `${date}T00:00`;

/** `12-24` to `01-01` passes the turn of the year; a dated one never does that backwards. */
function isOn({ on, until }: HoursException, date: string): boolean {
  const day = date.slice(-on.length);
  const last = until ?? on;
  return on <= last ? on <= day && day <= last : day >= on || day <= last;
}

/** What is said of this very year wins over what is said of every year. */
export function exceptionOn(exceptions: readonly HoursException[], date: string): HoursException | null {
  const those = exceptions.filter((exception) => isOn(exception, date));
  return those.find(({ on }) => on.length === date.length) ?? those[0] ?? null;
}

/** A local time of a day; `24:00` is the midnight at its end. */
function timeOf(date: string, time: string): string {
  return time === '24:00' ? midnight(addDays(date, 1)) : `${date}T${time}`;
}

function withoutDay(intervals: readonly OpenInterval[], date: string): OpenInterval[] {
  const start = midnight(date);
  const end = midnight(addDays(date, 1));
  return intervals.flatMap((interval) => {
    if (interval.to <= start || interval.from >= end) return [interval];
    return [
      { from: interval.from, to: start },
      { from: end, to: interval.to },
    ].filter(({ from, to }) => from < to);
  });
}

/**
 * Open times with the exceptions among these dates put in. Such a day is replaced from midnight to midnight, so that
 * "closed on the 24th" closes a night that began on the 23rd as well: rather closed than wrongly open.
 */
export function withExceptions(
  intervals: readonly OpenInterval[],
  exceptions: readonly HoursException[],
  from: string,
  until: string,
): readonly OpenInterval[] {
  let kept = intervals;
  for (let date = from; date < until; date = addDays(date, 1)) {
    const exception = exceptionOn(exceptions, date);
    if (exception === null) continue;
    const day = date;
    const own = exception.spans.map((span) => ({ from: timeOf(day, span.from), to: timeOf(day, span.to) }));
    kept = [...withoutDay(kept, date), ...own];
  }
  return kept;
}
