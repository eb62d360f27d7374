import type {
  ConfidentialContact,
  FlagRule,
  Gate,
  InterpreterLanguages,
  PhoneNumber,
} from '../contract/content.ts';
import type { Rejection, RightsItem } from '../contract/desk-content.ts';
import type { District } from '../contract/station.ts';
import type { StationNews, TimedDoor } from '../contract/menu.ts';
import { rightsClaimSchema, type RightsTopic, type Source } from '../contract/rights.ts';
import type { NamedFact } from './check-facts.ts';
import type { ContentFiles } from './content-files.ts';
import { kindOf, readInLayers, type Entry, type Kind, type LayerFile, type Layers } from './layers.ts';
import type { PostcodeTables } from './place-routing.ts';
import { readTexts, type LayerTexts } from './read-texts.ts';
import { readTypes, type ReadTypes } from './read-types.ts';
import {
  demonstrationFileSchema,
  deskFileSchema,
  districtHoursFileSchema,
  districtPhoneNumbersFileSchema,
  districtTimedFileSchema,
  districtsFileSchema,
  extraPostcodeRowSchema,
  flagsFileSchema,
  gatesFileSchema,
  interpreterLanguagesFileSchema,
  phoneNumbersFileSchema,
  postcodeDistrictRowSchema,
  postcodeRowSchema,
  rightsFileSchema,
  sourcesFileSchema,
  stationsFileSchema,
  tablesFileSchema,
  timedFileSchema,
  type DemonstrationFile,
  type DistrictsFile,
  type StationFact,
} from './schemas.ts';

/**
 * All files of all layers, each one parsed; what is not of the right shape is null or left out, and named. Nothing is held
 * against anything else yet.
 */
export interface RawContent extends ReadTypes {
  readonly gates: readonly Gate[] | null;
  readonly phoneNumbers: Kind<PhoneNumber>;
  readonly confidentialContacts: Kind<ConfidentialContact>;
  readonly rightsTopics: Kind<RightsTopic>;
  readonly sources: Kind<Source>;
  readonly flagRules: Kind<FlagRule>;
  readonly rightsItems: Kind<RightsItem>;
  readonly rejections: Kind<Rejection>;
  readonly interpreterLanguages: InterpreterLanguages | null;
  readonly timedDoors: Kind<TimedDoor>;
  readonly news: Kind<StationNews>;
  readonly districts: DistrictsFile | null;
  readonly demonstrationDistricts: readonly District[];
  readonly stations: Kind<StationFact>;
  readonly tables: PostcodeTables;
  readonly tableFacts: readonly NamedFact[];
  readonly texts: readonly LayerTexts[];
}

const byId = ({ id }: { readonly id: string }): string => id;

/** The number is worth more than how it is answered. */
function withoutGreeting({ greeting: _, ...entry }: Record<string, unknown>): Record<string, unknown> {
  return entry;
}

/** A topic without the statements that are wrong, where those that are left make a page. */
function withoutWrongClaims({ claims, ...entry }: Record<string, unknown>): Record<string, unknown> {
  const all: unknown[] = Array.isArray(claims) ? claims : [];
  return { ...entry, claims: all.filter((claim) => rightsClaimSchema.safeParse(claim).success) };
}

/** A station whose hours nobody can read is still a station: "Ask 114". */
function withoutHours(entry: Record<string, unknown>): Record<string, unknown> {
  return { ...entry, hours: null, services: [], exceptions: [] };
}

/** What a district may lay over: help numbers, its confidential contact, rights, what flags do. */
async function readHelp(
  layers: Layers,
): Promise<
  Pick<RawContent, 'phoneNumbers' | 'confidentialContacts' | 'rightsTopics' | 'sources' | 'flagRules'>
> {
  const numbers = await readInLayers(layers, 'phone-numbers.json', phoneNumbersFileSchema, {
    partly: districtPhoneNumbersFileSchema,
    mend: withoutGreeting,
  });
  const rights = await readInLayers(layers, 'rights.json', rightsFileSchema, { mend: withoutWrongClaims });
  const sources = await readInLayers(layers, 'sources.json', sourcesFileSchema);
  const flags = await readInLayers(layers, 'flags.json', flagsFileSchema);
  return {
    phoneNumbers: kindOf(numbers, 'phoneNumbers', (file) => file.phoneNumbers, byId),
    confidentialContacts: kindOf(
      numbers,
      'confidentialContacts',
      (file) => file.confidentialContacts,
      ({ districtId }) => districtId,
    ),
    rightsTopics: kindOf(rights, 'rightsTopics', (file) => file.rightsTopics, byId),
    sources: kindOf(sources, 'sources', (file) => file.sources, byId),
    flagRules: kindOf(flags, 'flags', (file) => file.flags, byId),
  };
}

/** What staff tell visitors; a district may have other words for it. */
async function readDesk(layers: Layers): Promise<Pick<RawContent, 'rightsItems' | 'rejections'>> {
  const files = await readInLayers(layers, 'desk.json', deskFileSchema);
  return {
    rightsItems: kindOf(files, 'rightsItems', (file) => file.rightsItems, byId),
    rejections: kindOf(files, 'rejections', (file) => file.rejections, byId),
  };
}

async function readTables(files: ContentFiles): Promise<Pick<RawContent, 'tables' | 'tableFacts'>> {
  const file = 'dk/tables.json';
  const { read, isWhole } = await files.entries(file, tablesFileSchema);
  for (const name of ['postcodes.csv', 'postcode-districts.csv', 'postcodes-nongeographic.csv'])
    if (isWhole && read?.tables.some((table) => table.file === name) === false)
      files.refuse(file, 'tables', `expected the source of ${name}`);
  // A place that no table knows goes to the fallback district, and the report says so.
  const postcodes = (await files.csv('dk/postcodes.csv', postcodeRowSchema)) ?? [];
  const districts = (await files.csv('dk/postcode-districts.csv', postcodeDistrictRowSchema)) ?? [];
  const extra = (await files.csv('dk/postcodes-nongeographic.csv', extraPostcodeRowSchema)) ?? [];
  return {
    tables: { postcodes, districts, extra },
    tableFacts: (read?.tables ?? []).map((fact) => ({ file, place: fact.file, fact })),
  };
}

/** The invented station of a demonstration, and what shows there for a time, come out of one file. */
async function readDemonstration(layers: Layers): Promise<LayerFile<DemonstrationFile>[]> {
  const [layer] = layers;
  const file = 'demonstration/fjordby.json';
  const read = await layer.files.entries(file, demonstrationFileSchema, withoutHours);
  return [{ ...read, layer, file: layer.files.named(file) }];
}

/** What districts say of the hours of stations, each laid over what is known of the station besides. */
async function readHours(layers: Layers, known: Kind<StationFact>): Promise<Kind<StationFact>> {
  const [, ...over] = layers;
  const entries: Entry<StationFact>[] = [];
  let isWhole = known.isWhole;
  for (const layer of over) {
    const file = 'hours.json';
    const { read, isWhole: isAll } = await layer.files.entries(file, districtHoursFileSchema);
    isWhole &&= isAll;
    for (const { id, ...told } of read?.stations ?? []) {
      const station = known.entries.find((entry) => entry.id === id)?.value;
      if (station === undefined) layer.files.refuse(file, id, 'expected the id of a station');
      else if (layer.districtId !== null && station.districtId !== layer.districtId)
        layer.files.refuse(file, id, `expected a station of the district "${layer.districtId}"`);
      else entries.push({ id, value: { ...station, ...told }, file: layer.files.named(file), layer });
    }
  }
  return { list: known.list, isWhole, entries: [...known.entries, ...entries] };
}

async function readStationsAndTimed(
  layers: Layers,
  isDemonstration: boolean,
): Promise<Pick<RawContent, 'demonstrationDistricts' | 'stations' | 'timedDoors' | 'news'>> {
  const [shipped] = layers;
  const invented = isDemonstration ? await readDemonstration(layers) : [];
  const stations = await readInLayers([shipped], 'stations.json', stationsFileSchema, { mend: withoutHours });
  const timed = [
    ...(await readInLayers(layers, 'timed.json', timedFileSchema, { partly: districtTimedFileSchema })),
    ...invented,
  ];
  return {
    demonstrationDistricts: invented.flatMap(({ read }) => read?.districts ?? []),
    stations: await readHours(
      layers,
      kindOf([...stations, ...invented], 'stations', (file) => file.stations, byId),
    ),
    timedDoors: kindOf(timed, 'timedDoors', (file) => file.timedDoors, byId),
    news: kindOf(timed, 'news', (file) => file.news, byId),
  };
}

/** Reads every file of content. */
export async function readContent(layers: Layers, isDemonstration: boolean): Promise<RawContent> {
  const [{ files }, ...over] = layers;
  const raw = {
    gates: (await files.json('dk/gates.json', gatesFileSchema))?.gates ?? null,
    ...(await readHelp(layers)),
    ...(await readDesk(layers)),
    ...(await readTypes(layers, isDemonstration)),
    interpreterLanguages: (
      await files.entries('dk/interpreter-languages.json', interpreterLanguagesFileSchema)
    ).read,
    districts: await files.json('dk/districts.json', districtsFileSchema),
    ...(await readStationsAndTimed(layers, isDemonstration)),
    ...(await readTables(files)),
    texts: await readTexts(layers),
  };
  for (const layer of over) {
    await layer.files.refuseStrays((file) => file.startsWith('locales/'), false);
    await layer.locales.refuseStrays(() => false, true);
  }
  return raw;
}
