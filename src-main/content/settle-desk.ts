import type { Rejection, RightsItem } from '../contract/desk-content.ts';
import type { RightsTopic, Source } from '../contract/rights.ts';
import { checkFact, type NamedFact } from './check-facts.ts';
import { standing, type Entry, type Kind } from './layers.ts';
import { rejectionKeys, rightsItemKeys, type Key } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import { isNamedIn } from './settled.ts';
import type { Words } from './words.ts';

export interface DeskParts {
  readonly read: {
    readonly rightsItems: Kind<RightsItem>;
    readonly rejections: Kind<Rejection>;
    readonly sources: Kind<Source>;
    readonly rightsTopics: Kind<RightsTopic>;
  };
  readonly words: Words;
  readonly problems: Problems;
}

export interface SettledDesk {
  readonly rightsItems: readonly Entry<RightsItem>[];
  readonly rejections: readonly Entry<Rejection>[];
}

function namedFact({ file, id, value }: Entry<RightsItem | Rejection>): NamedFact {
  const { sources, date, reviewBy } = value;
  return { file, place: id, fact: { source: sources.join(', '), date, reviewBy } };
}

export function factsOfDesk({ rightsItems, rejections }: SettledDesk): NamedFact[] {
  return [...rightsItems, ...rejections].map(namedFact);
}

/** What staff tell on behalf of the police needs a source that is described, a day for a second look, and words. */
function settle<T extends RightsItem | Rejection>(
  kind: Kind<T>,
  keysOf: (value: T) => Key[],
  { read, words, problems }: DeskParts,
): Entry<T>[] {
  const left = standing(kind, problems, (entry) => {
    checkFact(namedFact(entry), problems);
    for (const source of entry.value.sources)
      if (!isNamedIn(read.sources, source))
        problems.add(entry.file, `${entry.id}.sources`, `expected the id of a source, found "${source}"`);
    words.checkDanish(entry.layer, keysOf(entry.value));
  });
  for (const { layer, value } of left) words.need(layer, keysOf(value));
  return left;
}

export function settleDesk(parts: DeskParts): SettledDesk {
  const { read, problems } = parts;
  const rightsItems = settle(read.rightsItems, rightsItemKeys, parts).filter(({ file, id, value }) =>
    problems.areNone(() => {
      if (!isNamedIn(read.rightsTopics, value.topicId))
        problems.add(file, `${id}.topicId`, `expected a page of the rights, found "${value.topicId}"`);
    }),
  );
  return {
    rightsItems,
    rejections: settle(parts.read.rejections, rejectionKeys, parts),
  };
}
