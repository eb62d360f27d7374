import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { openIntervals } from './opening-hours.ts';
import type { HoursExceptionFact } from './schemas.ts';

/** The hours of the counter beside those of a station's other services. */
export const counterService = 'counter';

export type Refuse = (place: string, expected: string) => void;

/** A rule that cannot be read must not come up when somebody stands before the screen. */
export function checkRule(rule: string, place: string, today: string, refuse: Refuse): void {
  try {
    openIntervals(rule, today, addDays(today, 366));
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'not understood';
    refuse(place, `expected opening_hours syntax (${problem})`);
  }
}

/** A leap year, so that 29 February is a day of every year's calendar. */
const inSomeYear = (day: string): string => (day.length === 5 ? `2028-${day}` : day);

function checkDays({ id, on, until }: HoursExceptionFact, place: string, refuse: Refuse): void {
  for (const day of until === null ? [on] : [on, until])
    if (!isCalendarDate(inSomeYear(day)))
      refuse(`${place}.${id}`, `expected a day of the calendar, found "${day}"`);
  if (until === null) return;
  if (on.length !== until.length) refuse(`${place}.${id}.until`, 'expected a day in the same form as "on"');
  else if (on.length > 5 && until < on)
    refuse(`${place}.${id}.until`, `expected a day after ${on}, found "${until}"`);
}

function checkSpans({ id, spans }: HoursExceptionFact, place: string, refuse: Refuse): void {
  for (const [index, { from, to }] of spans.entries()) {
    const before = spans[index - 1];
    if (from >= to || (before !== undefined && from < before.to))
      refuse(`${place}.${id}.spans`, 'expected times of one day, each after the one before');
  }
}

/** Two exceptions of the same form for the same day and service: nobody could say which one holds. */
function checkTwice(
  exception: HoursExceptionFact,
  earlier: readonly HoursExceptionFact[],
  place: string,
  refuse: Refuse,
): void {
  for (const one of earlier) {
    const isSameService =
      one.services === null ||
      exception.services === null ||
      one.services.some((service) => exception.services?.includes(service));
    if (one.on === exception.on && isSameService)
      refuse(`${place}.${exception.id}.on`, `expected another day than "${one.id}" has`);
  }
}

/** An exception on days that exist, for services that the station has, beside those that stand already. */
export function checkException(
  exception: HoursExceptionFact,
  {
    place,
    services,
    earlier,
  }: { place: string; services: readonly string[]; earlier: readonly HoursExceptionFact[] },
  refuse: Refuse,
): void {
  checkDays(exception, place, refuse);
  checkSpans(exception, place, refuse);
  for (const id of exception.services ?? [])
    if (!services.includes(id))
      refuse(`${place}.${exception.id}.services`, `expected a service of the station, found "${id}"`);
  checkTwice(exception, earlier, place, refuse);
}
