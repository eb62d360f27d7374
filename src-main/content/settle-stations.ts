import type { District } from '../contract/station.ts';
import { checkException, checkRule, counterService, type Refuse } from './check-hours.ts';
import { checkFact, factOf, type NamedFact } from './check-facts.ts';
import { standing, type Entry, type Kind } from './layers.ts';
import { exceptionKeys, serviceKeys } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import type { HoursExceptionFact, HoursFact, StationFact } from './schemas.ts';
import type { Words } from './words.ts';

export interface StationParts {
  readonly stations: Kind<StationFact>;
  readonly districts: readonly District[];
  readonly today: string;
  readonly words: Words;
  readonly problems: Problems;
}

export function hoursFactsOf({ file, id, value }: Entry<StationFact>): NamedFact[] {
  return [{ id: 'hours', hours: value.hours }, ...value.services].flatMap((service) =>
    service.hours === null ? [] : [{ file, place: `${id}.${service.id}`, fact: service.hours }],
  );
}

/** Hours whose rule or source is wrong are unknown ones: "Ask 114". */
function hoursOrNone(
  { file, id }: Entry<StationFact>,
  part: string,
  hours: HoursFact | null,
  { today, problems }: StationParts,
): HoursFact | null {
  if (hours === null) return null;
  const refuse: Refuse = (place, expected) => problems.add(file, place, expected);
  const isFine = problems.areNone(() => {
    checkFact({ file, place: `${id}.${part}`, fact: hours }, problems);
    checkRule(hours.rule, `${id}.${part}.rule`, today, refuse);
  });
  return isFine ? hours : null;
}

/** Services once each, with a name. */
function settleServices(entry: Entry<StationFact>, parts: StationParts): StationFact['services'] {
  const { file, id, layer, value } = entry;
  const { words, problems } = parts;
  const kept = value.services.filter((service, at) =>
    problems.areNone(() => {
      words.checkDanish(layer, serviceKeys(service.id));
      const isTwice = value.services.findIndex((other) => other.id === service.id) !== at;
      if (isTwice || service.id === counterService)
        problems.add(file, `${id}.services`, `expected "${service.id}" only once`);
    }),
  );
  for (const service of kept) words.need(layer, serviceKeys(service.id));
  return kept.map((service) => ({
    ...service,
    hours: hoursOrNone(entry, `services.${service.id}`, service.hours, parts),
  }));
}

/** Exceptions that can be told apart, or null. One without a name still closes the door that day. */
function settleExceptions(
  { file, id, layer, value }: Entry<StationFact>,
  { words, problems }: StationParts,
): HoursExceptionFact[] | null {
  const refuse: Refuse = (place, expected) => problems.add(file, place, expected);
  const services = [counterService, ...value.services.map((service) => service.id)];
  const kept: HoursExceptionFact[] = [];
  for (const exception of value.exceptions) {
    words.checkDanish(layer, exceptionKeys(exception.id));
    words.need(layer, exceptionKeys(exception.id));
    const beside = { place: `${id}.exceptions`, services, earlier: kept };
    if (problems.areNone(() => checkException(exception, beside, refuse))) kept.push(exception);
  }
  return kept.length === value.exceptions.length ? kept : null;
}

/** Where one exception is wrong nobody knows which day it meant: then no hours are told at all. */
function settleHours(entry: Entry<StationFact>, parts: StationParts): Entry<StationFact> {
  const { value } = entry;
  const exceptions = settleExceptions(entry, parts);
  const hours = hoursOrNone(entry, 'hours', value.hours, parts);
  const services = settleServices(entry, parts);
  const told =
    exceptions === null
      ? { hours: null, exceptions: [], services: services.map((service) => ({ ...service, hours: null })) }
      : { hours, exceptions, services };
  return { ...entry, value: { ...value, ...told } };
}

/** Stations of districts that there are, with the hours that can be told. */
export function settleStations(parts: StationParts): Entry<StationFact>[] {
  const { stations, districts, problems } = parts;
  const kept = standing(stations, problems, (entry) => {
    const { districtId } = entry.value;
    checkFact(factOf(entry), problems);
    if (!districts.some(({ id }) => id === districtId))
      problems.add(entry.file, entry.id, `expected the id of a district, found "${districtId}"`);
  });
  return kept.map((entry) => settleHours(entry, parts));
}
