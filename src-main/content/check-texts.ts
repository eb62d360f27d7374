import type {
  Gate,
  PhoneNumber,
  Question,
  ReportType,
  RightsTopic,
  ServedTexts,
  TextTree,
} from '../contract/content.ts';
import { languages } from '../contract/ids.ts';
import { danishHolidays } from '../domain/holidays.ts';
import { textAt } from '../domain/text-tree.ts';
import { ContentError } from './content-error.ts';

type Namespace = keyof ServedTexts['texts'];
/** `namespace:key` */
type Key = `${Namespace}:${string}`;

/** Flags that no option raises but a report can carry. */
const flagsOfReports = ['under18', 'protection'] as const;

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
    }
  }
  return keys;
}

/** Every key without which a screen, a slip or the desk would show nothing. */
export function neededKeys(content: {
  readonly gates: readonly Gate[];
  readonly reportTypes: readonly ReportType[];
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly rightsTopics: readonly RightsTopic[];
}): Key[] {
  return [
    ...content.gates.flatMap((gate): Key[] => [
      `gates:${gate.id}.title`,
      `gates:${gate.id}.hint`,
      ...gate.answers.map((answer): Key => `gates:${gate.id}.${answer.code}.label`),
    ]),
    ...content.reportTypes.flatMap((type): Key[] => [
      `content:type.${type.id}.title`,
      `content:type.${type.id}.help`,
      ...type.questions.flatMap(questionKeys),
    ]),
    ...content.phoneNumbers.flatMap((phone): Key[] => [
      `rights:phone.${phone.id}.label`,
      `rights:phone.${phone.id}.help`,
    ]),
    ...content.rightsTopics.flatMap((topic): Key[] => [
      `rights:${topic.id}.title`,
      `rights:${topic.id}.short`,
      `rights:${topic.id}.body`,
    ]),
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

/** A hint, a help or a why is there in every language or in none: never blank for one visitor alone. */
function checkSameKeys(danish: ServedTexts, other: ServedTexts): void {
  for (const namespace of namespaces) {
    const file = `${other.language}/${namespace}.json`;
    const wanted = keysOf(danish.texts[namespace]);
    const found = keysOf(other.texts[namespace]);
    const missing = wanted.find((key) => !found.includes(key));
    if (missing !== undefined) throw new ContentError(file, missing, 'expected words, as in Danish');
    const unknown = found.find((key) => !wanted.includes(key));
    if (unknown !== undefined) throw new ContentError(file, unknown, 'expected the same words in Danish');
  }
}

/** Words for every id of content, in every language. */
export function checkTexts(texts: ReadonlyMap<string, ServedTexts>, needed: readonly Key[]): void {
  const danish = texts.get('da');
  for (const language of languages) {
    const served = texts.get(language);
    if (served === undefined || danish === undefined)
      throw new ContentError(language, '', 'expected the texts of this language');
    for (const key of needed) {
      const [namespace, place = ''] = key.split(':');
      const tree = namespaces.find((name) => name === namespace);
      const words = tree === undefined ? null : textAt(served.texts[tree], place);
      if (words === null || words.trim() === '')
        throw new ContentError(
          `${language}/${namespace ?? ''}.json`,
          place,
          'expected words for this id of content',
        );
    }
    if (language !== 'da') checkSameKeys(danish, served);
  }
}
