import type { Answer, Contact, Thing } from '../contract/answer.ts';
import type { Question, TextTree, ThingField, VisitorContent } from '../contract/content.ts';
import type { Report } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';
import { isShown } from './check-submission.ts';
import { toLatinDigits } from './digits.ts';
import { isAnswerHidden } from './hidden-contact.ts';
import { checkImei, groupImei } from './imei.ts';
import { noteText, optionText, questionText, thingFieldText, thingKindText } from './render-answer-texts.ts';
import { renderWhen, type Words } from './render-answer-when.ts';
import { answerTo, findReportType } from './triage.ts';

/** One line of an answer in two columns, side by side. */
export interface AnswerLine {
  /** What the line is about, in Danish, where the question alone does not say it. */
  readonly label: string | null;
  /** What can be said exactly in Danish: a code, a date, a number. */
  readonly danish: string | null;
  /** The visitor's own keystrokes, untouched. */
  readonly own: string | null;
  /** Heads the lines below it: a thing of a list. */
  readonly isHeading: boolean;
}

export interface RenderedAnswer {
  readonly questionId: string;
  readonly question: string;
  readonly state: 'answered' | 'skipped' | 'unknown' | 'not-met';
  readonly lines: readonly AnswerLine[];
  /** The visitor asked that it is not shown: behind one more touch. */
  readonly isProtected: boolean;
}

/** What turns codes into Danish. `words` are the desk's own texts, `texts` those of content. */
export interface DanishTexts {
  readonly content: VisitorContent;
  readonly texts: TextTree;
  readonly words: Words;
}

/** Of a report, what is rendered and what says how much of it may be seen. */
type ToRender = Pick<Report, 'submission'> & { readonly summary: { readonly flags: readonly string[] } };

interface Scene extends DanishTexts {
  readonly typeId: string;
}

/** Gathers the lines of one answer. */
class Lines {
  readonly all: AnswerLine[] = [];

  exact(danish: string, isHeading = false): void {
    this.all.push({ label: null, danish, own: null, isHeading });
  }

  /** `danish` says the same exactly, where that is possible: a number in Latin digits. What is the same is said once. */
  typed(own: string, label: string | null = null, danish: string | null = null): void {
    if (own === '') return;
    this.all.push({ label, danish, own: saysTheSame(own, danish) ? null : own, isHeading: false });
  }
}

/** Only of plain characters: one that nobody sees is shown where the own words stand. */
function saysTheSame(own: string, danish: string | null): boolean {
  const together = (text: string): string => text.replaceAll(' ', '');
  return danish !== null && /^[\w+.@ -]*$/.test(own) && together(own) === together(danish);
}

const money = new Intl.NumberFormat('da-DK', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function renderAmount(answer: Extract<Answer, { kind: 'amount' }>): string {
  const unit = answer.currency === 'DKK' ? 'kr.' : answer.currency;
  return `${money.format(answer.minorUnits / 100)} ${unit}`;
}

function exactField(kind: ThingField['kind'] | null, typed: string, words: Words): string | null {
  switch (kind) {
    case 'imei':
      return checkImei(typed).state === 'check-digit-differs'
        ? words('answer.imeiDiffers', { imei: groupImei(typed) })
        : groupImei(typed);
    case 'frame-number':
    case 'amount':
    case 'digits':
      return toLatinDigits(typed);
    case 'text':
    case null:
      return null;
    default:
      return assertNever(kind);
  }
}

function addThing(scene: Scene, question: Question | null, thing: Thing, lines: Lines): void {
  lines.exact(thingKindText(scene.texts, thing.kind) ?? oldAnswer(scene, thing.kind), true);
  const known =
    question?.kind === 'things' ? question.kinds.find(({ code }) => code === thing.kind) : undefined;
  const order = known?.fields.map(({ id }) => id) ?? [];
  const ids = [...order, ...Object.keys(thing.fields).filter((id) => !order.includes(id))];
  for (const id of ids) {
    const typed = thing.fields[id] ?? '';
    const kind = known?.fields.find((field) => field.id === id)?.kind ?? null;
    const label = thingFieldText(scene.texts, id) ?? scene.words('answer.otherField');
    lines.typed(typed, label, typed === '' ? null : exactField(kind, typed, scene.words));
  }
}

function addContact(scene: Scene, contact: Contact, lines: Lines): void {
  if (contact.kind === 'anonymous') {
    lines.exact(scene.words('answer.anonymous'));
    return;
  }
  const label = (field: string): string => scene.words(`answer.contact.${field}`);
  lines.typed(contact.name, label('name'));
  lines.typed(contact.phone, label('phone'), toLatinDigits(contact.phone));
  lines.typed(contact.email, label('email'), contact.email);
  lines.typed(contact.address, label('address'));
  lines.typed(contact.safeContact, label('safeContact'));
  lines.exact(scene.words(`answer.forWhom.${contact.forWhom}`));
}

/** A code that today's texts no longer know is still told, never dropped. */
function oldAnswer(scene: Scene, code: string): string {
  return scene.words('answer.old', { code });
}

function addChoice(
  scene: Scene,
  questionId: string,
  answer: Extract<Answer, { kind: 'choice' }>,
  lines: Lines,
): void {
  for (const code of answer.codes) {
    lines.exact(optionText(scene.texts, questionId, code) ?? oldAnswer(scene, code));
  }
  lines.typed(answer.note, noteText(scene.texts, questionId));
}

function addPlace(scene: Scene, answer: Extract<Answer, { kind: 'place' }>, lines: Lines): void {
  const { postcode, municipalityCode } = answer;
  if (postcode !== null) lines.exact(scene.words('answer.postcode', { postcode }));
  if (municipalityCode !== null) lines.exact(scene.words('answer.municipality', { code: municipalityCode }));
  lines.typed(answer.words);
}

function addText(question: Question | null, text: string, lines: Lines): void {
  const isNumber = question?.kind === 'text' && question.keyboard === 'digits';
  lines.typed(text, null, isNumber ? toLatinDigits(text) : null);
}

function addAnswer(scene: Scene, questionId: string, answer: Answer, lines: Lines): void {
  const question =
    findReportType(scene.content, scene.typeId)?.questions.find(({ id }) => id === questionId) ?? null;
  switch (answer.kind) {
    case 'skipped':
    case 'unknown':
      lines.exact(scene.words(`answer.${answer.kind}`));
      break;
    case 'choice':
      addChoice(scene, questionId, answer, lines);
      break;
    case 'text':
      addText(question, answer.text, lines);
      break;
    case 'when':
      lines.exact(renderWhen(answer, scene.words));
      break;
    case 'place':
      addPlace(scene, answer, lines);
      break;
    case 'things':
      if (answer.things.length === 0) lines.exact(scene.words('answer.noThings'));
      for (const thing of answer.things) addThing(scene, question, thing, lines);
      break;
    case 'amount':
      lines.exact(renderAmount(answer));
      break;
    case 'contact':
      addContact(scene, answer.contact, lines);
      break;
    default:
      assertNever(answer);
  }
}

/** One answer, line by line: what is exact in Danish beside what the visitor typed. */
export function renderAnswer(
  danish: DanishTexts,
  report: ToRender,
  questionId: string,
  answer: Answer | null,
): RenderedAnswer {
  const scene: Scene = { ...danish, typeId: report.submission.reportType };
  const lines = new Lines();
  if (answer === null) lines.exact(danish.words('answer.notMet'));
  else addAnswer(scene, questionId, answer, lines);
  // An answer of nothing but empty fields still has its line.
  if (lines.all.length === 0) lines.exact(danish.words('answer.notMet'));
  const state = answer === null ? 'not-met' : answer.kind;
  return {
    questionId,
    question: questionText(danish.texts, questionId) ?? danish.words('answer.oldQuestion'),
    state: state === 'skipped' || state === 'unknown' || state === 'not-met' ? state : 'answered',
    lines: lines.all,
    isProtected: answer !== null && isAnswerHidden(report.summary, answer),
  };
}

/**
 * A whole report in the order of its questions. A question that was asked and has no answer is told;
 * an answer to a question of older content stands at the end.
 */
export function renderReport(danish: DanishTexts, report: ToRender): readonly RenderedAnswer[] {
  const { submission } = report;
  const asked = (findReportType(danish.content, submission.reportType)?.questions ?? []).filter(
    (question) =>
      answerTo(submission, question.id) !== null ||
      isShown(question, (id) => answerTo(submission, id), submission),
  );
  const older = submission.answers.filter(({ questionId }) => !asked.some(({ id }) => id === questionId));
  return [...asked.map(({ id }) => id), ...older.map(({ questionId }) => questionId)].map((questionId) =>
    renderAnswer(danish, report, questionId, answerTo(submission, questionId)),
  );
}
