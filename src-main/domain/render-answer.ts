import type { Answer, Contact, Thing } from '../contract/answer.ts';
import type { Language } from '../contract/ids.ts';
import type { Question, TextTree, ThingField, VisitorContent } from '../contract/content.ts';
import type { Report } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';
import { isShown } from './check-submission.ts';
import { toLatinDigits } from './digits.ts';
import { checkImei, groupImei } from './imei.ts';
import { noteText, optionText, questionText, thingFieldText, thingKindText } from './render-answer-texts.ts';
import { renderWhen, type Words } from './render-answer-when.ts';
import { answerTo, findReportType } from './triage.ts';

export interface AnswerLine {
  readonly label: string | null;
  readonly text: string;
  /** The visitor's own keystrokes, unaltered; false for what a code or a number says in Danish. */
  readonly isTyped: boolean;
}

export interface RenderedAnswer {
  readonly questionId: string;
  readonly question: string;
  readonly state: 'answered' | 'skipped' | 'unknown' | 'not-met';
  /** What can be said exactly in Danish: codes, dates, numbers. */
  readonly danish: readonly AnswerLine[];
  /** Everything the visitor typed, untouched. */
  readonly own: readonly AnswerLine[];
  /** The visitor asked that it is not shown: behind one more touch. */
  readonly isProtected: boolean;
}

/** What turns codes into Danish. `words` are the desk's own texts, `texts` those of content. */
export interface DanishTexts {
  readonly content: VisitorContent;
  readonly texts: TextTree;
  readonly words: Words;
}

interface Scene extends DanishTexts {
  readonly typeId: string;
  readonly language: Language;
}

/** Gathers the two columns of one answer. Danish words need no second column to be read. */
class Columns {
  readonly danish: AnswerLine[] = [];
  readonly own: AnswerLine[] = [];
  readonly #isDanish: boolean;

  constructor(language: Language) {
    this.#isDanish = language === 'da';
  }

  exact(text: string, label: string | null = null): void {
    this.danish.push({ label, text, isTyped: false });
  }

  /** `exactly` is the same in Danish where it has an exact form, such as a number. */
  typed(text: string, label: string | null = null, exactly: string | null = null): void {
    if (text === '') return;
    this.own.push({ label, text, isTyped: true });
    if (exactly !== null) this.danish.push({ label, text: exactly, isTyped: false });
    else if (this.#isDanish) this.danish.push({ label, text, isTyped: true });
  }
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

function addThing(scene: Scene, question: Question | null, thing: Thing, columns: Columns): void {
  columns.exact(thingKindText(scene.texts, thing.kind) ?? oldAnswer(scene, thing.kind));
  const known =
    question?.kind === 'things' ? question.kinds.find(({ code }) => code === thing.kind) : undefined;
  const order = known?.fields.map(({ id }) => id) ?? [];
  const ids = [...order, ...Object.keys(thing.fields).filter((id) => !order.includes(id))];
  for (const id of ids) {
    const typed = thing.fields[id] ?? '';
    const kind = known?.fields.find((field) => field.id === id)?.kind ?? null;
    const label = thingFieldText(scene.texts, id) ?? scene.words('answer.otherField');
    columns.typed(typed, label, typed === '' ? null : exactField(kind, typed, scene.words));
  }
}

function addContact(scene: Scene, contact: Contact, columns: Columns): void {
  if (contact.kind === 'anonymous') {
    columns.exact(scene.words('answer.anonymous'));
    return;
  }
  const label = (field: string): string => scene.words(`answer.contact.${field}`);
  columns.typed(contact.name, label('name'));
  columns.typed(contact.phone, label('phone'), toLatinDigits(contact.phone));
  columns.typed(contact.email, label('email'), contact.email);
  columns.typed(contact.address, label('address'));
  columns.typed(contact.safeContact, label('safeContact'));
  columns.exact(scene.words(`answer.forWhom.${contact.forWhom}`));
  if (contact.asksProtection) columns.exact(scene.words('answer.asksProtection'));
}

/** A code that today's texts no longer know is still told, never dropped. */
function oldAnswer(scene: Scene, code: string): string {
  return scene.words('answer.old', { code });
}

function addChoice(
  scene: Scene,
  questionId: string,
  answer: Extract<Answer, { kind: 'choice' }>,
  columns: Columns,
): void {
  for (const code of answer.codes) {
    columns.exact(optionText(scene.texts, questionId, code) ?? oldAnswer(scene, code));
  }
  columns.typed(answer.note, noteText(scene.texts, questionId));
}

function addPlace(scene: Scene, answer: Extract<Answer, { kind: 'place' }>, columns: Columns): void {
  const { postcode, municipalityCode } = answer;
  if (postcode !== null) columns.exact(scene.words('answer.postcode', { postcode }));
  if (municipalityCode !== null)
    columns.exact(scene.words('answer.municipality', { code: municipalityCode }));
  columns.typed(answer.words);
}

function addText(question: Question | null, text: string, columns: Columns): void {
  const isNumber = question?.kind === 'text' && question.keyboard === 'digits';
  columns.typed(text, null, isNumber ? toLatinDigits(text) : null);
}

function addAnswer(scene: Scene, questionId: string, answer: Answer, columns: Columns): void {
  const question =
    findReportType(scene.content, scene.typeId)?.questions.find(({ id }) => id === questionId) ?? null;
  switch (answer.kind) {
    case 'skipped':
    case 'unknown':
      columns.exact(scene.words(`answer.${answer.kind}`));
      break;
    case 'choice':
      addChoice(scene, questionId, answer, columns);
      break;
    case 'text':
      addText(question, answer.text, columns);
      break;
    case 'when':
      columns.exact(renderWhen(answer, scene.words));
      break;
    case 'place':
      addPlace(scene, answer, columns);
      break;
    case 'things':
      if (answer.things.length === 0) columns.exact(scene.words('answer.noThings'));
      for (const thing of answer.things) addThing(scene, question, thing, columns);
      break;
    case 'amount':
      columns.exact(renderAmount(answer));
      break;
    case 'contact':
      addContact(scene, answer.contact, columns);
      break;
    default:
      assertNever(answer);
  }
}

function isProtected(answer: Answer): boolean {
  return answer.kind === 'contact' && answer.contact.kind === 'named' && answer.contact.asksProtection;
}

/** One answer as two columns: what is exact in Danish, and what the visitor typed. */
export function renderAnswer(
  danish: DanishTexts,
  report: Pick<Report, 'submission'>,
  questionId: string,
  answer: Answer | null,
): RenderedAnswer {
  const { reportType: typeId, language } = report.submission;
  const scene: Scene = { ...danish, typeId, language };
  const columns = new Columns(language);
  if (answer === null) columns.exact(danish.words('answer.notMet'));
  else addAnswer(scene, questionId, answer, columns);
  const state = answer === null ? 'not-met' : answer.kind;
  return {
    questionId,
    question: questionText(danish.texts, questionId) ?? danish.words('answer.oldQuestion'),
    state: state === 'skipped' || state === 'unknown' || state === 'not-met' ? state : 'answered',
    danish: columns.danish,
    own: columns.own,
    isProtected: answer !== null && isProtected(answer),
  };
}

/**
 * A whole report in the order of its questions. A question that was asked and has no answer is told;
 * an answer to a question of older content stands at the end.
 */
export function renderReport(
  danish: DanishTexts,
  report: Pick<Report, 'submission'>,
): readonly RenderedAnswer[] {
  const { submission } = report;
  const asked = (findReportType(danish.content, submission.reportType)?.questions ?? []).filter(
    (question) =>
      answerTo(submission, question.id) !== null || isShown(question, (id) => answerTo(submission, id)),
  );
  const older = submission.answers.filter(({ questionId }) => !asked.some(({ id }) => id === questionId));
  return [...asked.map(({ id }) => id), ...older.map(({ questionId }) => questionId)].map((questionId) =>
    renderAnswer(danish, report, questionId, answerTo(submission, questionId)),
  );
}
