import type { Answer, AnsweredQuestion } from '../contract/answer.ts';
import type { Question, ReportType } from '../contract/content.ts';
import { checkAnswer, shownGiven } from './check-submission.ts';
import type { VisitFacts } from './rules.ts';

export type Answers = Readonly<Record<string, Answer>>;

/** The questions a visitor meets, given the answers so far. */
export function shownQuestions(type: ReportType, answers: Answers, visit: VisitFacts): readonly Question[] {
  return shownGiven(type.questions, (id) => answers[id] ?? null, visit);
}

export function findQuestion(type: ReportType, questionId: string): Question | null {
  return type.questions.find((question) => question.id === questionId) ?? null;
}

/** The question behind this one, or null when the answers are to be checked. */
export function questionAfter(
  type: ReportType,
  answers: Answers,
  visit: VisitFacts,
  questionId: string,
): Question | null {
  // Another language in between may have taken the question itself away: its place in the type stays.
  const behind = type.questions.slice(type.questions.findIndex(({ id }) => id === questionId) + 1);
  return shownQuestions(type, answers, visit).find((question) => behind.includes(question)) ?? null;
}

/** The first shown question nobody has met yet, or null when all have an answer, even a skipped one. */
export function firstUnanswered(type: ReportType, answers: Answers, visit: VisitFacts): Question | null {
  return shownQuestions(type, answers, visit).find((question) => answers[question.id] === undefined) ?? null;
}

/** Where a question stands: 1-based. */
export function stepOf(
  type: ReportType,
  answers: Answers,
  visit: VisitFacts,
  questionId: string,
): { position: number; total: number } {
  const shown = shownQuestions(type, answers, visit);
  return { position: shown.findIndex((question) => question.id === questionId) + 1, total: shown.length };
}

/**
 * The answers that go into the report. One that belongs to a question no longer asked, or that a change of type
 * has left without a fitting question, stays in the draft and is not sent.
 */
export function answersToSend(type: ReportType, answers: Answers, visit: VisitFacts): AnsweredQuestion[] {
  const fitting = Object.fromEntries(
    type.questions.flatMap((question) => {
      const answer = answers[question.id];
      return answer === undefined || checkAnswer(question, answer) !== null ? [] : [[question.id, answer]];
    }),
  );
  return shownQuestions(type, fitting, visit).flatMap(({ id }) => {
    const answer = fitting[id];
    return answer === undefined ? [] : [{ questionId: id, answer }];
  });
}

/** Whether one of the answers wishes for an interpreter. */
export function asksForInterpreter(type: ReportType, answers: Answers): boolean {
  return type.questions.some((question) => {
    const answer = answers[question.id];
    if (question.kind !== 'choice' || answer?.kind !== 'choice') return false;
    return question.options.some(({ code, flag }) => flag === 'interpreter' && answer.codes.includes(code));
  });
}
