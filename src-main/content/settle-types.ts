import type { Gate, ReportType, TypeGroup } from '../contract/content.ts';
import type { TimedDoor } from '../contract/menu.ts';
import type { RightsTopic } from '../contract/rights.ts';
import { checkFact, factOf } from './check-facts.ts';
import { checkReportType, checkSharedIds, shapeOf } from './check-structure.ts';
import { standing, type Entry, type Kind } from './layers.ts';
import { groupKeys, noticeKeys, typeKeys } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import type { ReadTypes } from './read-types.ts';
import { isNamedIn, refsTo, type Settled } from './settled.ts';
import type { Words } from './words.ts';

export interface TypeParts {
  readonly read: ReadTypes & { readonly timedDoors: Kind<TimedDoor> };
  readonly gates: readonly Gate[] | null;
  readonly phoneNumbers: Settled<unknown>;
  readonly rightsTopics: Settled<RightsTopic>;
  readonly words: Words;
  readonly problems: Problems;
}

/** Types that a door of the home screen leads to, at whatever time. */
function typesBehindDoors({ doors, timedDoors }: TypeParts['read']): ReadonlySet<string> {
  return new Set([
    ...doors.entries.flatMap(({ value }) =>
      'typeId' in value ? [value.typeId] : value.door === 'types' ? value.typeIds : [],
    ),
    ...timedDoors.entries.map(({ value }) => value.typeId),
  ]);
}

/** Types that can be asked. Of two with the same questions the one that ships is right. */
function askable({ read, gates, words, problems }: TypeParts): Entry<ReportType>[] {
  const shapes = new Map<string, string>();
  const behindDoors = typesBehindDoors(read);
  const known = {
    isGroup: (id: string): boolean => isNamedIn(read.groups, id),
    isBehindDoor: (id: string): boolean => behindDoors.has(id),
    gates:
      gates === null ? null : new Map(gates.map(({ id, answers }) => [id, answers.map(({ code }) => code)])),
  };
  const check = (entry: Entry<ReportType>): void => {
    checkFact(factOf(entry), problems);
    checkReportType(entry, known, problems);
    checkSharedIds(entry, shapes, problems);
    words.checkDanish(entry.layer, typeKeys(entry.value));
  };
  const isLaidOver = (id: string): boolean =>
    read.types.entries.some((entry) => entry.id === id && !entry.layer.isShipped);
  const settle = (isWanted: (id: string) => boolean): Entry<ReportType>[] => {
    const kind = { ...read.types, entries: read.types.entries.filter(({ id }) => isWanted(id)) };
    return standing(kind, problems, (entry) => {
      if (problems.areNone(() => check(entry)))
        for (const question of entry.value.questions) shapes.set(question.id, shapeOf(question));
    });
  };
  return [...settle((id) => !isLaidOver(id)), ...settle(isLaidOver)];
}

/** A type without what it names and what is not there; only its own mistakes are named. */
function withoutLost(entry: Entry<ReportType>, parts: TypeParts): Entry<ReportType> {
  const { value, file, layer } = entry;
  const { words, problems } = parts;
  const refuse = (list: string) => (id: string) =>
    problems.add(file, list, `expected a known id, found "${id}"`);
  const { notice } = value;
  const hasNotice = notice !== null && problems.areNone(() => words.checkDanish(layer, noticeKeys(notice)));
  const isOfferable = (id: string): boolean =>
    problems.areNone(() => {
      const topic = parts.rightsTopics.entries.find((each) => each.id === id);
      if (topic?.value.neverAfter?.types.includes(value.id) === true)
        problems.add(file, 'rightsTopics', `expected no topic that is never offered here, found "${id}"`);
    });
  return {
    ...entry,
    value: {
      ...value,
      notice: hasNotice ? notice : null,
      phoneNumbers: refsTo(parts.phoneNumbers, value.phoneNumbers, refuse('phoneNumbers')),
      rightsTopics: refsTo(parts.rightsTopics, value.rightsTopics, refuse('rightsTopics')).filter(
        isOfferable,
      ),
    },
  };
}

/** The groups that lead somewhere. One is named only when no type was ever written for it. */
function settleGroups(
  types: readonly Entry<ReportType>[],
  { read, words, problems }: TypeParts,
): TypeGroup[] {
  const kept = standing(read.groups, problems, ({ id, layer, file }) => {
    words.checkDanish(layer, groupKeys(id));
    if (read.types.isWhole && !read.types.entries.some(({ value }) => value.group === id))
      problems.add(file, `groups.${id}`, 'expected at least one type in this group');
  });
  for (const { id, layer } of kept) words.need(layer, groupKeys(id));
  return kept
    .map(({ id, value }) => ({
      ...value,
      types: types.filter((type) => type.value.group === id).map((type) => type.id),
    }))
    .filter((group) => group.types.length > 0);
}

export interface SettledTypes {
  readonly types: readonly Entry<ReportType>[];
  readonly groups: readonly TypeGroup[];
}

/** Types in the order of the menu, and the groups that lead to them. */
export function settleTypes(parts: TypeParts): SettledTypes {
  const { read, words } = parts;
  const left = askable(parts);
  const rank = ({ id }: Entry<ReportType>): number =>
    read.menuOrder.includes(id) ? read.menuOrder.indexOf(id) : read.menuOrder.length;
  const types = left
    .toSorted((one, other) => rank(one) - rank(other))
    .map((entry) => withoutLost(entry, parts));
  for (const { layer, value } of types)
    words.need(layer, [...typeKeys(value), ...(value.notice === null ? [] : noticeKeys(value.notice))]);
  return { types, groups: settleGroups(types, parts) };
}
