import type { Gate, Question, ReportType } from '../contract/content.ts';
import { languages } from '../contract/ids.ts';
import { namesIn } from '../domain/rules.ts';
import { unreachableQuestions } from '../domain/walk-report-type.ts';
import type { Problems } from './problems.ts';
import type { RawContent } from './read-content.ts';

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
function checkRule(refuse: Refuse, type: ReportType, question: Question, known: KnownIds): boolean {
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

/** What other files name; null where one of them could not be read. */
export interface KnownIds {
  readonly phoneNumbers: readonly string[] | null;
  readonly rightsTopics: readonly string[] | null;
  /** The codes of each gate. */
  readonly gates: ReadonlyMap<string, readonly string[]> | null;
}

/** Ids once each, conditions that can come true, and numbers and topics that exist. */
export function checkReportType(file: string, type: ReportType, known: KnownIds, problems: Problems): void {
  const refuse = within(problems, file);
  if (!file.endsWith(`/report-types/${type.id}.json`))
    refuse('id', `expected the id to be the name of the file, found "${type.id}"`);
  refuseTwice(
    refuse,
    'questions',
    type.questions.map((question) => question.id),
  );
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
  for (const list of ['phoneNumbers', 'rightsTopics'] as const) {
    for (const id of type[list])
      if (known[list]?.includes(id) === false) refuse(list, `expected a known id, found "${id}"`);
  }
}

/** The same id has the same words in every type, so it must be the same question. */
export function checkSharedIds(
  types: readonly { readonly file: string; readonly type: ReportType }[],
  problems: Problems,
): void {
  const seen = new Map<string, string>();
  for (const { file, type } of types) {
    for (const question of type.questions) {
      const shape = JSON.stringify(question);
      const first = seen.get(question.id) ?? shape;
      if (first !== shape)
        problems.add(file, question.id, 'expected the same question as in another type, or another id');
      seen.set(question.id, first);
    }
  }
}

/** One touch on "none of these" passes each gate but the last, which sorts by place. */
export function checkGates(
  file: string,
  gates: readonly Gate[],
  groups: RawContent['groups'],
  problems: Problems,
): void {
  const refuse = within(problems, file);
  for (const { id, answers } of gates)
    for (const { code, leadsTo, group } of answers)
      if (group !== undefined && (leadsTo !== 'reports' || groups?.some((one) => one.id === group) === false))
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

/** Every type stands in a group that is offered or behind a door, and no group opens onto nothing. */
export function checkGroups(
  { groups, types, areAllTypesRead }: Pick<RawContent, 'groups' | 'types' | 'areAllTypesRead'>,
  behindDoors: ReadonlySet<string>,
  problems: Problems,
): void {
  if (groups === null) return;
  for (const { file, type } of types) {
    if (type.group === null && !behindDoors.has(type.id))
      problems.add(file, 'group', 'expected a group of menu.json, or a door that leads to this type');
    if (type.group !== null && !groups.some(({ id }) => id === type.group))
      problems.add(file, 'group', `expected a group of menu.json, found "${type.group}"`);
  }
  for (const { id } of groups)
    if (areAllTypesRead && !types.some(({ type }) => type.group === id))
      problems.add('dk/menu.json', `groups.${id}`, 'expected at least one type in this group');
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
