import type { District } from '../contract/content.ts';
import { checkFacts, type NamedFact } from './check-facts.ts';
import { checkFlagRules, checkInterpreterLanguages } from './check-help.ts';
import { checkHours } from './check-hours.ts';
import { checkMenus, typesBehindDoors } from './check-menu.ts';
import { checkPlaces } from './check-places.ts';
import { checkRights, factsOfRights } from './check-rights.ts';
import { checkGates, checkGroups, checkIds, checkReportType, checkSharedIds } from './check-structure.ts';
import { checkTexts, neededKeys } from './check-texts.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';

/** Everything that needs a source and a review date. */
export function factsOf(raw: RawContent): NamedFact[] {
  const named = (
    file: string,
    facts: readonly (NamedFact['fact'] & { readonly id: string })[],
  ): NamedFact[] => facts.map((fact) => ({ file, place: fact.id, fact }));
  return [
    ...raw.types.map(({ file, type }) => ({ file, place: type.id, fact: type })),
    ...named('dk/phone-numbers.json', raw.phoneNumbers ?? []),
    ...(raw.phoneNumbers ?? []).flatMap(({ id, greeting }) =>
      greeting === undefined
        ? []
        : [{ file: 'dk/phone-numbers.json', place: `${id}.greeting`, fact: greeting }],
    ),
    ...(raw.confidentialContacts ?? []).map((fact) => ({
      file: 'dk/phone-numbers.json',
      place: `confidentialContacts.${fact.districtId}`,
      fact,
    })),
    ...factsOfRights(raw),
    ...(raw.interpreterLanguages === null
      ? []
      : [
          {
            file: 'dk/interpreter-languages.json',
            place: 'languages',
            fact: raw.interpreterLanguages,
          },
        ]),
    ...(raw.districts === null
      ? []
      : [{ file: 'dk/districts.json', place: 'districts', fact: raw.districts }]),
    ...raw.stations.map(({ file, station }) => ({ file, place: station.id, fact: station })),
    ...raw.stations.flatMap(({ file, station }) =>
      [{ id: 'hours', hours: station.hours }, ...station.services].flatMap(({ id, hours }) =>
        hours === null ? [] : [{ file, place: `${station.id}.${id}`, fact: hours }],
      ),
    ),
    ...raw.tableFacts,
  ];
}

/** All districts a report can go to, the invented one last. */
export function districtsOf(raw: RawContent): District[] {
  return [
    ...(raw.districts?.districts ?? []).map(({ id, number, name }) => ({ id, number, name })),
    ...raw.demonstrationDistricts,
  ];
}

function checkStations(raw: RawContent, today: string, problems: Problems): void {
  const districts = raw.districts === null ? null : districtsOf(raw).map(({ id }) => id);
  checkIds(
    'dk/stations.json',
    'stations',
    raw.stations.map(({ station }) => station),
    problems,
  );
  for (const entry of raw.stations) {
    const { file, station } = entry;
    if (districts?.includes(station.districtId) === false)
      problems.add(file, station.id, `expected the id of a district, found "${station.districtId}"`);
    checkHours(entry, today, problems);
  }
}

function checkNumbers(raw: RawContent, numbers: readonly string[], problems: Problems): void {
  for (const id of ['alarm', 'police'])
    if (!numbers.includes(id))
      problems.add('dk/phone-numbers.json', 'phoneNumbers', `expected a number with the id "${id}"`);
  const districts = raw.districts === null ? null : districtsOf(raw).map(({ id }) => id);
  for (const { districtId } of raw.confidentialContacts ?? [])
    if (districts?.includes(districtId) === false)
      problems.add(
        'dk/phone-numbers.json',
        'confidentialContacts',
        `expected the id of a district, found "${districtId}"`,
      );
  for (const topic of raw.rightsTopics ?? [])
    for (const id of topic.phoneNumbers)
      if (!numbers.includes(id))
        problems.add('dk/rights.json', topic.id, `expected a known number, found "${id}"`);
}

function checkVisitorContent(raw: RawContent, problems: Problems): void {
  if (raw.gates !== null) checkGates('dk/gates.json', raw.gates, raw.groups, problems);
  checkIds('dk/phone-numbers.json', 'phoneNumbers', raw.phoneNumbers ?? [], problems);
  checkIds('dk/rights.json', 'rightsTopics', raw.rightsTopics ?? [], problems);
  checkIds('dk/sources.json', 'sources', raw.sources ?? [], problems);
  checkRights(raw, problems);
  const known = {
    phoneNumbers: raw.phoneNumbers?.map(({ id }) => id) ?? null,
    rightsTopics: raw.rightsTopics?.map(({ id }) => id) ?? null,
    gates:
      raw.gates === null
        ? null
        : new Map(raw.gates.map(({ id, answers }) => [id, answers.map(({ code }) => code)])),
  };
  if (known.phoneNumbers !== null) checkNumbers(raw, known.phoneNumbers, problems);
  checkIds('dk/menu.json', 'groups', raw.groups ?? [], problems);
  checkGroups(raw, typesBehindDoors(raw), problems);
  for (const { file, type } of raw.types) checkReportType(file, type, known, problems);
  checkSharedIds(raw.types, problems);
  const needed = neededKeys({
    gates: raw.gates ?? [],
    phoneNumbers: raw.phoneNumbers ?? [],
    rightsTopics: raw.rightsTopics ?? [],
    groups: raw.groups ?? [],
    doors: [...(raw.doors ?? []), ...raw.timed.flatMap(({ timedDoors }) => timedDoors)],
    menus: raw.menus ?? [],
    news: raw.timed.flatMap(({ news }) => news),
    stations: raw.stations.map(({ station }) => station),
    types: raw.types.map(({ type }) => type),
  });
  checkTexts(raw.texts, needed, problems);
  checkHelp(raw, needed, problems);
}

function checkHelp(
  { flagRules, interpreterLanguages, areAllTypesRead }: RawContent,
  needed: readonly string[],
  problems: Problems,
): void {
  checkIds('dk/flags.json', 'flags', flagRules ?? [], problems);
  const usedFlags = needed.flatMap((key) => /^content:flag\.(.+)\.label$/.exec(key)?.[1] ?? []);
  if (areAllTypesRead) checkFlagRules(flagRules ?? [], usedFlags, problems);
  const languages = interpreterLanguages?.languages.map(({ tag }) => ({ id: tag })) ?? [];
  checkIds('dk/interpreter-languages.json', 'languages', languages, problems);
  if (interpreterLanguages !== null) checkInterpreterLanguages(interpreterLanguages, problems);
}

/**
 * Holds what was read against itself, as far as it could be read.
 * @returns the facts whose review date has passed; time passing is no mistake here.
 */
export function checkContent(raw: RawContent, today: string, problems: Problems): NamedFact[] {
  const overdue = checkFacts(factsOf(raw), today, problems);
  checkVisitorContent(raw, problems);
  const districts = districtsOf(raw);
  checkIds('dk/districts.json', 'districts', districts, problems);
  checkIds(
    'dk/districts.json',
    'districts',
    districts.map(({ number }) => ({ id: number })),
    problems,
  );
  checkStations(raw, today, problems);
  checkMenus(raw, today, problems);
  if (raw.districts !== null && raw.tables !== null) checkPlaces(raw.districts, raw.tables, problems);
  return overdue;
}
