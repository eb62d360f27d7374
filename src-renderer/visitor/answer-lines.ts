import type { Answer, Thing } from '../../src-main/contract/answer.ts';
import type { Question } from '../../src-main/contract/content.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { checkAccount } from '../../src-main/domain/account.ts';
import { hiddenCpr } from '../../src-main/domain/cpr.ts';
import type { FieldKind } from '../../src-main/domain/field-check.ts';
import { checkImei, groupImei } from '../../src-main/domain/imei.ts';
import { groupE164 } from '../../src-main/domain/phone-number.ts';
import { checkPlate } from '../../src-main/domain/plate.ts';
import { checkTypedReference } from '../../src-main/domain/typed-reference.ts';
import { checkVin } from '../../src-main/domain/vin.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import { comma, dateText, inOrder, isolated, timeText, unbroken } from '../i18n/local-text.ts';

/** One line of an answer as the visitor reads it back: pieces that cannot reorder each other, however they are written. */
export interface AnswerLine {
  readonly pieces: readonly string[];
  /** The visitor's own words, in quotation marks. */
  readonly isTyped: boolean;
}

function said(...pieces: readonly string[]): AnswerLine {
  return { pieces, isTyped: false };
}

function typed(text: string): AnswerLine[] {
  return text.trim() === '' ? [] : [{ pieces: [text], isTyped: true }];
}

function pointText(i18n: I18n, local: string, thisYear: string): string {
  const day = dateText(i18n.language, local, local.startsWith(thisYear) ? 'day' : 'full');
  return local.length === 10 ? day : `${day} ${timeText(i18n.language, local)}`;
}

/** A number or sign in the groups in which it is compared with the paper; never a number that is to stay hidden. */
function fieldText(kind: FieldKind, value: string, e164: string | null): string {
  switch (kind) {
    case 'imei':
      return `IMEI ${inOrder(unbroken(checkImei(value).state === 'empty' ? value : groupImei(value)))}`;
    case 'cpr':
      return `CPR ${inOrder(unbroken(hiddenCpr))}`;
    case 'plate':
      return inOrder(unbroken(checkPlate(value).grouped));
    case 'vin':
      return inOrder(unbroken(checkVin(value).grouped));
    case 'account':
      return inOrder(unbroken(checkAccount(value).grouped));
    case 'reference':
      return inOrder(unbroken(checkTypedReference(value, null).grouped || value));
    case 'phone':
      return inOrder(unbroken(e164 === null ? value : groupE164(e164)));
    case 'text':
    case 'digits':
    case 'frame-number':
    case 'amount':
      return value;
    default:
      return assertNever(kind);
  }
}

/** A thing's kind, and what was written about it. */
export function thingPieces(
  i18n: I18n,
  question: Question,
  thing: Thing,
  read?: (typed: string) => string | null,
): string[] {
  const fields =
    question.kind === 'things' ? question.kinds.find(({ code }) => code === thing.kind)?.fields : [];
  const values = (fields ?? []).flatMap(({ id, kind }) => {
    const value = thing.fields[id];
    if (value === undefined || value === '') return [];
    const currency = thing.currencies?.[id];
    const e164 = thing.e164?.[id] ?? (kind === 'phone' ? read?.(value) : null);
    const text = fieldText(kind, value, e164 ?? null);
    return [currency === undefined ? text : `${text} ${i18n.t(`visitor:amount.${currency}`)}`];
  });
  return [i18n.t(`content:thing.${thing.kind}.label`), ...values];
}

function whenText(i18n: I18n, answer: Extract<Answer, { kind: 'when' }>, thisYear: string): string {
  const start = pointText(i18n, answer.start, thisYear);
  // "About" belongs to the hour: a day said with its hour is the day it was.
  if (answer.precision === 'about')
    return i18n.t('visitor:when.aboutTime', {
      date: pointText(i18n, answer.start.slice(0, 10), thisYear),
      time: inOrder(timeText(i18n.language, answer.start)),
    });
  if (answer.end === null) return start;
  return i18n.t('visitor:when.span', { start, end: pointText(i18n, answer.end, thisYear) });
}

function placeLines(i18n: I18n, answer: Extract<Answer, { kind: 'place' }>): AnswerLine[] {
  const {
    setting = 'place',
    postcode,
    town,
    municipality,
    line = '',
    from = '',
    to = '',
    country = '',
  } = answer;
  const lines: AnswerLine[] = [];
  if (setting !== 'place') lines.push(said(i18n.t(`visitor:place.settings.${setting}`)));
  if (postcode !== null)
    lines.push(
      said(
        inOrder(`${postcode} ${town ?? ''}`.trim()),
        ...(municipality === undefined ? [] : [municipality]),
      ),
    );
  else lines.push(...typed(answer.typedPostcode ?? ''));
  lines.push(...typed(line));
  if (from.trim() !== '' && to.trim() !== '') lines.push({ pieces: [from, to], isTyped: true });
  else lines.push(...typed(from), ...typed(to));
  return [...lines, ...typed(country), ...typed(answer.words)];
}

function contactLines(i18n: I18n, answer: Extract<Answer, { kind: 'contact' }>): AnswerLine[] {
  const { contact } = answer;
  if (contact.kind === 'anonymous') return [said(i18n.t('safety:contact.anonymous'))];
  const phone = contact.e164 === undefined ? contact.phone : inOrder(groupE164(contact.e164));
  // Read over a shoulder it would be shown after all; a touch on "change" shows what was typed.
  const address = contact.asksProtection ? '' : contact.address;
  const lines = [contact.name, phone, contact.email, address, contact.safeContact].flatMap(typed);
  if (contact.cpr !== undefined) lines.push(said(`CPR ${inOrder(unbroken(hiddenCpr))}`));
  if (contact.forWhom !== 'me') lines.push(said(i18n.t(`visitor:contact.for.${contact.forWhom}`)));
  if (contact.hasCompanion === true) lines.push(said(i18n.t('visitor:contact.companion')));
  if (contact.asksProtection) lines.push(said(i18n.t('visitor:check.protection')));
  return lines;
}

function textLines(question: Question, answer: Extract<Answer, { kind: 'text' }>): AnswerLine[] {
  const format = question.kind === 'text' ? question.format : undefined;
  return format === undefined
    ? typed(answer.text)
    : [said(fieldText(format, answer.text, answer.e164 ?? null))];
}

/** Whether a choice asks for an interpreter. */
function isInterpreter(question: Question, chosen: string): boolean {
  return (
    question.kind === 'choice' &&
    question.options.some(({ code, flag }) => code === chosen && flag === 'interpreter')
  );
}

/** What answers are read with, besides themselves. */
export interface AnswerContext {
  /** `2026`: a day of another year is told with its year. */
  readonly thisYear: string;
  /** The language of the interpreter who is wished for, in itself. */
  readonly interpreter: string;
}

/** An answer in lines, in the language on screen; what was typed stays as it was typed. */
export function answerLines(
  i18n: I18n,
  question: Question,
  answer: Answer,
  { thisYear, interpreter }: AnswerContext,
): readonly AnswerLine[] {
  switch (answer.kind) {
    case 'skipped':
      return [said(i18n.t('visitor:check.skipped'))];
    case 'unknown':
      return [said(i18n.t('visitor:check.unknown'))];
    case 'choice': {
      const words = answer.codes.map((code) => {
        const label = i18n.t(`content:option.${question.id}.${code}.label`);
        return isInterpreter(question, code) ? `${label} (${isolated(interpreter)})` : label;
      });
      return [said(words.join(comma(i18n))), ...typed(answer.note)];
    }
    case 'text':
      return textLines(question, answer);
    case 'when':
      return [said(whenText(i18n, answer, thisYear))];
    case 'place':
      return placeLines(i18n, answer);
    case 'things':
      return answer.things.map((thing) => said(...thingPieces(i18n, question, thing)));
    case 'amount':
      return [
        said(`${i18n.formatNumber(answer.minorUnits / 100)} ${i18n.t(`visitor:amount.${answer.currency}`)}`),
      ];
    case 'contact':
      return contactLines(i18n, answer);
    default:
      return assertNever(answer);
  }
}
