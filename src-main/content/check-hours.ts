import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { openIntervals } from './opening-hours.ts';
import type { Problems } from './problems.ts';
import type { StationWithFile } from './read-content.ts';
import type { HoursExceptionFact, HoursFact } from './schemas.ts';

/** The hours of the counter beside those of a station's other services. */
export const counterService = 'counter';

type Refuse = (place: string, expected: string) => void;

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
function checkTwice(exceptions: readonly HoursExceptionFact[], place: string, refuse: Refuse): void {
  for (const [index, one] of exceptions.entries())
    for (const other of exceptions.slice(index + 1)) {
      const isSameService =
        one.services === null ||
        other.services === null ||
        one.services.some((service) => other.services?.includes(service));
      if (one.on === other.on && isSameService)
        refuse(`${place}.${other.id}.on`, `expected another day than "${one.id}" has`);
    }
}

/** Rules that can be read, exceptions on days that exist, for services that the station has. */
export function checkHours({ file, station }: StationWithFile, today: string, problems: Problems): void {
  const refuse: Refuse = (place, expected) => problems.add(file, place, expected);
  const rules: readonly (readonly [string, HoursFact | null])[] = [
    [`${station.id}.hours`, station.hours],
    ...station.services.map(({ id, hours }) => [`${station.id}.services.${id}`, hours] as const),
  ];
  for (const [place, hours] of rules)
    if (hours !== null) checkRule(hours.rule, `${place}.rule`, today, refuse);
  const ids = [counterService, ...station.services.map(({ id }) => id)];
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    refuse(`${station.id}.services`, `expected "${id}" only once`);
  const place = `${station.id}.exceptions`;
  for (const exception of station.exceptions) {
    checkDays(exception, place, refuse);
    checkSpans(exception, place, refuse);
    for (const id of exception.services ?? [])
      if (!ids.includes(id))
        refuse(`${place}.${exception.id}.services`, `expected a service of the station, found "${id}"`);
  }
  checkTwice(station.exceptions, place, refuse);
}
