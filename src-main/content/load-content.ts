import path from 'node:path';
import type { ContentProblem, VisitorContent } from '../contract/content.ts';
import { overdueSentence } from './check-facts.ts';
import { openLayers, versionOf, type ContentPlaces, type Entry } from './layers.ts';
import { Library } from './library.ts';
import { PlaceRouter } from './place-routing.ts';
import { Problems } from './problems.ts';
import { readContent } from './read-content.ts';
import { settleContent, type SettledContent } from './settle-content.ts';
import { StationFinder } from './station-finder.ts';

export interface LoadOptions extends Partial<ContentPlaces> {
  /** Where content and locales stand side by side, unless said otherwise. */
  readonly resourcesDir: string;
  /** Local date at the station, `2026-11-21`. */
  readonly today: string;
  /** Adds the invented station Fjordby and its district 00. */
  readonly isDemonstration: boolean;
}

export interface LoadedContent {
  readonly library: Library;
  readonly router: PlaceRouter;
  /** Mistakes, each of which left something out or is said in Danish only. */
  readonly problems: readonly ContentProblem[];
  /** Facts past their review date; they are shown and say so. */
  readonly overdue: readonly ContentProblem[];
}

const valuesOf = <T>(entries: readonly Entry<T>[]): T[] => entries.map(({ value }) => value);

/** Types that become a report apart from those that do not. */
function offeredTypes(settled: SettledContent): Pick<VisitorContent, 'reportTypes' | 'otherTypes'> {
  const types = valuesOf(settled.types);
  return {
    reportTypes: types.flatMap(({ route, ...type }) =>
      route === 'self' || route === 'assisted' ? [{ ...type, route }] : [],
    ),
    otherTypes: types.flatMap(({ route, ...type }) =>
      route === 'officer' || route === 'info' ? [{ ...type, route }] : [],
    ),
  };
}

function visitorContent(settled: SettledContent): VisitorContent {
  return {
    country: 'dk',
    gates: [...settled.gates],
    groups: [...settled.groups],
    ...offeredTypes(settled),
    phoneNumbers: valuesOf(settled.phoneNumbers),
    confidentialContacts: valuesOf(settled.confidentialContacts),
    rightsTopics: valuesOf(settled.rightsTopics),
    sources: valuesOf(settled.sources),
    flagRules: valuesOf(settled.flagRules),
    interpreterLanguages: settled.interpreterLanguages,
    loadedAt: new Date().toISOString(),
  };
}

/**
 * Reads and checks content and its words, and leaves out what is wrong with them.
 * @throws ContentError with one sentence, only for what no kiosk can run without: gates, districts, 112 and 114, Danish
 * words, at least one type.
 */
export async function loadContent(options: LoadOptions): Promise<LoadedContent> {
  const { resourcesDir, today, isDemonstration } = options;
  const problems = new Problems();
  const layers = openLayers(
    {
      contentDir: path.join(resourcesDir, 'content'),
      localesDir: path.join(resourcesDir, 'locales'),
      ...options,
    },
    problems,
  );
  const raw = await readContent(layers, isDemonstration);
  const settled = settleContent(raw, today, problems);
  if (settled.stop !== null || raw.districts === null)
    throw settled.stop ?? new Error('no districts were read, and nobody said so');
  const stations = valuesOf(settled.stations);
  const router = new PlaceRouter(raw.districts, settled.tables);
  const library = new Library({
    content: visitorContent(settled),
    desk: { rightsItems: valuesOf(settled.rightsItems), rejections: valuesOf(settled.rejections) },
    version: versionOf(layers),
    menu: settled.menu,
    texts: new Map([...settled.texts].map(([language, texts]) => [language, { language, texts }])),
    districts: settled.districts,
    stations,
    router,
    finder: new StationFinder(stations, settled.tables),
  });
  const overdue = settled.overdue.map((fact) => ({
    file: fact.file,
    path: fact.place,
    message: `${overdueSentence(fact)}.`,
  }));
  return { library, router, problems: problems.found.map((problem) => problem.told()), overdue };
}
