import type { Answer, Thing } from '../contract/answer.ts';
import type { Question, VisitorContent } from '../contract/content.ts';
import type { Submission } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';
import { holds, type AnswerTo, type VisitFacts } from './rules.ts';
import { answerTo, findReportType } from './triage.ts';

export type SubmissionCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly questionId: string; readonly reason: SubmissionProblem };
export type SubmissionProblem =
  | 'unknown-type'
  /** A type that an officer hears, or that only informs: there is nothing to seal. */
  | 'not-a-report'
  | 'unknown-question'
  | 'wrong-kind'
  | 'unknown-code'
  | 'too-long'
  | 'too-many'
  | 'not-shown';

/** Whether a question is asked, given the answers before it. */
export function isShown(question: Question, answer: AnswerTo, visit: VisitFacts): boolean {
  return question.showIf === null || holds(question.showIf, answer, visit);
}

/**
 * The questions that are asked, in order. An answer to one that is not asked any more stays in a draft but decides
 * nothing: what hangs on it is not asked either.
 */
export function shownGiven(questions: readonly Question[], answer: AnswerTo, visit: VisitFacts): Question[] {
  const shown = new Map<string, Question>();
  for (const question of questions) {
    const given: AnswerTo = (id) => (shown.has(id) ? answer(id) : null);
    if (isShown(question, given, visit)) shown.set(question.id, question);
  }
  return [...shown.values()];
}

function checkThing(question: Extract<Question, { kind: 'things' }>, thing: Thing): SubmissionProblem | null {
  const kind = question.kinds.find((candidate) => candidate.code === thing.kind);
  if (kind === undefined) return 'unknown-code';
  for (const [id, text] of Object.entries(thing.fields)) {
    const field = kind.fields.find((candidate) => candidate.id === id);
    if (field === undefined) return 'unknown-code';
    if (text.length > field.longest) return 'too-long';
  }
  const beside = [...Object.keys(thing.currencies ?? {}), ...Object.keys(thing.e164 ?? {})];
  return beside.every((id) => Object.hasOwn(thing.fields, id)) ? null : 'unknown-code';
}

function checkChoice(
  question: Extract<Question, { kind: 'choice' }>,
  answer: Extract<Answer, { kind: 'choice' }>,
): SubmissionProblem | null {
  const known = answer.codes.every((code) => question.options.some((option) => option.code === code));
  if (!known || new Set(answer.codes).size !== answer.codes.length) return 'unknown-code';
  if (!question.takesSeveral && answer.codes.length > 1) return 'too-many';
  const isExclusive = question.options.some(
    (option) => option.isExclusive && answer.codes.includes(option.code),
  );
  if (isExclusive && answer.codes.length > 1) return 'too-many';
  return answer.note.length > question.noteLongest ? 'too-long' : null;
}

/** Whether one answer fits its question; nothing is required, so an answer that is not there always fits. */
export function checkAnswer(question: Question, answer: Answer): SubmissionProblem | null {
  if (answer.kind === 'skipped' || answer.kind === 'unknown') return null;
  if (answer.kind !== question.kind) return 'wrong-kind';
  switch (answer.kind) {
    case 'choice':
      return question.kind === 'choice' ? checkChoice(question, answer) : 'wrong-kind';
    case 'text':
      return question.kind === 'text' && answer.text.length > question.longest ? 'too-long' : null;
    case 'things':
      if (question.kind !== 'things') return 'wrong-kind';
      return (
        answer.things.map((thing) => checkThing(question, thing)).find((problem) => problem !== null) ?? null
      );
    case 'when':
    case 'place':
    case 'amount':
    case 'contact':
      return null;
    default:
      return assertNever(answer);
  }
}

/**
 * Holds a submission against content: every answer belongs to a question of the type and fits it.
 * The screen cannot make these mistakes; this is the border for whoever is not the screen.
 */
export function checkSubmission(content: VisitorContent, submission: Submission): SubmissionCheck {
  const type = findReportType(content, submission.reportType);
  if (type === null) {
    const isOther = content.otherTypes.some(({ id }) => id === submission.reportType);
    return { ok: false, questionId: '', reason: isOther ? 'not-a-report' : 'unknown-type' };
  }
  const shown = shownGiven(type.questions, (id) => answerTo(submission, id), submission);
  for (const { questionId, answer } of submission.answers) {
    const question = type.questions.find((candidate) => candidate.id === questionId);
    if (question === undefined) return { ok: false, questionId, reason: 'unknown-question' };
    if (!shown.includes(question)) return { ok: false, questionId, reason: 'not-shown' };
    const reason = checkAnswer(question, answer);
    if (reason !== null) return { ok: false, questionId, reason };
  }
  return { ok: true };
}
