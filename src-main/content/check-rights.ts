import type { RightsTopic } from '../contract/rights.ts';
import { textAt } from '../domain/text-tree.ts';
import type { NamedFact } from './check-facts.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';

const file = 'dk/rights.json';

/** Each statement of the rights, and each source, is to be looked at again by its own day. */
export function factsOfRights({ rightsTopics, sources }: RawContent): NamedFact[] {
  return [
    ...(rightsTopics ?? []).flatMap((topic) =>
      topic.claims.map(({ id, sources: from, date, reviewBy }) => ({
        file,
        place: `${topic.id}.${id}`,
        fact: { source: from.join(', '), date, reviewBy },
      })),
    ),
    ...(sources ?? []).map(({ id, title, address, date, reviewBy }) => ({
      file: 'dk/sources.json',
      place: id,
      fact: { source: address ?? title, date, reviewBy },
    })),
  ];
}

function checkSources({ rightsTopics, sources }: RawContent, problems: Problems): void {
  if (sources === null) return;
  const known = sources.map(({ id }) => id);
  for (const { id: topicId, claims } of rightsTopics ?? [])
    for (const { id, sources: from } of claims)
      for (const source of from)
        if (!known.includes(source))
          problems.add(file, `${topicId}.${id}.sources`, `expected the id of a source, found "${source}"`);
}

/** What must not be offered after something is not offered by it either. */
function checkNeverAfter(topic: RightsTopic, raw: RawContent, problems: Problems): void {
  const { id, neverAfter } = topic;
  if (neverAfter === undefined) return;
  const place = `${id}.neverAfter`;
  for (const typeId of neverAfter.types) {
    const found = raw.types.find(({ type }) => type.id === typeId);
    if (found === undefined && raw.areAllTypesRead)
      problems.add(file, place, `expected the id of a type, found "${typeId}"`);
    if (found?.type.rightsTopics.includes(id) === true)
      problems.add(found.file, 'rightsTopics', `expected no topic that is never offered here, found "${id}"`);
  }
  for (const { gateId, codes } of neverAfter.gateAnswers) {
    const answers = raw.gates?.find((gate) => gate.id === gateId)?.answers ?? [];
    const unknown = codes.filter((code) => !answers.some((answer) => answer.code === code));
    if (raw.gates === null) continue;
    for (const code of unknown)
      problems.add(file, place, `expected an answer of the gate "${gateId}", found "${code}"`);
  }
}

/** The words around a limit say the number that is counted with. */
function checkDeadlineWords(topic: RightsTopic, raw: RawContent, problems: Problems): void {
  for (const { id, deadlineHours } of topic.claims) {
    if (deadlineHours === undefined) continue;
    const place = `${topic.id}.claim.${id}.text`;
    for (const [language, { rights }] of raw.texts) {
      const words = rights === null ? null : textAt(rights, place);
      if (words !== null && !words.includes(String(deadlineHours)))
        problems.add(`${language}/rights.json`, place, `expected the number ${deadlineHours} in these words`);
    }
  }
}

/** Sources that exist, ids once each, and topics that keep away from where they could harm. */
export function checkRights(raw: RawContent, problems: Problems): void {
  checkSources(raw, problems);
  for (const topic of raw.rightsTopics ?? []) {
    const ids = topic.claims.map(({ id }) => id);
    for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at)))
      problems.add(file, topic.id, `expected "${id}" only once`);
    if (topic.claims.filter(({ deadlineHours }) => deadlineHours !== undefined).length > 1)
      problems.add(file, topic.id, 'expected at most one limit to count');
    checkNeverAfter(topic, raw, problems);
    checkDeadlineWords(topic, raw, problems);
  }
}
