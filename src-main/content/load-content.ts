import path from 'node:path';
import type { District, VisitorContent } from '../contract/content.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import { addDays } from '../domain/holidays.ts';
import { checkFacts, type NamedFact } from './check-facts.ts';
import { checkGates, checkIds, checkReportType, checkSharedIds } from './check-structure.ts';
import { checkTexts, neededKeys } from './check-texts.ts';
import { ContentError } from './content-error.ts';
import { ContentFiles } from './content-files.ts';
import { Library } from './library.ts';
import { openIntervals } from './opening-hours.ts';
import { PlaceRouter } from './place-routing.ts';
import { readContent, type RawContent, type StationWithFile } from './read-content.ts';
import { StationFinder } from './station-finder.ts';

export interface LoadOptions {
  readonly resourcesDir: string;
  /** Local date at the station, `2026-11-21`. */
  readonly today: string;
  /** Adds the invented station Fjordby and its district 00. */
  readonly isDemonstration: boolean;
}

export interface LoadedContent {
  readonly library: ContentLibrary;
  /** Facts past their review date, one sentence each; they never stop the start. */
  readonly warnings: string[];
}

function factsOf(raw: RawContent): NamedFact[] {
  const named = (
    file: string,
    facts: readonly (NamedFact['fact'] & { readonly id: string })[],
  ): NamedFact[] => facts.map((fact) => ({ file, place: fact.id, fact }));
  return [
    ...raw.types.map(({ file, type }) => ({ file, place: type.id, fact: type })),
    ...named('dk/phone-numbers.json', raw.phoneNumbers),
    ...named('dk/rights.json', raw.rightsTopics),
    { file: 'dk/districts.json', place: 'districts', fact: raw.districts },
    ...raw.stations.map(({ file, station }) => ({ file, place: station.id, fact: station })),
    ...raw.stations.flatMap(({ file, station }) =>
      station.hours === null ? [] : [{ file, place: `${station.id}.hours`, fact: station.hours }],
    ),
    ...raw.tableFacts,
  ];
}

/** A rule that cannot be read must not come up when somebody stands before the screen. */
function checkHours({ file, station }: StationWithFile, today: string): void {
  if (station.hours === null) return;
  try {
    openIntervals(station.hours.rule, today, addDays(today, 366));
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'not understood';
    throw new ContentError(file, `${station.id}.hours.rule`, `expected opening_hours syntax (${problem})`);
  }
}

function checkStations(raw: RawContent, districts: readonly District[], today: string): void {
  checkIds(
    'dk/stations.json',
    'stations',
    raw.stations.map(({ station }) => station),
  );
  for (const entry of raw.stations) {
    const { file, station } = entry;
    if (!districts.some((district) => district.id === station.districtId))
      throw new ContentError(
        file,
        station.id,
        `expected the id of a district, found "${station.districtId}"`,
      );
    checkHours(entry, today);
  }
}

function checkVisitorContent(raw: RawContent): void {
  checkGates('dk/gates.json', raw.gates);
  checkIds('dk/phone-numbers.json', 'phoneNumbers', raw.phoneNumbers);
  checkIds('dk/rights.json', 'rightsTopics', raw.rightsTopics);
  const known = {
    phoneNumbers: raw.phoneNumbers.map(({ id }) => id),
    rightsTopics: raw.rightsTopics.map(({ id }) => id),
  };
  for (const id of ['alarm', 'police']) {
    if (!known.phoneNumbers.includes(id))
      throw new ContentError(
        'dk/phone-numbers.json',
        'phoneNumbers',
        `expected a number with the id "${id}"`,
      );
  }
  for (const topic of raw.rightsTopics) {
    const unknown = topic.phoneNumbers.find((id) => !known.phoneNumbers.includes(id));
    if (unknown !== undefined)
      throw new ContentError('dk/rights.json', topic.id, `expected a known number, found "${unknown}"`);
  }
  for (const { file, type } of raw.types) checkReportType(file, type, known);
  checkSharedIds(raw.types);
  checkTexts(raw.texts, neededKeys({ ...raw, reportTypes: raw.types.map(({ type }) => type) }));
}

function districtsOf(raw: RawContent): District[] {
  const districts = [
    ...raw.districts.districts.map(({ id, number, name }) => ({ id, number, name })),
    ...raw.demonstrationDistricts,
  ];
  checkIds('dk/districts.json', 'districts', districts);
  checkIds(
    'dk/districts.json',
    'districts',
    districts.map(({ number }) => ({ id: number })),
  );
  return districts;
}

/**
 * Reads and checks content and its words.
 * @throws ContentError with one sentence: file, place, what was expected. Never because time has passed.
 */
export async function loadContent(options: LoadOptions): Promise<LoadedContent> {
  const { resourcesDir, today, isDemonstration } = options;
  const files = new ContentFiles(path.join(resourcesDir, 'content'));
  const locales = new ContentFiles(path.join(resourcesDir, 'locales'));
  const raw = await readContent(files, locales, isDemonstration);
  const warnings = checkFacts(factsOf(raw), today);
  checkVisitorContent(raw);
  const districts = districtsOf(raw);
  checkStations(raw, districts, today);
  const stations = raw.stations.map(({ station }) => station);
  const content: VisitorContent = {
    country: 'dk',
    gates: [...raw.gates],
    reportTypes: raw.types.map(({ type }) => type),
    phoneNumbers: [...raw.phoneNumbers],
    rightsTopics: [...raw.rightsTopics],
    loadedAt: new Date().toISOString(),
  };
  const library = new Library({
    content,
    version: `${files.version()}-${locales.version()}`,
    texts: raw.texts,
    districts,
    stations,
    router: new PlaceRouter(raw.districts, raw.tables),
    finder: new StationFinder(stations, raw.tables),
  });
  return { library, warnings };
}
