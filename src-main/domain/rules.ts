import jsonLogic from 'json-logic-js';
import type { Answer } from '../contract/answer.ts';
import type { Rule } from '../contract/content.ts';

/** What a rule may look at besides answers; a submission has it all. */
export interface VisitFacts {
  readonly language: string;
  readonly isUnder18: boolean;
  readonly gateAnswers: Readonly<Record<string, string>>;
}

export type AnswerTo = (questionId: string) => Answer | null;

/** Everything that a rule names. */
export interface RuleNames {
  /** Questions, and the codes of theirs that the rule asks for. */
  readonly questions: ReadonlyMap<string, ReadonlySet<string>>;
  /** `visit.language` and gates, and the values asked for. */
  readonly facts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly asksAge: boolean;
}

const ageName = 'visit.isUnder18';

/** The codes of a choice, `true` for any other answer; what was skipped is not there. */
function valueOf(answer: Answer | null): readonly string[] | true | null {
  if (answer === null || answer.kind === 'skipped' || answer.kind === 'unknown') return null;
  return answer.kind === 'choice' ? answer.codes : true;
}

/** Whether a rule of content is true now. The schema has let no operator through that could do more than compare. */
export function holds(rule: Rule, answer: AnswerTo, visit: VisitFacts): boolean {
  const { language, isUnder18, gateAnswers } = visit;
  const answers = [...namesIn([rule]).questions.keys()].map((id) => [id, valueOf(answer(id))] as const);
  const data = { ...Object.fromEntries(answers), visit: { language, isUnder18 }, gate: gateAnswers };
  return jsonLogic.truthy(jsonLogic.apply(rule, data));
}

/** All that some rules name together. */
export function namesIn(rules: readonly (Rule | null)[]): RuleNames {
  const questions = new Map<string, Set<string>>();
  const facts = new Map<string, Set<string>>();
  let asksAge = false;
  const name = (names: Map<string, Set<string>>, id: string, codes: readonly string[]): void => {
    names.set(id, new Set([...(names.get(id) ?? []), ...codes]));
  };
  const read = (rule: Rule): void => {
    if ('var' in rule) {
      if (rule.var === ageName) asksAge = true;
      else name(questions, rule.var, []);
    } else if ('in' in rule) {
      const [wanted, among] = rule.in;
      if (typeof wanted === 'string' && !Array.isArray(among)) name(questions, among.var, [wanted]);
      if (typeof wanted !== 'string' && Array.isArray(among)) name(facts, wanted.var, among);
    } else if ('!' in rule) read(rule['!']);
    else ('and' in rule ? rule.and : rule.or).forEach(read);
  };
  for (const rule of rules) if (rule !== null) read(rule);
  return { questions, facts, asksAge };
}
