import path from 'node:path';
import type { ServedTexts, VisitorContent } from '../contract/content.ts';
import type { Language } from '../contract/ids.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import { checkContent, districtsOf } from './check-content.ts';
import { overdueSentence } from './check-facts.ts';
import type { ReadTexts } from './check-texts.ts';
import { ContentFiles } from './content-files.ts';
import { Library } from './library.ts';
import { PlaceRouter } from './place-routing.ts';
import { FirstProblem } from './problems.ts';
import { readContent, type ContentSources, type RawContent } from './read-content.ts';
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
  readonly router: PlaceRouter;
  /** Facts past their review date, one sentence each; they never stop the start. */
  readonly warnings: string[];
}

/** After `FirstProblem` nothing is missing; the type does not know that. */
function there<T>(part: T | null): T {
  if (part === null) throw new Error('a file of content was not read, and nobody said so');
  return part;
}

function served(texts: ReadonlyMap<Language, ReadTexts>): ReadonlyMap<Language, ServedTexts> {
  return new Map(
    [...texts].map(([language, { content, gates, rights }]) => [
      language,
      { language, texts: { content: there(content), gates: there(gates), rights: there(rights) } },
    ]),
  );
}

/** Types that become a report apart from those that do not, and the groups that lead to both. */
function offeredTypes(raw: RawContent): Pick<VisitorContent, 'groups' | 'reportTypes' | 'otherTypes'> {
  const types = raw.types.map(({ type }) => type);
  return {
    groups: there(raw.groups).map((group) => ({
      ...group,
      types: types.filter((type) => type.group === group.id).map(({ id }) => id),
    })),
    reportTypes: types.flatMap(({ route, ...type }) =>
      route === 'self' || route === 'assisted' ? [{ ...type, route }] : [],
    ),
    otherTypes: types.flatMap(({ route, ...type }) =>
      route === 'officer' || route === 'info' ? [{ ...type, route }] : [],
    ),
  };
}

function makeLibrary(raw: RawContent, { files, locales }: ContentSources, router: PlaceRouter): Library {
  const stations = raw.stations.map(({ station }) => station);
  const tables = there(raw.tables);
  const content: VisitorContent = {
    country: 'dk',
    gates: [...there(raw.gates)],
    ...offeredTypes(raw),
    phoneNumbers: [...there(raw.phoneNumbers)],
    confidentialContacts: [...there(raw.confidentialContacts)],
    rightsTopics: [...there(raw.rightsTopics)],
    sources: [...there(raw.sources)],
    flagRules: [...there(raw.flagRules)],
    interpreterLanguages: there(raw.interpreterLanguages),
    loadedAt: new Date().toISOString(),
  };
  return new Library({
    content,
    version: `${files.version()}-${locales.version()}`,
    menu: {
      doors: there(raw.doors),
      menus: there(raw.menus),
      timedDoors: raw.timed.flatMap(({ timedDoors }) => timedDoors),
      news: raw.timed.flatMap(({ news }) => news),
    },
    texts: served(raw.texts),
    districts: districtsOf(raw),
    stations,
    router,
    finder: new StationFinder(stations, tables),
  });
}

/**
 * Reads and checks content and its words.
 * @throws ContentError with one sentence: file, place, what was expected. Never because time has passed.
 */
export async function loadContent(options: LoadOptions): Promise<LoadedContent> {
  const { resourcesDir, today, isDemonstration } = options;
  const problems = new FirstProblem();
  const sources: ContentSources = {
    files: new ContentFiles(path.join(resourcesDir, 'content'), problems),
    locales: new ContentFiles(path.join(resourcesDir, 'locales'), problems),
    problems,
  };
  const raw = await readContent(sources, isDemonstration);
  const overdue = checkContent(raw, today, problems);
  const warnings = overdue.map((fact) => `${fact.file}: ${fact.place}: ${overdueSentence(fact)}`);
  const router = new PlaceRouter(there(raw.districts), there(raw.tables));
  return { library: makeLibrary(raw, sources, router), router, warnings };
}
