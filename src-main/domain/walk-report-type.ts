import type { Answer } from '../contract/answer.ts';
import type { Question, ReportType } from '../contract/content.ts';
import { shownQuestions, type Answers } from './draft.ts';
import { namesIn, type RuleNames, type VisitFacts } from './rules.ts';
import { routeOf, waysChosen, type VisitRoute } from './visit-route.ts';

/** One way through a type of report, from its first question to its route. */
export interface Branch {
  /** Ids of the questions met, in order. */
  readonly questions: readonly string[];
  /**
   * Answers that lead this way: codes of a choice, `answered` for any other answer, `[]` for a skipped question. One that
   * decides nothing is left out.
   */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** What rules ask about the visit itself, where they do: `visit.isUnder18`, `visit.language`, `gate.<id>`. */
  readonly visit?: Readonly<Record<string, string | boolean | null>>;
  readonly route: VisitRoute;
}

export interface Walk {
  readonly branches: readonly Branch[];
  /** False where a type has more combinations of answers than anybody would wait for; the branches are some of them then. */
  readonly isComplete: boolean;
}

type Choice = Extract<Question, { kind: 'choice' }>;

/** Up to so many codes all their combinations are walked; beyond, each alone and all together. */
const mostCombined = 8;
const mostSteps = 5000;

/** Stands for every language that no rule names. */
const anotherLanguage = 'another';

function combinations(codes: readonly string[]): string[][] {
  return codes
    .reduce<string[][]>((sets, code) => [...sets, ...sets.map((set) => [...set, code])], [[]])
    .slice(1);
}

const chosen = (codes: readonly string[]): Answer => ({ kind: 'choice', codes: [...codes], note: '' });
const skipped: Answer = { kind: 'skipped' };
/** Of an answer that is no choice a rule knows only that it is there. */
const answered: Answer = { kind: 'text', text: '' };

/** The visits that rules can tell apart; an adult first. */
function visitsToWalk({ facts, asksAge }: RuleNames): VisitFacts[] {
  const languages = [anotherLanguage, ...(facts.get('visit.language') ?? [])];
  const gates = [...facts].filter(([name]) => name !== 'visit.language');
  const passed = gates.reduce<Record<string, string>[]>(
    (visits, [name, codes]) => {
      const gate = name.slice('gate.'.length);
      return visits.flatMap((visit) => [visit, ...[...codes].map((code) => ({ ...visit, [gate]: code }))]);
    },
    [{}],
  );
  return (asksAge ? [false, true] : [false]).flatMap((isUnder18) =>
    languages.flatMap((language) => passed.map((gateAnswers) => ({ language, isUnder18, gateAnswers }))),
  );
}

/** What of a visit some rule asked for. */
function namedOf(visit: VisitFacts, { facts, asksAge }: RuleNames): NonNullable<Branch['visit']> {
  const named = [...facts.keys()].map((name): [string, string | null] => {
    if (name !== 'visit.language') return [name, visit.gateAnswers[name.slice('gate.'.length)] ?? null];
    return [name, visit.language === anotherLanguage ? null : visit.language];
  });
  return { ...(asksAge ? { 'visit.isUnder18': visit.isUnder18 } : {}), ...Object.fromEntries(named) };
}

interface Step {
  readonly at: number;
  readonly questions: readonly string[];
  readonly answers: Answers;
}

/** Follows every answer that can make a difference, and meets no two states twice that go on alike. */
class Walker {
  readonly #type: ReportType;
  readonly #names: RuleNames;
  /** What the rules of the questions from here on name. */
  readonly #namesFrom: readonly RuleNames[];
  readonly #met = new Set<string>();
  readonly #branches = new Map<string, Branch>();
  #isComplete = true;

  constructor(type: ReportType) {
    this.#type = type;
    const rules = type.questions.map(({ showIf }) => showIf);
    this.#names = namesIn(rules);
    this.#namesFrom = type.questions.map((_, at) => namesIn(rules.slice(at)));
  }

  walk(): Walk {
    for (const visit of visitsToWalk(this.#names)) this.#follow({ at: 0, questions: [], answers: {} }, visit);
    return { branches: [...this.#branches.values()], isComplete: this.#isComplete };
  }

  #follow(step: Step, visit: VisitFacts): void {
    const { at, questions, answers } = step;
    if (!this.#isNew(step, visit)) return;
    const question = this.#type.questions[at];
    const route = routeOf(this.#type, answers, visit);
    // A person, or the list of types: the kiosk asks nothing more there.
    if (question === undefined || route === 'officer' || route === 'types') {
      this.#end(step, visit, route);
      return;
    }
    if (!shownQuestions(this.#type, answers, visit).includes(question)) {
      this.#follow({ at: at + 1, questions, answers }, visit);
      return;
    }
    const met = [...questions, question.id];
    for (const answer of this.#waysToAnswer(question, at)) {
      const next = answer === null ? answers : { ...answers, [question.id]: answer };
      this.#follow({ at: at + 1, questions: met, answers: next }, visit);
    }
  }

  /** Two states that differ only in what no later rule asks for end in the same branches. */
  #isNew({ at, questions, answers }: Step, visit: VisitFacts): boolean {
    const named = this.#namesFrom[at]?.questions ?? new Map<string, ReadonlySet<string>>();
    const asked = Object.entries(answers).flatMap(([id, answer]) => {
      const codes = named.get(id);
      if (codes === undefined) return [];
      return [[id, answer.kind === 'choice' ? answer.codes.filter((code) => codes.has(code)) : answer.kind]];
    });
    const key = JSON.stringify([at, questions, asked, [...waysChosen(this.#type, answers, visit)], visit]);
    if (this.#met.has(key)) return false;
    if (this.#met.size >= mostSteps) {
      this.#isComplete = false;
      return false;
    }
    this.#met.add(key);
    return true;
  }

  /** Answers that can lead different ways; null where none does. */
  #waysToAnswer(question: Question, at: number): (Answer | null)[] {
    const codes = this.#namesFrom[at + 1]?.questions.get(question.id);
    if (question.kind === 'choice') return this.#waysToChoose(question, codes);
    return codes === undefined ? [null] : [answered, skipped];
  }

  /** One other code stands for all that decide nothing. */
  #waysToChoose(question: Choice, named: ReadonlySet<string> | undefined): (Answer | null)[] {
    const decides = ({ code, leadsTo }: Choice['options'][number]): boolean =>
      leadsTo !== undefined || named?.has(code) === true;
    const deciding = question.options.filter(decides);
    if (deciding.length === 0 && named === undefined) return [null];
    const other = question.options.find((option) => !decides(option));
    const alone = deciding.map(({ code }) => [code]);
    const apart = deciding.filter(({ isExclusive }) => isExclusive).map(({ code }) => [code]);
    const together = deciding.filter(({ isExclusive }) => !isExclusive).map(({ code }) => code);
    const several = question.takesSeveral ? [...this.#combined(together), ...apart] : alone;
    return [...several, ...(other === undefined ? [] : [[other.code]])].map(chosen).concat(skipped);
  }

  #combined(codes: readonly string[]): string[][] {
    if (codes.length <= mostCombined) return combinations(codes);
    this.#isComplete = false;
    return [...codes.map((code) => [code]), [...codes]];
  }

  #end({ questions, answers }: Step, visit: VisitFacts, route: VisitRoute): void {
    const key = JSON.stringify([questions, route]);
    if (this.#branches.has(key)) return;
    const told = Object.entries(answers).map(([id, answer]): [string, readonly string[]] => {
      if (answer.kind === 'skipped') return [id, []];
      return [id, answer.kind === 'choice' ? answer.codes : ['answered']];
    });
    const { facts, asksAge } = this.#names;
    const isAboutVisit = asksAge || facts.size > 0;
    this.#branches.set(key, {
      questions,
      answers: Object.fromEntries(told),
      ...(isAboutVisit ? { visit: namedOf(visit, this.#names) } : {}),
      route,
    });
  }
}

/**
 * Every branch of a type, each list of questions once, with the first answers that lead there.
 * Asks the rules that the kiosk asks (`shownQuestions`, `routeOf`), so that both go the same way. Of an adult, unless a rule
 * asks for the age: who is under 18 meets an officer instead, but for the types that say otherwise.
 */
export function walkReportType(type: ReportType): Walk {
  return new Walker(type).walk();
}

/** A question and all that decides whether it is asked. */
function withAncestors(type: ReportType, question: Question): Question[] {
  const needed = new Set([question.id]);
  for (const earlier of type.questions.slice(0, type.questions.indexOf(question) + 1).toReversed())
    if (needed.has(earlier.id)) for (const id of namesIn([earlier.showIf]).questions.keys()) needed.add(id);
  return type.questions.filter(({ id }) => needed.has(id));
}

/** Questions that no answers lead to. One is named only when every way to it was tried. */
export function unreachableQuestions(type: ReportType): Question[] {
  return type.questions.filter((question) => {
    // All others may be skipped, and so decide nothing.
    const { branches, isComplete } = walkReportType({ ...type, questions: withAncestors(type, question) });
    return isComplete && !branches.some(({ questions }) => questions.includes(question.id));
  });
}
