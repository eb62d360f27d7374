import {
  interpreterLanguagesSchema,
  textTreeSchema,
  type District,
  type FlagRule,
  type InterpreterLanguages,
  type ConfidentialContact,
  type Question,
  type ReportType,
  type Gate,
  type PhoneNumber,
} from '../contract/content.ts';
import type { RightsTopic, Source } from '../contract/rights.ts';
import { languages, type Language } from '../contract/ids.ts';
import type { HomeDoor, HomeMenu, StationNews, TimedDoor } from '../contract/menu.ts';
import type { NamedFact } from './check-facts.ts';
import type { ReadTexts } from './check-texts.ts';
import type { ContentFiles } from './content-files.ts';
import type { PostcodeTables } from './place-routing.ts';
import type { Problems } from './problems.ts';
import {
  demonstrationFileSchema,
  districtsFileSchema,
  flagsFileSchema,
  extraPostcodeRowSchema,
  gatesFileSchema,
  menuFileSchema,
  phoneNumbersFileSchema,
  postcodeDistrictRowSchema,
  postcodeRowSchema,
  questionsFileSchema,
  reportTypeFileSchema,
  rightsFileSchema,
  sourcesFileSchema,
  stationsFileSchema,
  tablesFileSchema,
  timedFileSchema,
  type DistrictsFile,
  type MenuFile,
  type StationFact,
} from './schemas.ts';

export interface TypeWithFile {
  readonly file: string;
  readonly type: ReportType;
}
export interface StationWithFile {
  readonly file: string;
  readonly station: StationFact;
}
/** What a file shows for a time. */
export interface TimedWithFile {
  readonly file: string;
  readonly timedDoors: readonly TimedDoor[];
  readonly news: readonly StationNews[];
}

/** All files, each one parsed and of the right shape or null; nothing is held against anything else yet. */
export interface RawContent {
  readonly gates: readonly Gate[] | null;
  readonly phoneNumbers: readonly PhoneNumber[] | null;
  readonly confidentialContacts: readonly ConfidentialContact[] | null;
  readonly rightsTopics: readonly RightsTopic[] | null;
  readonly sources: readonly Source[] | null;
  readonly flagRules: readonly FlagRule[] | null;
  readonly interpreterLanguages: InterpreterLanguages | null;
  readonly groups: MenuFile['groups'] | null;
  readonly doors: readonly HomeDoor[] | null;
  readonly menus: readonly HomeMenu[] | null;
  readonly timed: readonly TimedWithFile[];
  /** Those that could be read. */
  readonly types: readonly TypeWithFile[];
  readonly areAllTypesRead: boolean;
  readonly districts: DistrictsFile | null;
  readonly demonstrationDistricts: readonly District[];
  readonly stations: readonly StationWithFile[];
  readonly tables: PostcodeTables | null;
  readonly tableFacts: readonly NamedFact[];
  readonly texts: ReadonlyMap<Language, ReadTexts>;
}

/** Where content and words are read from, and where what is wrong with them goes. */
export interface ContentSources {
  readonly files: ContentFiles;
  readonly locales: ContentFiles;
  readonly problems: Problems;
}

/** `files` are all there are, those that could not be read among them: the menu may name these. */
function inMenuOrder(
  types: readonly TypeWithFile[],
  menu: readonly string[],
  files: readonly string[],
  problems: Problems,
): TypeWithFile[] {
  for (const id of menu)
    if (!types.some(({ type }) => type.id === id) && !files.includes(`dk/report-types/${id}.json`))
      problems.add('dk/menu.json', 'reportTypes', `expected a type of report, found "${id}"`);
  const rank = ({ type }: TypeWithFile): number =>
    menu.includes(type.id) ? menu.indexOf(type.id) : menu.length;
  return types.toSorted((one, other) => rank(one) - rank(other));
}

/** The questions of a type, those that it only names among them. */
function wholeQuestions(
  file: string,
  questions: readonly (Question | string)[],
  shared: readonly Question[],
  problems: Problems,
): Question[] {
  return questions.flatMap((question) => {
    if (typeof question !== 'string') return [question];
    const found = shared.find((candidate) => candidate.id === question);
    if (found === undefined)
      problems.add(file, 'questions', `expected the id of a question in questions.json, found "${question}"`);
    return found ?? [];
  });
}

async function readTypes(
  { files, problems }: ContentSources,
  isDemonstration: boolean,
): Promise<Pick<RawContent, 'groups' | 'doors' | 'menus' | 'types' | 'areAllTypesRead'>> {
  const shared = await files.json('dk/questions.json', questionsFileSchema);
  const types: TypeWithFile[] = [];
  const real = await files.list('dk/report-types', '.json');
  const invented = isDemonstration ? await files.list('demonstration/report-types', '.json') : [];
  const names = [...(real ?? []), ...(invented ?? [])];
  for (const file of names) {
    const read = await files.json(file, reportTypeFileSchema);
    if (read === null || shared === null) continue;
    const { questions, ...type } = read;
    const whole = wholeQuestions(file, questions, shared.questions, problems);
    types.push({ file, type: { ...type, questions: whole } });
  }
  if (real?.length === 0) problems.add('dk/report-types', '', 'expected at least one type of report');
  const menu = await files.json('dk/menu.json', menuFileSchema);
  return {
    groups: menu?.groups ?? null,
    doors: menu?.doors ?? null,
    menus: menu?.menus ?? null,
    areAllTypesRead: real !== null && invented !== null && types.length === names.length,
    types: inMenuOrder(types, menu?.reportTypes ?? [], names, problems),
  };
}

async function readTables({
  files,
  problems,
}: ContentSources): Promise<Pick<RawContent, 'tables' | 'tableFacts'>> {
  const sources = await files.json('dk/tables.json', tablesFileSchema);
  for (const name of ['postcodes.csv', 'postcode-districts.csv', 'postcodes-nongeographic.csv'])
    if (sources?.tables.some((table) => table.file === name) === false)
      problems.add('dk/tables.json', 'tables', `expected the source of ${name}`);
  const postcodes = await files.csv('dk/postcodes.csv', postcodeRowSchema);
  const districts = await files.csv('dk/postcode-districts.csv', postcodeDistrictRowSchema);
  const extra = await files.csv('dk/postcodes-nongeographic.csv', extraPostcodeRowSchema);
  const areAllRead = postcodes !== null && districts !== null && extra !== null;
  return {
    tables: areAllRead ? { postcodes, districts, extra } : null,
    tableFacts: (sources?.tables ?? []).map((fact) => ({ file: 'dk/tables.json', place: fact.file, fact })),
  };
}

async function readTexts(locales: ContentFiles): Promise<ReadonlyMap<Language, ReadTexts>> {
  const texts = new Map<Language, ReadTexts>();
  for (const language of languages) {
    texts.set(language, {
      content: await locales.json(`${language}/content.json`, textTreeSchema),
      gates: await locales.json(`${language}/gates.json`, textTreeSchema),
      rights: await locales.json(`${language}/rights.json`, textTreeSchema),
    });
  }
  return texts;
}

interface Demonstration {
  readonly districts: readonly District[];
  readonly stations: readonly StationWithFile[];
  readonly timed: readonly TimedWithFile[];
}

async function readDemonstration(files: ContentFiles): Promise<Demonstration> {
  const file = 'demonstration/fjordby.json';
  const read = await files.json(file, demonstrationFileSchema);
  return {
    districts: read?.districts ?? [],
    stations: (read?.stations ?? []).map((station) => ({ file, station })),
    timed: read === null ? [] : [{ file, timedDoors: read.timedDoors, news: read.news }],
  };
}

async function readTimed(files: ContentFiles): Promise<TimedWithFile[]> {
  const file = 'dk/timed.json';
  const read = await files.json(file, timedFileSchema);
  return read === null ? [] : [{ file, ...read }];
}

/** Reads every file of content; `locales` stands beside it and has words only. */
export async function readContent(sources: ContentSources, isDemonstration: boolean): Promise<RawContent> {
  const { files, locales } = sources;
  const stations = await files.json('dk/stations.json', stationsFileSchema);
  const numbers = await files.json('dk/phone-numbers.json', phoneNumbersFileSchema);
  const nothing: Demonstration = { districts: [], stations: [], timed: [] };
  const invented = isDemonstration ? await readDemonstration(files) : nothing;
  return {
    gates: (await files.json('dk/gates.json', gatesFileSchema))?.gates ?? null,
    phoneNumbers: numbers?.phoneNumbers ?? null,
    confidentialContacts: numbers?.confidentialContacts ?? null,
    rightsTopics: (await files.json('dk/rights.json', rightsFileSchema))?.rightsTopics ?? null,
    sources: (await files.json('dk/sources.json', sourcesFileSchema))?.sources ?? null,
    flagRules: (await files.json('dk/flags.json', flagsFileSchema))?.flags ?? null,
    interpreterLanguages: await files.json('dk/interpreter-languages.json', interpreterLanguagesSchema),
    ...(await readTypes(sources, isDemonstration)),
    timed: [...(await readTimed(files)), ...invented.timed],
    districts: await files.json('dk/districts.json', districtsFileSchema),
    demonstrationDistricts: invented.districts,
    stations: [
      ...(stations?.stations ?? []).map((station) => ({ file: 'dk/stations.json', station })),
      ...invented.stations,
    ],
    ...(await readTables(sources)),
    texts: await readTexts(locales),
  };
}
