import type { Answer } from '../contract/answer.ts';
import type { Question, ReportType, Route } from '../contract/content.ts';
import { isShown } from './check-submission.ts';

/** One way through a type of report, from its first question to its route. */
export interface Branch {
  /** Ids of the questions met, in order. */
  readonly questions: readonly string[];
  /** Answers that lead this way; a question that decides nothing is left out, `[]` is a skipped one. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly route: Route;
}

type Choice = Extract<Question, { kind: 'choice' }>;
type Given = ReadonlyMap<string, readonly string[]>;

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
  const decides = ({ code }: Choice['options'][number]): boolean => isAskedAbout && named.has(code);
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

function answerOf(codes: readonly string[] | undefined): Answer | null {
  return codes === undefined || codes.length === 0 ? null : { kind: 'choice', codes: [...codes], note: '' };
}

interface Step {
  readonly at: number;
  readonly questions: readonly string[];
  readonly given: Given;
  readonly route: Route;
}

function follow(type: ReportType, { at, questions, given, route }: Step): Branch[] {
  const question = type.questions[at];
  if (question === undefined) return [{ questions, answers: Object.fromEntries(given), route }];
  const next = { at: at + 1, given, route };
  if (!isShown(question, (id) => answerOf(given.get(id)))) return follow(type, { ...next, questions });
  const met = [...questions, question.id];
  if (question.kind !== 'choice') return follow(type, { ...next, questions: met });
  const ways = waysToAnswer(question, type.questions.slice(next.at));
  if (ways.length === 0) return follow(type, { ...next, questions: met });
  return ways.flatMap((codes) =>
    follow(type, { ...next, questions: met, given: new Map([...given, [question.id, codes]]) }),
  );
}

/**
 * Every branch of a type, each list of questions once, with the first answers that lead there.
 * Asks the rule that the kiosk asks (`isShown`), so that both go the same way.
 */
export function walkReportType(type: ReportType): Branch[] {
  const branches = new Map<string, Branch>();
  for (const branch of follow(type, { at: 0, questions: [], given: new Map(), route: type.route })) {
    const key = JSON.stringify([branch.questions, branch.route]);
    if (!branches.has(key)) branches.set(key, branch);
  }
  return [...branches.values()];
}
