import type { Answer, AnsweredQuestion } from '../contract/answer.ts';
import type { Question, ReportType } from '../contract/content.ts';
import { checkAnswer, shownGiven } from './check-submission.ts';

export type Answers = Readonly<Record<string, Answer>>;

/** The questions a visitor meets, given the answers so far. */
export function shownQuestions(type: ReportType, answers: Answers): readonly Question[] {
  return shownGiven(type.questions, (id) => answers[id] ?? null);
}

export function findQuestion(type: ReportType, questionId: string): Question | null {
  return type.questions.find((question) => question.id === questionId) ?? null;
}

/** The question behind this one, or null when the answers are to be checked. */
export function questionAfter(type: ReportType, answers: Answers, questionId: string): Question | null {
  const shown = shownQuestions(type, answers);
  return shown[shown.findIndex((question) => question.id === questionId) + 1] ?? null;
}

/** The first shown question nobody has met yet, or null when all have an answer, even a skipped one. */
export function firstUnanswered(type: ReportType, answers: Answers): Question | null {
  return shownQuestions(type, answers).find((question) => answers[question.id] === undefined) ?? null;
}

/** Where a question stands: 1-based. */
export function stepOf(
  type: ReportType,
  answers: Answers,
  questionId: string,
): { position: number; total: number } {
  const shown = shownQuestions(type, answers);
  return { position: shown.findIndex((question) => question.id === questionId) + 1, total: shown.length };
}

/**
 * The answers that go into the report. One that belongs to a question no longer asked, or that a change of type
 * has left without a fitting question, stays in the draft and is not sent.
 */
export function answersToSend(type: ReportType, answers: Answers): AnsweredQuestion[] {
  const fitting = Object.fromEntries(
    type.questions.flatMap((question) => {
      const answer = answers[question.id];
      return answer === undefined || checkAnswer(question, answer) !== null ? [] : [[question.id, answer]];
    }),
  );
  return shownQuestions(type, fitting).flatMap(({ id }) => {
    const answer = fitting[id];
    return answer === undefined ? [] : [{ questionId: id, answer }];
  });
}
