import type { Gate } from '../contract/content.ts';
import type { RightsClaim, RightsTopic, Source } from '../contract/rights.ts';
import { languages } from '../contract/ids.ts';
import { checkFact, type NamedFact } from './check-facts.ts';
import { standing, type Entry, type Kind } from './layers.ts';
import { claimKeys, topicKeys } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import { isNamedIn, refsTo, type Settled } from './settled.ts';
import type { Words } from './words.ts';

export interface RightsParts {
  readonly read: { readonly rightsTopics: Kind<RightsTopic>; readonly sources: Kind<Source> };
  readonly typeIds: ReadonlySet<string>;
  readonly gates: readonly Gate[] | null;
  readonly phoneNumbers: Settled<unknown>;
  readonly words: Words;
  readonly problems: Problems;
}

export interface SettledRights {
  readonly rightsTopics: readonly Entry<RightsTopic>[];
  readonly sources: readonly Entry<Source>[];
}

function factOfSource({ file, id, value }: Entry<Source>): NamedFact {
  const { title, address, date, reviewBy } = value;
  return { file, place: id, fact: { source: address ?? title, date, reviewBy } };
}

function factOfClaim({ file, id }: Entry<RightsTopic>, claim: RightsClaim): NamedFact {
  const { sources, date, reviewBy } = claim;
  return { file, place: `${id}.${claim.id}`, fact: { source: sources.join(', '), date, reviewBy } };
}

/** Each statement of the rights, and each source, is to be looked at again by its own day. */
export function factsOfRights({ rightsTopics, sources }: SettledRights): NamedFact[] {
  return [
    ...rightsTopics.flatMap((topic) => topic.value.claims.map((claim) => factOfClaim(topic, claim))),
    ...sources.map(factOfSource),
  ];
}

/** The words around a limit say the number that is counted with, in every language. */
function checkDeadlineWords(
  topic: Entry<RightsTopic>,
  claim: RightsClaim,
  { words, problems }: RightsParts,
): void {
  if (claim.deadlineHours === undefined) return;
  const place = `${topic.id}.claim.${claim.id}.text`;
  for (const language of languages) {
    const text = words.own(language, 'rights', place);
    if (text !== '' && !text.includes(String(claim.deadlineHours)))
      problems.add(
        words.fileOf(topic.layer, language, 'rights'),
        place,
        `expected the number ${claim.deadlineHours} in these words`,
      );
  }
}

/** A statement has a source that is described, a day for a second look, and words. */
function checkClaim(topic: Entry<RightsTopic>, claim: RightsClaim, parts: RightsParts): void {
  const { read, words, problems } = parts;
  checkFact(factOfClaim(topic, claim), problems);
  for (const source of claim.sources)
    if (!isNamedIn(read.sources, source))
      problems.add(
        topic.file,
        `${topic.id}.${claim.id}.sources`,
        `expected the id of a source, found "${source}"`,
      );
  words.checkDanish(topic.layer, claimKeys(topic.value, claim));
  checkDeadlineWords(topic, claim, parts);
}

/** What must not be offered after something names that something rightly, or is not offered at all. */
function checkNeverAfter(
  { file, id, value }: Entry<RightsTopic>,
  { typeIds, gates, problems }: RightsParts,
): void {
  const place = `${id}.neverAfter`;
  for (const typeId of value.neverAfter?.types ?? [])
    if (!typeIds.has(typeId)) problems.add(file, place, `expected the id of a type, found "${typeId}"`);
  for (const { gateId, codes } of value.neverAfter?.gateAnswers ?? []) {
    const answers = gates?.find((gate) => gate.id === gateId)?.answers ?? [];
    for (const code of codes)
      if (gates !== null && !answers.some((answer) => answer.code === code))
        problems.add(file, place, `expected an answer of the gate "${gateId}", found "${code}"`);
  }
}

function checkTopic(entry: Entry<RightsTopic>, parts: RightsParts): void {
  const { file, id, value, layer } = entry;
  const ids = value.claims.map((claim) => claim.id);
  for (const twice of new Set(ids.filter((one, at) => ids.indexOf(one) !== at)))
    parts.problems.add(file, id, `expected "${twice}" only once`);
  if (value.claims.filter(({ deadlineHours }) => deadlineHours !== undefined).length > 1)
    parts.problems.add(file, id, 'expected at most one limit to count');
  checkNeverAfter(entry, parts);
  parts.words.checkDanish(layer, topicKeys(value));
}

/** Topics without the statements that are wrong; one of which none is left is left out. */
export function settleRights(parts: RightsParts): SettledRights {
  const { read, words, problems } = parts;
  const sources = standing(read.sources, problems, (entry) => checkFact(factOfSource(entry), problems));
  const isLeft = (source: string): boolean => sources.some(({ id }) => id === source);
  const topics = standing(read.rightsTopics, problems, (entry) => checkTopic(entry, parts));
  const rightsTopics = topics
    .map((entry) => {
      const { id, file, value } = entry;
      const claims = value.claims
        .filter((claim) => problems.areNone(() => checkClaim(entry, claim, parts)))
        .map((claim) => ({ ...claim, sources: claim.sources.filter((source) => isLeft(source)) }))
        .filter((claim) => claim.sources.length > 0);
      const phoneNumbers = refsTo(parts.phoneNumbers, value.phoneNumbers, (number) =>
        problems.add(file, id, `expected a known number, found "${number}"`),
      );
      return { ...entry, value: { ...value, claims, phoneNumbers } };
    })
    .filter(({ value }) => value.claims.length > 0);
  for (const { layer, value } of rightsTopics)
    words.need(layer, [...topicKeys(value), ...value.claims.flatMap((claim) => claimKeys(value, claim))]);
  return { rightsTopics, sources };
}
