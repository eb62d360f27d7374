import type {
  ConfidentialContact,
  FactSource,
  FlagRule,
  Gate,
  InterpreterLanguages,
  PhoneNumber,
  ReportType,
  TypeGroup,
} from '../contract/content.ts';
import type { District } from '../contract/station.ts';
import type { Language } from '../contract/ids.ts';
import { checkFact, factOf, overdueOf, type NamedFact } from './check-facts.ts';
import { checkInterpreterLanguages } from './check-help.ts';
import { checkPlaces } from './check-places.ts';
import { checkGates, checkIds } from './check-structure.ts';
import type { ContentError } from './content-error.ts';
import { standing, type Entry } from './layers.ts';
import { alwaysKeys, gateKeys, phoneKeys, typeKeys } from './needed-keys.ts';
import type { MenuContent } from './menu-now.ts';
import type { PostcodeTables } from './place-routing.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';
import type { Texts } from './read-texts.ts';
import type { StationFact } from './schemas.ts';
import { settleHome } from './settle-home.ts';
import { factsOfDesk, settleDesk, type SettledDesk } from './settle-desk.ts';
import { hoursFactsOf, settleStations } from './settle-stations.ts';
import { factsOfRights, settleRights, type SettledRights } from './settle-rights.ts';
import { settleTypes } from './settle-types.ts';
import { isNamedIn } from './settled.ts';
import { fixedNumbers, whatStops } from './what-stops.ts';
import { Words } from './words.ts';

interface SettledNumbers {
  readonly phoneNumbers: readonly Entry<PhoneNumber>[];
  readonly confidentialContacts: readonly Entry<ConfidentialContact>[];
}

/** What is left when everything that is wrong is left out: what the kiosk shows. */
export interface SettledContent extends SettledNumbers, SettledRights, SettledDesk {
  readonly gates: readonly Gate[];
  readonly groups: readonly TypeGroup[];
  readonly menu: MenuContent;
  /** In the order in which they are offered. */
  readonly types: readonly Entry<ReportType>[];
  readonly flagRules: readonly Entry<FlagRule>[];
  readonly interpreterLanguages: InterpreterLanguages;
  readonly stations: readonly Entry<StationFact>[];
  readonly districts: readonly District[];
  readonly tables: PostcodeTables;
  /** What a language lacks is there in Danish, and says so. */
  readonly texts: ReadonlyMap<Language, Texts>;
  readonly facts: readonly NamedFact[];
  /** Facts whose review date has passed: shown, and named. */
  readonly overdue: readonly NamedFact[];
  /** Set when no kiosk can run with what is left. */
  readonly stop: ContentError | null;
}

/** All districts a report can go to, the invented one last. */
function settleDistricts(raw: RawContent, problems: Problems): District[] {
  const file = 'dk/districts.json';
  const districts = [
    ...(raw.districts?.districts ?? []).map(({ id, number, name }) => ({ id, number, name })),
    ...raw.demonstrationDistricts,
  ];
  if (raw.districts !== null) checkFact({ file, place: 'districts', fact: raw.districts }, problems);
  checkIds(file, 'districts', districts, problems);
  checkIds(
    file,
    'districts',
    districts.map(({ number }) => ({ id: number })),
    problems,
  );
  return districts;
}

function settleGates(raw: RawContent, words: Words, problems: Problems): readonly Gate[] {
  const gates = raw.gates ?? [];
  const [shipped] = raw.texts;
  if (raw.gates !== null) checkGates('dk/gates.json', gates, (id) => isNamedIn(raw.groups, id), problems);
  if (shipped === undefined) return gates;
  for (const keys of [...gates.map(gateKeys), alwaysKeys]) {
    words.checkDanish(shipped.layer, keys);
    words.need(shipped.layer, keys);
  }
  return gates;
}

const greetingFact = ({ file, id }: Entry<PhoneNumber>, fact: FactSource): NamedFact => ({
  ...{ file, place: `${id}.greeting`, fact },
});

/** Numbers and the districts' own contacts: each needs its source, and a number its words. */
function settleNumbers(
  raw: RawContent,
  districts: readonly District[],
  words: Words,
  problems: Problems,
): SettledNumbers {
  const phoneNumbers = standing(raw.phoneNumbers, problems, (entry) => {
    checkFact(factOf(entry), problems);
    words.checkDanish(entry.layer, phoneKeys(entry.value));
    if (!entry.layer.isShipped && fixedNumbers.includes(entry.id))
      problems.add(entry.file, entry.id, 'expected another id: no district changes this number');
  }).map((entry) => {
    const { greeting, ...number } = entry.value;
    const isFine =
      greeting === undefined || problems.areNone(() => checkFact(greetingFact(entry, greeting), problems));
    return isFine ? entry : { ...entry, value: number };
  });
  for (const { layer, value } of phoneNumbers) words.need(layer, phoneKeys(value));
  const confidentialContacts = standing(raw.confidentialContacts, problems, (entry) => {
    const { id, file, value } = entry;
    checkFact({ file, place: `confidentialContacts.${id}`, fact: value }, problems);
    if (raw.districts !== null && !districts.some((district) => district.id === id))
      problems.add(file, 'confidentialContacts', `expected the id of a district, found "${id}"`);
  });
  return { phoneNumbers, confidentialContacts };
}

/** A rule for a flag that no report can carry would be a call for help that never comes. */
function settleFlagRules({ flagRules, types }: RawContent, problems: Problems): Entry<FlagRule>[] {
  const raised = new Set<string>(
    [...types.entries.flatMap(({ value }) => typeKeys(value)), ...alwaysKeys].filter((key) =>
      key.startsWith('content:flag.'),
    ),
  );
  return standing(flagRules, problems, ({ id, file }) => {
    if (types.isWhole && !raised.has(`content:flag.${id}.label`))
      problems.add(file, id, 'expected a flag that a type or an answer raises');
  });
}

/** Everything that needs a source and a review date. */
function factsOf(
  raw: RawContent,
  left: Pick<
    SettledContent,
    'types' | 'stations' | keyof SettledNumbers | keyof SettledRights | keyof SettledDesk
  >,
): NamedFact[] {
  const { interpreterLanguages, districts } = raw;
  const whole = (file: string, place: string, fact: NamedFact['fact'] | null): NamedFact[] =>
    fact === null ? [] : [{ file, place, fact }];
  return [
    ...[...left.types, ...left.phoneNumbers].map(factOf),
    ...left.phoneNumbers.flatMap((entry) =>
      entry.value.greeting === undefined ? [] : [greetingFact(entry, entry.value.greeting)],
    ),
    ...left.confidentialContacts.map((entry) => ({
      ...factOf(entry),
      place: `confidentialContacts.${entry.id}`,
    })),
    ...factsOfRights(left),
    ...factsOfDesk(left),
    ...whole('dk/interpreter-languages.json', 'languages', interpreterLanguages),
    ...whole('dk/districts.json', 'districts', districts),
    ...left.stations.map(factOf),
    ...left.stations.flatMap(hoursFactsOf),
    ...raw.tableFacts,
  ];
}

/** Holds what was read against itself. Each thing that is wrong is named and left out; the others do without it. */
export function settleContent(raw: RawContent, today: string, problems: Problems): SettledContent {
  const words = new Words(raw.texts, problems);
  const districts = settleDistricts(raw, problems);
  const gates = settleGates(raw, words, problems);
  const numbers = settleNumbers(raw, districts, words, problems);
  const phoneNumbers = { kind: raw.phoneNumbers, entries: numbers.phoneNumbers };
  const shared = { gates: raw.gates, phoneNumbers, words, problems };
  const rights = settleRights({ ...shared, read: raw, typeIds: raw.typeIds });
  const rightsTopics = { kind: raw.rightsTopics, entries: rights.rightsTopics };
  const desk = settleDesk({ read: raw, words, problems });
  const { types, groups } = settleTypes({ ...shared, read: raw, rightsTopics });
  const flagRules = settleFlagRules(raw, problems);
  const interpreterLanguages = checkInterpreterLanguages(raw.interpreterLanguages, today, problems);
  const stations = settleStations({ stations: raw.stations, districts, today, words, problems });
  const home = { ...shared, read: raw, typeIds: raw.typeIds, types, stations: raw.stations, today };
  const menu = settleHome(home);
  for (const fact of raw.tableFacts) checkFact(fact, problems);
  const tables = raw.districts === null ? raw.tables : checkPlaces(raw.districts, raw.tables, problems);
  words.checkTranslations();
  const facts = factsOf(raw, { types, ...numbers, ...rights, ...desk, stations });
  return {
    ...numbers,
    ...rights,
    ...desk,
    ...{ gates, groups, menu, types, flagRules, interpreterLanguages, stations, districts, tables, facts },
    texts: words.served(),
    overdue: overdueOf(facts, today),
    stop: whatStops(raw, { types, menus: menu.menus, phoneNumbers: numbers.phoneNumbers }, problems),
  };
}
