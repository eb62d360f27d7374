import type {
  Gate,
  PhoneNumber,
  Question,
  ReportType,
  ServedTexts,
  TextTree,
  TypeGroup,
} from '../contract/content.ts';
import type { RightsTopic } from '../contract/rights.ts';
import type { HomeDoor, HomeMenu, StationNews } from '../contract/menu.ts';
import { languages, type Language } from '../contract/ids.ts';
import { danishHolidays } from '../domain/holidays.ts';
import { textAt } from '../domain/text-tree.ts';
import { counterService } from './check-hours.ts';
import type { Problems } from './problems.ts';
import type { StationFact } from './schemas.ts';

type Namespace = keyof ServedTexts['texts'];
/** `namespace:key` */
type Key = `${Namespace}:${string}`;

/** Flags that no option raises but a report can carry. */
const flagsOfReports = ['under18', 'protection', 'officer'] as const;

function questionKeys(question: Question): Key[] {
  const keys: Key[] = [`content:question.${question.id}.title`];
  if (question.kind === 'choice') {
    if (question.noteLongest > 0) keys.push(`content:question.${question.id}.note`);
    for (const { code, flag } of question.options) {
      keys.push(`content:option.${question.id}.${code}.label`);
      if (flag !== null) keys.push(`content:flag.${flag}.label`);
    }
  }
  if (question.kind === 'things') {
    for (const { code, fields } of question.kinds) {
      keys.push(`content:thing.${code}.label`);
      keys.push(...fields.map((field): Key => `content:field.${field.id}.label`));
      for (const { flag } of fields) if (flag !== undefined) keys.push(`content:flag.${flag}.label`);
    }
  }
  return keys;
}

function typeKeys(type: ReportType): Key[] {
  const of = `content:type.${type.id}` as const;
  const notice = `content:notice.${type.notice ?? ''}` as const;
  return [
    `${of}.title`,
    `${of}.help`,
    ...(type.route === 'info' ? [`${of}.body` as const] : []),
    ...(type.notice === null ? [] : [`${notice}.title` as const, `${notice}.body` as const]),
    ...type.flags.map((flag): Key => `content:flag.${flag}.label`),
    ...type.questions.flatMap(questionKeys),
  ];
}

/** Words around a statement: a limit that was counted, a day for a second look that has passed. */
const factWords = ['hours', 'months', 'counted', 'clock', 'overdue', 'hidden'] as const;

function topicKeys({ id, form, claims }: RightsTopic): Key[] {
  return [
    `rights:${id}.title`,
    ...claims.map((claim): Key => `rights:${id}.claim.${claim.id}.text`),
    ...(form === 'steps' ? claims.map((claim): Key => `rights:${id}.claim.${claim.id}.title`) : []),
  ];
}

interface HomeContent {
  readonly doors: readonly Pick<HomeDoor, 'id'>[];
  readonly menus: readonly Pick<HomeMenu, 'id'>[];
  readonly news: readonly Pick<StationNews, 'id'>[];
  readonly stations: readonly Pick<StationFact, 'services' | 'exceptions'>[];
}

/** Of the home screen and the hours screen. */
function homeKeys({ doors, menus, news, stations }: HomeContent): Key[] {
  return [
    ...doors.flatMap(({ id }): Key[] => [`content:door.${id}.title`, `content:door.${id}.help`]),
    ...menus.map(({ id }): Key => `content:menu.${id}.hint`),
    ...news.flatMap(({ id }): Key[] => [`content:news.${id}.title`, `content:news.${id}.text`]),
    `content:service.${counterService}.title`,
    ...stations.flatMap(({ services, exceptions }): Key[] => [
      ...services.map(({ id }): Key => `content:service.${id}.title`),
      ...exceptions.map(({ id }): Key => `content:exception.${id}`),
    ]),
  ];
}

/** Every key without which a screen, a slip or the desk would show nothing. */
export function neededKeys(
  content: {
    readonly gates: readonly Gate[];
    readonly groups: readonly Pick<TypeGroup, 'id'>[];
    readonly types: readonly ReportType[];
    readonly phoneNumbers: readonly PhoneNumber[];
    readonly rightsTopics: readonly RightsTopic[];
  } & HomeContent,
): Key[] {
  return [
    ...content.gates.flatMap((gate): Key[] => [
      `gates:${gate.id}.title`,
      `gates:${gate.id}.hint`,
      ...gate.answers.map((answer): Key => `gates:${gate.id}.${answer.code}.label`),
    ]),
    ...content.groups.flatMap((group): Key[] => [
      `content:group.${group.id}.title`,
      `content:group.${group.id}.help`,
    ]),
    ...homeKeys(content),
    ...content.types.flatMap(typeKeys),
    ...content.phoneNumbers.flatMap((phone): Key[] => [
      `rights:phone.${phone.id}.label`,
      `rights:phone.${phone.id}.help`,
    ]),
    ...content.rightsTopics.flatMap(topicKeys),
    ...factWords.map((word): Key => `rights:fact.${word}`),
    ...danishHolidays(2026).map((holiday): Key => `content:holiday.${holiday.id}`),
    ...flagsOfReports.map((flag): Key => `content:flag.${flag}.label`),
  ];
}

/** All dotted keys of a tree. */
export function keysOf(tree: TextTree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
}

const namespaces = ['content', 'gates', 'rights'] as const;

/** The texts of one language; null where the file could not be read. */
export type ReadTexts = Readonly<Record<Namespace, TextTree | null>>;

/** A hint, a help or a why is there in every language or in none: never blank for one visitor alone. */
function checkSameKeys(
  language: Language,
  danish: ReadTexts,
  other: ReadTexts,
  needed: ReadonlySet<string>,
  problems: Problems,
): void {
  for (const namespace of namespaces) {
    const [wanted, found] = [danish[namespace], other[namespace]].map((tree) =>
      tree === null ? null : new Set(keysOf(tree)),
    );
    if (!wanted || !found) continue;
    const file = `${language}/${namespace}.json`;
    // What an id of content needs was missed already, by its own name.
    const isMissed = (key: string): boolean => needed.has(`${namespace}:${key}`);
    for (const key of wanted)
      if (!found.has(key) && !isMissed(key)) problems.add(file, key, 'expected words, as in Danish');
    for (const key of found)
      if (!wanted.has(key) && !isMissed(key)) problems.add(file, key, 'expected the same words in Danish');
  }
}

/** Words for every id of content, in every language. */
export function checkTexts(
  texts: ReadonlyMap<Language, ReadTexts>,
  needed: readonly Key[],
  problems: Problems,
): void {
  const danish = texts.get('da');
  const once = new Set<string>(needed);
  for (const language of languages) {
    const read = texts.get(language);
    if (read === undefined || danish === undefined) throw new Error(`no texts were asked for in ${language}`);
    for (const key of once) {
      const [name, place = ''] = key.split(':');
      const namespace = namespaces.find((candidate) => candidate === name);
      const tree = namespace === undefined ? null : read[namespace];
      if (namespace === undefined || tree === null) continue;
      const words = textAt(tree, place);
      if (words === null || words.trim() === '')
        problems.add(`${language}/${namespace}.json`, place, 'expected words for this id of content');
    }
    if (language !== 'da') checkSameKeys(language, danish, read, once, problems);
  }
}
