import type { Answer } from '../contract/answer.ts';
import type { Question, ReportType } from '../contract/content.ts';
import { shownQuestions, type Answers } from './draft.ts';
import { routeOf, type VisitRoute } from './visit-route.ts';

/** One way through a type of report, from its first question to its route. */
export interface Branch {
  /** Ids of the questions met, in order. */
  readonly questions: readonly string[];
  /** Answers that lead this way; a question that decides nothing is left out, `[]` is a skipped one. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly route: VisitRoute;
}

type Choice = Extract<Question, { kind: 'choice' }>;

/** Up to so many codes all their combinations are walked; beyond, each alone and all together. */
const mostCombined = 5;

/** Every string in a condition: ids and codes, however the condition is built. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner: unknown) => stringsIn(inner));
}

function combinations(codes: readonly string[]): string[][] {
  if (codes.length > mostCombined) return [...codes.map((code) => [code]), [...codes]];
  return codes
    .reduce<string[][]>((sets, code) => [...sets, ...sets.map((set) => [...set, code])], [[]])
    .slice(1);
}

/** Answers that can lead different ways; one other stands for all that decide nothing. Empty: none does. */
function waysToAnswer(question: Choice, later: readonly Question[]): string[][] {
  const named = new Set(later.flatMap(({ showIf }) => stringsIn(showIf)));
  const isAskedAbout = named.has(question.id);
  const decides = ({ code, leadsTo }: Choice['options'][number]): boolean =>
    leadsTo !== undefined || (isAskedAbout && named.has(code));
  const alone = question.options.filter(decides);
  if (alone.length === 0) return [];
  const other = question.options.find((option) => !decides(option));
  const together = alone.filter((option) => !option.isExclusive).map(({ code }) => code);
  const apart = alone.filter((option) => option.isExclusive).map(({ code }) => [code]);
  const several = question.takesSeveral
    ? [...combinations(together), ...apart]
    : alone.map(({ code }) => [code]);
  return [...several, ...(other === undefined ? [] : [[other.code]]), []];
}

interface Step {
  readonly at: number;
  readonly questions: readonly string[];
  readonly answers: Answers;
}

function follow(type: ReportType, { at, questions, answers }: Step): Branch[] {
  const question = type.questions[at];
  const route = routeOf(type, answers, false);
  // A person, or the list of types: the kiosk asks nothing more there.
  const isOver = question === undefined || route === 'officer' || route === 'types';
  if (isOver) return [{ questions, answers: codesOf(answers), route }];
  const next = { at: at + 1, answers };
  if (!shownQuestions(type, answers).includes(question)) return follow(type, { ...next, questions });
  const met = [...questions, question.id];
  const ways = question.kind === 'choice' ? waysToAnswer(question, type.questions.slice(next.at)) : [];
  if (ways.length === 0) return follow(type, { ...next, questions: met });
  return ways.flatMap((codes) => {
    const answer: Answer = codes.length === 0 ? { kind: 'skipped' } : { kind: 'choice', codes, note: '' };
    return follow(type, { ...next, questions: met, answers: { ...answers, [question.id]: answer } });
  });
}

function codesOf(answers: Answers): Branch['answers'] {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, answer.kind === 'choice' ? answer.codes : []]),
  );
}

/**
 * Every branch of a type, each list of questions once, with the first answers that lead there.
 * Asks the rules that the kiosk asks (`shownQuestions`, `routeOf`), so that both go the same way. Of an adult: who is
 * under 18 meets an officer instead, but for the types that say otherwise.
 */
export function walkReportType(type: ReportType): Branch[] {
  const branches = new Map<string, Branch>();
  for (const branch of follow(type, { at: 0, questions: [], answers: {} })) {
    const key = JSON.stringify([branch.questions, branch.route]);
    if (!branches.has(key)) branches.set(key, branch);
  }
  return [...branches.values()];
}
