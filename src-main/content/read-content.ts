import {
  textTreeSchema,
  type District,
  type Question,
  type ReportType,
  type ServedTexts,
  type VisitorContent,
} from '../contract/content.ts';
import { languages, type Language } from '../contract/ids.ts';
import type { NamedFact } from './check-facts.ts';
import { ContentError } from './content-error.ts';
import type { ContentFiles } from './content-files.ts';
import type { PostcodeTables } from './place-routing.ts';
import {
  demonstrationFileSchema,
  districtsFileSchema,
  extraPostcodeRowSchema,
  gatesFileSchema,
  menuFileSchema,
  phoneNumbersFileSchema,
  postcodeDistrictRowSchema,
  postcodeRowSchema,
  questionsFileSchema,
  reportTypeFileSchema,
  rightsFileSchema,
  stationsFileSchema,
  tablesFileSchema,
  type DistrictsFile,
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

/** All files, each one parsed and of the right shape; nothing is held against anything else yet. */
export interface RawContent extends Pick<VisitorContent, 'gates' | 'phoneNumbers' | 'rightsTopics'> {
  readonly types: readonly TypeWithFile[];
  readonly districts: DistrictsFile;
  readonly demonstrationDistricts: readonly District[];
  readonly stations: readonly StationWithFile[];
  readonly tables: PostcodeTables;
  readonly tableFacts: readonly NamedFact[];
  readonly texts: ReadonlyMap<Language, ServedTexts>;
}

function inMenuOrder(types: readonly TypeWithFile[], menu: readonly string[]): TypeWithFile[] {
  const unknown = menu.find((id) => !types.some(({ type }) => type.id === id));
  if (unknown !== undefined)
    throw new ContentError('dk/menu.json', 'reportTypes', `expected a type of report, found "${unknown}"`);
  const rank = ({ type }: TypeWithFile): number =>
    menu.includes(type.id) ? menu.indexOf(type.id) : menu.length;
  return types.toSorted((one, other) => rank(one) - rank(other));
}

async function readTypes(files: ContentFiles): Promise<TypeWithFile[]> {
  const { questions: shared } = await files.json('dk/questions.json', questionsFileSchema);
  const types: TypeWithFile[] = [];
  for (const file of await files.list('dk/report-types', '.json')) {
    const { questions, ...type } = await files.json(file, reportTypeFileSchema);
    const whole = questions.map((question): Question => {
      if (typeof question !== 'string') return question;
      const found = shared.find((candidate) => candidate.id === question);
      if (found === undefined)
        throw new ContentError(
          file,
          'questions',
          `expected the id of a question in questions.json, found "${question}"`,
        );
      return found;
    });
    types.push({ file, type: { ...type, questions: whole } });
  }
  if (types.length === 0)
    throw new ContentError('dk/report-types', '', 'expected at least one type of report');
  return inMenuOrder(types, (await files.json('dk/menu.json', menuFileSchema)).reportTypes);
}

async function readTables(files: ContentFiles): Promise<Pick<RawContent, 'tables' | 'tableFacts'>> {
  const { tables } = await files.json('dk/tables.json', tablesFileSchema);
  const names = ['postcodes.csv', 'postcode-districts.csv', 'postcodes-nongeographic.csv'];
  const unsourced = names.find((name) => !tables.some((table) => table.file === name));
  if (unsourced !== undefined)
    throw new ContentError('dk/tables.json', 'tables', `expected the source of ${unsourced}`);
  return {
    tables: {
      postcodes: await files.csv('dk/postcodes.csv', postcodeRowSchema),
      districts: await files.csv('dk/postcode-districts.csv', postcodeDistrictRowSchema),
      extra: await files.csv('dk/postcodes-nongeographic.csv', extraPostcodeRowSchema),
    },
    tableFacts: tables.map((table) => ({ file: 'dk/tables.json', place: table.file, fact: table })),
  };
}

async function readTexts(locales: ContentFiles): Promise<ReadonlyMap<Language, ServedTexts>> {
  const texts = new Map<Language, ServedTexts>();
  for (const language of languages) {
    texts.set(language, {
      language,
      texts: {
        content: await locales.json(`${language}/content.json`, textTreeSchema),
        gates: await locales.json(`${language}/gates.json`, textTreeSchema),
        rights: await locales.json(`${language}/rights.json`, textTreeSchema),
      },
    });
  }
  return texts;
}

async function readDemonstration(
  files: ContentFiles,
): Promise<{ districts: readonly District[]; stations: readonly StationWithFile[] }> {
  const file = 'demonstration/fjordby.json';
  const { districts, stations } = await files.json(file, demonstrationFileSchema);
  return { districts, stations: stations.map((station) => ({ file, station })) };
}

/** Reads every file of content; `locales` stands beside it and has words only. */
export async function readContent(
  files: ContentFiles,
  locales: ContentFiles,
  isDemonstration: boolean,
): Promise<RawContent> {
  const { stations } = await files.json('dk/stations.json', stationsFileSchema);
  const invented = isDemonstration ? await readDemonstration(files) : { districts: [], stations: [] };
  return {
    gates: (await files.json('dk/gates.json', gatesFileSchema)).gates,
    phoneNumbers: (await files.json('dk/phone-numbers.json', phoneNumbersFileSchema)).phoneNumbers,
    rightsTopics: (await files.json('dk/rights.json', rightsFileSchema)).rightsTopics,
    types: await readTypes(files),
    districts: await files.json('dk/districts.json', districtsFileSchema),
    demonstrationDistricts: invented.districts,
    stations: [...stations.map((station) => ({ file: 'dk/stations.json', station })), ...invented.stations],
    ...(await readTables(files)),
    texts: await readTexts(locales),
  };
}
