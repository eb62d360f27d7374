import type { Gate, PhoneNumber, Question, ReportType, TextTree } from '../contract/content.ts';
import type { Rejection, RightsItem } from '../contract/desk-content.ts';
import type { RightsClaim, RightsTopic } from '../contract/rights.ts';
import { danishHolidays } from '../domain/holidays.ts';
import { counterService } from './check-hours.ts';
import type { Namespace } from './read-texts.ts';

/** `namespace:key` */
export type Key = `${Namespace}:${string}`;

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

export function typeKeys(type: ReportType): Key[] {
  const of = `content:type.${type.id}` as const;
  return [
    `${of}.title`,
    `${of}.help`,
    ...(type.route === 'info' ? [`${of}.body` as const] : []),
    ...type.flags.map((flag): Key => `content:flag.${flag}.label`),
    ...type.questions.flatMap(questionKeys),
  ];
}

export const doorKeys = (id: string): Key[] => [`content:door.${id}.title`, `content:door.${id}.help`];

export const menuKeys = (id: string): Key[] => [`content:menu.${id}.hint`];

export const newsKeys = (id: string): Key[] => [`content:news.${id}.title`, `content:news.${id}.text`];

export const serviceKeys = (id: string): Key[] => [`content:service.${id}.title`];

export const exceptionKeys = (id: string): Key[] => [`content:exception.${id}`];

export const noticeKeys = (id: string): Key[] => [`content:notice.${id}.title`, `content:notice.${id}.body`];

export const groupKeys = (id: string): Key[] => [`content:group.${id}.title`, `content:group.${id}.help`];

export const gateKeys = ({ id, answers }: Gate): Key[] => [
  `gates:${id}.title`,
  `gates:${id}.hint`,
  ...answers.map(({ code }): Key => `gates:${id}.${code}.label`),
];

export const phoneKeys = ({ id }: PhoneNumber): Key[] => [
  `rights:phone.${id}.label`,
  `rights:phone.${id}.help`,
];

export const topicKeys = ({ id }: RightsTopic): Key[] => [`rights:${id}.title`];

export const claimKeys = ({ id, form }: RightsTopic, claim: RightsClaim): Key[] => [
  `rights:${id}.claim.${claim.id}.text`,
  ...(form === 'steps' ? [`rights:${id}.claim.${claim.id}.title` as const] : []),
];

export const rightsItemKeys = ({ id }: RightsItem): Key[] => [`rights:given.${id}`];

export const rejectionKeys = ({ id }: Rejection): Key[] => [
  `rights:rejection.${id}.label`,
  `rights:rejection.${id}.text`,
];

/** Words around a statement: a limit that was counted, a day for a second look that has passed. */
const factWords = ['hours', 'months', 'counted', 'clock', 'overdue', 'hidden'] as const;

/** Words that the hours screen, the rights and the desk need whatever else content holds. */
export const alwaysKeys: readonly Key[] = [
  ...serviceKeys(counterService),
  'rights:rejection.closing',
  'rights:paper.rejection',
  ...factWords.map((word): Key => `rights:fact.${word}`),
  ...danishHolidays(2026).map((holiday): Key => `content:holiday.${holiday.id}`),
  ...flagsOfReports.map((flag): Key => `content:flag.${flag}.label`),
];

/** All dotted keys of a tree. */
export function keysOf(tree: TextTree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key}`] : keysOf(value, `${before}${key}.`),
  );
}
