import type { Answer } from '../contract/answer.ts';
import type { Question } from '../contract/content.ts';
import { parseAmount } from './amount.ts';
import { normalizePostcode, toLatinDigits } from './digits.ts';
import {
  contactFields,
  type ContactInput,
  type PlaceInput,
  type QuestionInput,
  type WhenInput,
} from './draft-input.ts';
import { isCalendarDate, timeOfDigits } from './visit-when.ts';

/** Why fields are not an answer yet; also the i18n key of the sentence at the field. */
export type InputProblem =
  | 'empty'
  | 'note-missing'
  | 'date-missing'
  | 'no-such-date'
  | 'no-such-time'
  | 'future'
  | 'end-before-start'
  | 'not-a-postcode'
  | 'not-a-number'
  | 'too-large'
  | 'email-odd';
export type InputResult =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly problem: InputProblem; readonly field: string };

/** The station's own time, `2026-11-20T14:32`, and whether it may be held against a visitor. */
export interface WhenClock {
  readonly localTime: string;
  readonly isTrusted: boolean;
}

function wrong(problem: InputProblem, field: string): InputResult {
  return { ok: false, problem, field };
}

function right(answer: Answer): InputResult {
  return { ok: true, answer };
}

type Point = { readonly at: string } | { readonly problem: InputProblem; readonly field: string };

function point(date: string, time: string, name: 'start' | 'end'): Point {
  if (date === '') return { problem: 'date-missing', field: `${name}-date` };
  if (!isCalendarDate(date)) return { problem: 'no-such-date', field: `${name}-date` };
  if (time === '') return { at: date };
  const hours = timeOfDigits(toLatinDigits(time));
  return hours === null ? { problem: 'no-such-time', field: `${name}-time` } : { at: `${date}T${hours}` };
}

/** A bare day lies in the future only from the next day on. */
function isFuture(at: string, clock: WhenClock): boolean {
  return clock.isTrusted && at > clock.localTime.slice(0, at.length);
}

function whenAnswer(input: WhenInput, clock: WhenClock): InputResult {
  if (input.precision === null) return wrong('empty', 'precision');
  const start = point(input.startDate, input.precision === 'day' ? '' : input.startTime, 'start');
  if ('problem' in start) return wrong(start.problem, start.field);
  if (isFuture(start.at, clock)) return wrong('future', 'start-date');
  if (input.precision !== 'between') {
    // A moment without an hour is a day: nobody is sent back to invent one.
    const precision = start.at.length === 10 ? 'day' : 'exact';
    return right({ kind: 'when', precision, start: start.at, end: null });
  }
  const end = point(input.endDate, input.endTime, 'end');
  if ('problem' in end) return wrong(end.problem, end.field);
  if (isFuture(end.at, clock)) return wrong('future', 'end-date');
  const shared = Math.min(start.at.length, end.at.length);
  if (end.at.slice(0, shared) < start.at.slice(0, shared)) return wrong('end-before-start', 'end-date');
  return right({ kind: 'when', precision: 'between', start: start.at, end: end.at });
}

function placeAnswer(input: PlaceInput): InputResult {
  const words = input.words.trim();
  if (input.postcode.trim() === '' && words === '') return wrong('empty', 'postcode');
  const postcode = normalizePostcode(input.postcode);
  if (input.postcode.trim() !== '' && postcode === null) return wrong('not-a-postcode', 'postcode');
  return right({ kind: 'place', postcode, municipalityCode: input.municipalityCode, words });
}

function contactAnswer(input: ContactInput): InputResult {
  if (input.mode === null) return wrong('empty', 'mode');
  if (input.mode === 'anonymous') return right({ kind: 'contact', contact: { kind: 'anonymous' } });
  const fields = { ...input.fields };
  for (const field of contactFields) fields[field] = fields[field].trim();
  fields.phone = toLatinDigits(fields.phone);
  if (contactFields.every((field) => fields[field] === '')) return wrong('empty', 'name');
  if (fields.email !== '' && !/^\S+@\S+$/.test(fields.email)) return wrong('email-odd', 'email');
  const { asksProtection, forWhom } = input;
  return right({ kind: 'contact', contact: { kind: 'named', ...fields, asksProtection, forWhom } });
}

/** The answer that stands in the fields, or the one sentence that says what is missing. Skipping needs no answer. */
export function answerOf(question: Question, input: QuestionInput, clock: WhenClock): InputResult {
  switch (input.kind) {
    case 'choice':
      if (input.codes.length === 0)
        return wrong(input.note.trim() === '' ? 'empty' : 'note-missing', 'choice');
      return right({ kind: 'choice', codes: [...input.codes], note: input.note.trim() });
    case 'text': {
      const text =
        question.kind === 'text' && question.keyboard === 'digits' ? toLatinDigits(input.text) : input.text;
      return text.trim() === '' ? wrong('empty', 'text') : right({ kind: 'text', text: text.trim() });
    }
    case 'when':
      return whenAnswer(input, clock);
    case 'place':
      return placeAnswer(input);
    case 'things':
      if (input.things.length === 0) return wrong('empty', 'things');
      return right({
        kind: 'things',
        things: input.things.map((thing) => ({ kind: thing.kind, fields: { ...thing.fields } })),
      });
    case 'amount': {
      const parsed = parseAmount(input.typed);
      if (!parsed.ok) return wrong(parsed.problem, 'amount');
      return right({ kind: 'amount', minorUnits: parsed.minorUnits, currency: input.currency });
    }
    case 'contact':
      return contactAnswer(input);
  }
}
