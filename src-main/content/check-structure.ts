import type { Gate, Question, ReportType } from '../contract/content.ts';
import { mostCodes } from '../contract/answer.ts';
import { languages } from '../contract/ids.ts';
import { mostAnswers } from '../contract/report.ts';
import { namesIn } from '../domain/rules.ts';
import { unreachableQuestions } from '../domain/walk-report-type.ts';
import type { Entry } from './layers.ts';
import type { Problems } from './problems.ts';

/** One file's problems: the checks below speak of places in it. */
type Refuse = (place: string, expected: string) => void;
const within =
  (problems: Problems, file: string): Refuse =>
  (place, expected) => {
    problems.add(file, place, expected);
  };

function refuseTwice(refuse: Refuse, place: string, ids: readonly string[]): void {
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  for (const id of twice) refuse(place, `expected "${id}" only once`);
}

function checkOptions(refuse: Refuse, question: Question): void {
  if (question.kind === 'choice') {
    refuseTwice(
      refuse,
      question.id,
      question.options.map((option) => option.code),
    );
    const together = question.options.filter((option) => !option.isExclusive).length;
    if (question.takesSeveral && together > mostCodes)
      refuse(question.id, `expected at most ${mostCodes} answers to choose together, found ${together}`);
    if (!question.takesSeveral && question.options.some((option) => option.isExclusive))
      refuse(question.id, 'expected isExclusive only where several may be chosen');
  }
  if (question.kind === 'things') {
    refuseTwice(
      refuse,
      question.id,
      question.kinds.map((kind) => kind.code),
    );
    for (const kind of question.kinds)
      refuseTwice(
        refuse,
        `${question.id}.${kind.code}`,
        kind.fields.map((field) => field.id),
      );
  }
}

/** Why a rule may not name a question, or null. The visitor meets questions in their order, so a rule looks back. */
function whyNot(question: Question, named: string, type: ReportType): string | null {
  const at = type.questions.findIndex(({ id }) => id === named);
  if (named === question.id) return `expected an earlier question, found "${named}" itself`;
  if (at === -1) return `expected an earlier question, found "${named}", which is none of this type`;
  if (at > type.questions.indexOf(question))
    return `expected an earlier question, found "${named}", which comes later`;
  return null;
}

/** A rule looks back, at answers, gates and languages that there are. */
function checkRule(refuse: Refuse, type: ReportType, question: Question, known: KnownNames): boolean {
  const place = `${question.id}.showIf`;
  const wrong: string[] = [];
  const { questions, facts } = namesIn([question.showIf]);
  for (const [id, codes] of questions) {
    const problem = whyNot(question, id, type);
    if (problem !== null) wrong.push(problem);
    const asked = type.questions.find((candidate) => candidate.id === id);
    const options = asked?.kind === 'choice' ? asked.options.map(({ code }) => code) : [];
    for (const code of codes)
      if (problem === null && !options.includes(code))
        wrong.push(`expected a code of "${id}", found "${code}"`);
  }
  for (const [name, values] of facts) {
    const possible = name === 'visit.language' ? languages : known.gates?.get(name.slice('gate.'.length));
    if (possible === undefined && known.gates !== null)
      wrong.push(`expected a gate of gates.json, found "${name}"`);
    for (const value of values)
      if (possible?.some((each) => each === value) === false)
        wrong.push(`expected a value of "${name}", found "${value}"`);
  }
  for (const sentence of wrong) refuse(place, sentence);
  return wrong.length === 0;
}

/** Rules may each be right and still leave a question that no answers lead to. */
function checkReach(refuse: Refuse, type: ReportType): void {
  for (const { id } of unreachableQuestions(type))
    refuse(`${id}.showIf`, 'expected a rule that some answers fulfil');
}

/** What only one route shows would be written in vain on another. */
function checkOnlyWhereShown(refuse: Refuse, type: ReportType): void {
  if (type.route !== 'info')
    for (const key of ['address', 'offersOfficer'] as const)
      if (type[key] !== undefined) refuse(key, 'expected this only on the route "info"');
  if (type.route !== 'self' && type.route !== 'assisted' && type.mostPerHour !== undefined)
    refuse('mostPerHour', 'expected this only on a route that asks');
}

/** What other files name. */
export interface KnownNames {
  readonly isGroup: (id: string) => boolean;
  readonly isBehindDoor: (id: string) => boolean;
  /** The codes of each gate; null where they could not be read. */
  readonly gates: ReadonlyMap<string, readonly string[]> | null;
}

/** What makes a type impossible to ask: ids twice, no question, rules that cannot come true. */
export function checkReportType(
  { file, value: type }: Entry<ReportType>,
  known: KnownNames,
  problems: Problems,
): void {
  const refuse = within(problems, file);
  if (!file.endsWith(`report-types/${type.id}.json`))
    refuse('id', `expected the id to be the name of the file, found "${type.id}"`);
  refuseTwice(
    refuse,
    'questions',
    type.questions.map((question) => question.id),
  );
  if (type.questions.length > mostAnswers)
    refuse('questions', `expected at most ${mostAnswers} questions, found ${type.questions.length}`);
  const asks = type.route === 'self' || type.route === 'assisted';
  if (asks && type.questions.length === 0)
    refuse('questions', `expected at least one question on the route "${type.route}"`);
  let canBeWalked = true;
  for (const question of type.questions) {
    checkOptions(refuse, question);
    if (!checkRule(refuse, type, question, known)) canBeWalked = false;
  }
  if (canBeWalked) checkReach(refuse, type);
  checkOnlyWhereShown(refuse, type);
  if (type.group === null && !known.isBehindDoor(type.id))
    refuse('group', 'expected a group of menu.json, or a door that leads to this type');
  if (type.group !== null && !known.isGroup(type.group))
    refuse('group', `expected a group of menu.json, found "${type.group}"`);
}

/**
 * The same id has the same words in every type, so it must be the same question.
 * @param shapes what was asked under each id before; a type that fits adds its own.
 */
export function checkSharedIds(
  { file, value }: Entry<ReportType>,
  shapes: ReadonlyMap<string, string>,
  problems: Problems,
): void {
  for (const question of value.questions)
    if ((shapes.get(question.id) ?? shapeOf(question)) !== shapeOf(question))
      problems.add(file, question.id, 'expected the same question as in another type, or another id');
}

export const shapeOf = (question: Question): string => JSON.stringify(question);

/** One touch on "none of these" passes each gate but the last, which sorts by place. */
export function checkGates(
  file: string,
  gates: readonly Gate[],
  isGroup: (id: string) => boolean,
  problems: Problems,
): void {
  const refuse = within(problems, file);
  for (const { id, answers } of gates)
    for (const { code, leadsTo, group } of answers)
      if (group !== undefined && (leadsTo !== 'reports' || !isGroup(group)))
        refuse(
          `${id}.${code}.group`,
          `expected a group of menu.json that "reports" leads to, found "${group}"`,
        );
  refuseTwice(
    refuse,
    'gates',
    gates.map((gate) => gate.id),
  );
  for (const [index, gate] of gates.entries()) {
    refuseTwice(
      refuse,
      gate.id,
      gate.answers.map((answer) => answer.code),
    );
    const ways = gate.answers.filter((answer) => answer.leadsTo === 'next');
    const isLast = index === gates.length - 1;
    if (isLast && ways.length > 0) refuse(gate.id, 'expected the last gate to lead somewhere, not to "next"');
    if (!isLast && (ways.length !== 1 || ways[0]?.isNoneOfThese !== true))
      refuse(gate.id, 'expected one answer "none of these" that leads to "next"');
  }
}

/** Whether the files name an id twice. */
export function checkIds(
  file: string,
  place: string,
  named: readonly { readonly id: string }[],
  problems: Problems,
): void {
  refuseTwice(
    within(problems, file),
    place,
    named.map(({ id }) => id),
  );
}
