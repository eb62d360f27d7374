import type { Answer, Contact, Thing } from '../contract/answer.ts';
import type { Question, TextTree, VisitorContent } from '../contract/content.ts';
import type { Report } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';
import { isShown } from './check-submission.ts';
import type { FieldKind } from './field-check.ts';
import { isAnswerHidden } from './hidden-contact.ts';
import { danishField, danishMoney } from './render-answer-field.ts';
import { Lines, type AnswerLine, type Words } from './render-answer-lines.ts';
import { addPlace } from './render-answer-place.ts';
import { noteText, optionText, questionText, thingFieldText, thingKindText } from './render-answer-texts.ts';
import { renderWhen, whenMarks } from './render-answer-when.ts';
import { answerTo, findReportType } from './triage.ts';

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

function addThing(scene: Scene, question: Question | null, thing: Thing, lines: Lines): void {
  const name = thingKindText(scene.texts, thing.kind) ?? oldAnswer(scene, thing.kind);
  lines.exact(name, { isHeading: true });
  const known =
    question?.kind === 'things' ? question.kinds.find(({ code }) => code === thing.kind) : undefined;
  const order = known?.fields.map(({ id }) => id) ?? [];
  const ids = [...order, ...Object.keys(thing.fields).filter((id) => !order.includes(id))];
  for (const id of ids) {
    const typed = thing.fields[id] ?? '';
    const kind = known?.fields.find((field) => field.id === id)?.kind ?? 'text';
    const label = thingFieldText(scene.texts, id) ?? scene.words('answer.otherField');
    const danish = danishField(kind, typed, scene.words, {
      currency: thing.currencies?.[id] ?? 'DKK',
      e164: thing.e164?.[id] ?? null,
    });
    lines.typed(typed, label, danish, kind === 'cpr');
  }
}

function addContact(scene: Scene, contact: Contact, lines: Lines): void {
  if (contact.kind === 'anonymous') {
    lines.exact(scene.words('answer.anonymous'));
    return;
  }
  const label = (field: string): string => scene.words(`answer.contact.${field}`);
  lines.typed(contact.name, label('name'));
  const field = (kind: FieldKind, typed: string): string | null =>
    danishField(kind, typed, scene.words, { e164: contact.e164 ?? null });
  lines.typed(contact.phone, label('phone'), field('phone', contact.phone));
  lines.typed(contact.email, label('email'), contact.email);
  lines.typed(contact.address, label('address'));
  lines.typed(contact.safeContact, label('safeContact'));
  lines.typed(contact.cpr ?? '', label('cpr'), field('cpr', contact.cpr ?? ''), true);
  if (contact.hasCompanion === true) lines.exact(scene.words('answer.hasCompanion'));
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

function addText(
  scene: Scene,
  question: Question | null,
  answer: Extract<Answer, { kind: 'text' }>,
  lines: Lines,
): void {
  const isNumber = question?.kind === 'text' && question.keyboard === 'digits';
  const format = (question?.kind === 'text' ? question.format : undefined) ?? (isNumber ? 'digits' : 'text');
  const danish = danishField(format, answer.text, scene.words, { e164: answer.e164 ?? null });
  lines.typed(answer.text, null, danish, format === 'cpr');
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
      addText(scene, question, answer, lines);
      break;
    case 'when':
      lines.exact(renderWhen(answer, scene.words));
      for (const mark of whenMarks(answer, scene.words)) lines.exact(mark);
      break;
    case 'place':
      addPlace(answer, scene.words, lines);
      break;
    case 'things':
      if (answer.things.length === 0) lines.exact(scene.words('answer.noThings'));
      for (const thing of answer.things) addThing(scene, question, thing, lines);
      break;
    case 'amount':
      lines.exact(danishMoney(answer.minorUnits, answer.currency));
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
