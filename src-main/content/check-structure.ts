import type { Gate, Question, ReportType } from '../contract/content.ts';
import { ContentError } from './content-error.ts';

function refuseTwice(file: string, place: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new ContentError(file, place, `expected "${twice}" only once`);
}

function checkOptions(file: string, question: Question): void {
  if (question.kind === 'choice') {
    refuseTwice(
      file,
      question.id,
      question.options.map((option) => option.code),
    );
    if (!question.takesSeveral && question.options.some((option) => option.isExclusive))
      throw new ContentError(file, question.id, 'expected isExclusive only where several may be chosen');
  }
  if (question.kind === 'things') {
    refuseTwice(
      file,
      question.id,
      question.kinds.map((kind) => kind.code),
    );
    for (const kind of question.kinds)
      refuseTwice(
        file,
        `${question.id}.${kind.code}`,
        kind.fields.map((field) => field.id),
      );
  }
}

/** A condition looks back, at a choice that has those codes; the visitor meets questions in this order. */
function checkCondition(file: string, question: Question, earlier: readonly Question[]): void {
  if (question.showIf === null) return;
  const { questionId, anyOf } = question.showIf;
  const asked = earlier.find((candidate) => candidate.id === questionId);
  if (asked?.kind !== 'choice')
    throw new ContentError(
      file,
      `${question.id}.showIf`,
      `expected an earlier choice, found "${questionId}"`,
    );
  const unknown = anyOf.find((code) => !asked.options.some((option) => option.code === code));
  if (unknown !== undefined)
    throw new ContentError(
      file,
      `${question.id}.showIf`,
      `expected a code of "${questionId}", found "${unknown}"`,
    );
}

/** Ids once each, conditions that can come true, and numbers and topics that exist. */
export function checkReportType(
  file: string,
  type: ReportType,
  known: { readonly phoneNumbers: readonly string[]; readonly rightsTopics: readonly string[] },
): void {
  if (file !== `dk/report-types/${type.id}.json`)
    throw new ContentError(file, 'id', `expected the id to be the name of the file, found "${type.id}"`);
  refuseTwice(
    file,
    'questions',
    type.questions.map((question) => question.id),
  );
  for (const [index, question] of type.questions.entries()) {
    checkOptions(file, question);
    checkCondition(file, question, type.questions.slice(0, index));
  }
  for (const list of ['phoneNumbers', 'rightsTopics'] as const) {
    const unknown = type[list].find((id) => !known[list].includes(id));
    if (unknown !== undefined) throw new ContentError(file, list, `expected a known id, found "${unknown}"`);
  }
}

/** The same id has the same words in every type, so it must be the same question. */
export function checkSharedIds(types: readonly { readonly file: string; readonly type: ReportType }[]): void {
  const seen = new Map<string, string>();
  for (const { file, type } of types) {
    for (const question of type.questions) {
      const shape = JSON.stringify(question);
      if ((seen.get(question.id) ?? shape) !== shape)
        throw new ContentError(
          file,
          question.id,
          'expected the same question as in another type, or another id',
        );
      seen.set(question.id, shape);
    }
  }
}

/** One touch on "none of these" passes each gate but the last, which sorts by place. */
export function checkGates(file: string, gates: readonly Gate[]): void {
  refuseTwice(
    file,
    'gates',
    gates.map((gate) => gate.id),
  );
  for (const [index, gate] of gates.entries()) {
    refuseTwice(
      file,
      gate.id,
      gate.answers.map((answer) => answer.code),
    );
    const ways = gate.answers.filter((answer) => answer.leadsTo === 'next');
    const isLast = index === gates.length - 1;
    if (isLast && ways.length > 0)
      throw new ContentError(file, gate.id, 'expected the last gate to lead somewhere, not to "next"');
    if (!isLast && (ways.length !== 1 || ways[0]?.isNoneOfThese !== true))
      throw new ContentError(file, gate.id, 'expected one answer "none of these" that leads to "next"');
  }
}

/** Whether the files name an id twice. */
export function checkIds(file: string, place: string, named: readonly { readonly id: string }[]): void {
  refuseTwice(
    file,
    place,
    named.map(({ id }) => id),
  );
}
