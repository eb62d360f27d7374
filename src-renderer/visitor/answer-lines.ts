import type { Answer, Thing } from '../../src-main/contract/answer.ts';
import type { Question } from '../../src-main/contract/content.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import { checkImei, groupImei } from '../../src-main/domain/imei.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import { dateText, inOrder, timeText } from './local-text.ts';

/** One line of an answer as the visitor reads it back. */
export interface AnswerLine {
  readonly text: string;
  /** The visitor's own words, in quotation marks. */
  readonly isTyped: boolean;
}

function said(text: string): AnswerLine {
  return { text, isTyped: false };
}

function typed(text: string): AnswerLine[] {
  return text === '' ? [] : [{ text, isTyped: true }];
}

function pointText(i18n: I18n, local: string): string {
  const day = dateText(i18n.language, local, 'day');
  return local.length === 10 ? day : `${day} ${timeText(i18n.language, local)}`;
}

/** A number that breaks over two lines is copied wrongly. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00A0');
}

function comma({ language }: I18n): string {
  return language === 'ar' ? '، ' : ', ';
}

function thingText(i18n: I18n, question: Question, thing: Thing): string {
  const fields =
    question.kind === 'things' ? question.kinds.find(({ code }) => code === thing.kind)?.fields : [];
  const values = (fields ?? []).flatMap(({ id, kind }) => {
    const value = thing.fields[id];
    if (value === undefined || value === '') return [];
    if (kind !== 'imei') return [value];
    return [`IMEI ${inOrder(unbroken(checkImei(value).state === 'empty' ? value : groupImei(value)))}`];
  });
  return [i18n.t(`content:thing.${thing.kind}.label`), ...values].join(comma(i18n));
}

function whenText(i18n: I18n, answer: Extract<Answer, { kind: 'when' }>): string {
  const start = pointText(i18n, answer.start);
  if (answer.end === null) return start;
  return i18n.t('visitor:when.span', { start, end: pointText(i18n, answer.end) });
}

function contactLines(i18n: I18n, answer: Extract<Answer, { kind: 'contact' }>): AnswerLine[] {
  const { contact } = answer;
  if (contact.kind === 'anonymous') return [said(i18n.t('safety:contact.anonymous'))];
  // Read over a shoulder it would be shown after all; a touch on "change" shows what was typed.
  const address = contact.asksProtection ? '' : contact.address;
  const lines = [contact.name, contact.phone, contact.email, address, contact.safeContact].flatMap(typed);
  if (contact.forWhom !== 'me') lines.push(said(i18n.t(`visitor:contact.for.${contact.forWhom}`)));
  if (contact.asksProtection) lines.push(said(i18n.t('visitor:check.protection')));
  return lines;
}

/** An answer in lines, in the language on screen; what was typed stays as it was typed. */
export function answerLines(i18n: I18n, question: Question, answer: Answer): readonly AnswerLine[] {
  switch (answer.kind) {
    case 'skipped':
      return [said(i18n.t('visitor:check.skipped'))];
    case 'unknown':
      return [said(i18n.t('visitor:check.unknown'))];
    case 'choice': {
      const words = answer.codes.map((code) => i18n.t(`content:option.${question.id}.${code}.label`));
      return [said(words.join(comma(i18n))), ...typed(answer.note)];
    }
    case 'text':
      return typed(answer.text);
    case 'when':
      return [said(whenText(i18n, answer))];
    case 'place':
      return [...(answer.postcode === null ? [] : [said(answer.postcode)]), ...typed(answer.words)];
    case 'things':
      return answer.things.map((thing) => said(thingText(i18n, question, thing)));
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
