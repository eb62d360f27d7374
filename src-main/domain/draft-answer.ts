import type { Answer, WhenMark } from '../contract/answer.ts';
import { parseAmount } from './amount.ts';
import { normalizePostcode } from './digits.ts';
import {
  contactFields,
  type ContactInput,
  type NamedContact,
  type PlaceInput,
  type QuestionInput,
  type WhenInput,
} from './draft-input.ts';
import { readWhen, type WhenClock, type WhenProblem } from './draft-when.ts';

/** Why fields are not an answer yet; also the i18n key of the sentence at the field. */
export type InputProblem =
  WhenProblem | 'note-missing' | 'not-a-postcode' | 'not-a-number' | 'too-large' | 'email-odd' | WhenMark;

/** Odd, and kept as it is by whoever goes on a second time. */
export interface Oddity {
  readonly problem: InputProblem;
  readonly field: string;
}
export type InputResult =
  | { readonly ok: true; readonly answer: Answer; readonly oddities: readonly Oddity[] }
  | { readonly ok: false; readonly problem: InputProblem; readonly field: string };

function wrong(problem: InputProblem, field: string): InputResult {
  return { ok: false, problem, field };
}

function right(answer: Answer, oddities: readonly Oddity[] = []): InputResult {
  return { ok: true, answer, oddities };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function whenAnswer(input: WhenInput, clock: WhenClock): InputResult {
  const result = readWhen(input, clock);
  if (!result.ok) return wrong(result.problem, result.field);
  return right(
    result.answer,
    result.oddities.map(({ mark, field }) => ({ problem: mark, field })),
  );
}

type PlaceAnswer = Extract<Answer, { kind: 'place' }>;

function addressAnswer(input: PlaceInput): InputResult {
  const { words, municipalityCode } = input;
  if (isBlank(input.postcode) && isBlank(words)) return wrong('empty', 'postcode');
  const postcode = normalizePostcode(input.postcode);
  const isAsTyped = input.postcode === (postcode ?? '') || isBlank(input.postcode);
  const typed = isAsTyped ? {} : { typedPostcode: input.postcode };
  const isOdd = postcode === null && !isBlank(input.postcode);
  const answer: PlaceAnswer = {
    kind: 'place',
    setting: 'place',
    postcode,
    municipalityCode,
    words,
    ...typed,
  };
  return right(answer, isOdd ? [{ problem: 'not-a-postcode', field: 'postcode' }] : []);
}

/** Only what belongs to the setting that is chosen; the other fields keep what stands in them. */
function placeAnswer(input: PlaceInput): InputResult {
  const { setting, words, line, from, to, country } = input;
  const nowhere = { kind: 'place', setting, postcode: null, municipalityCode: null } as const;
  switch (setting) {
    case 'place':
      return addressAnswer(input);
    case 'transport':
      return [line, from, to].every(isBlank)
        ? wrong('empty', 'line')
        : right({ ...nowhere, words: '', line, from, to });
    case 'abroad':
      return [country, words].every(isBlank)
        ? wrong('empty', 'country')
        : right({ ...nowhere, words, country });
    case 'online':
      return isBlank(words) ? wrong('empty', 'words') : right({ ...nowhere, words });
  }
}

function contactAnswer(input: ContactInput): InputResult {
  if (input.mode === null) return wrong('empty', 'mode');
  if (input.mode === 'anonymous') return right({ kind: 'contact', contact: { kind: 'anonymous' } });
  const { fields, cpr, asksProtection, hasCompanion, forWhom } = input;
  if ([...contactFields.map((field) => fields[field]), cpr].every(isBlank)) return wrong('empty', 'name');
  const oddities: Oddity[] =
    isBlank(fields.email) || /^\s*\S+@\S+\s*$/.test(fields.email)
      ? []
      : [{ problem: 'email-odd', field: 'email' }];
  const contact: NamedContact = { kind: 'named', ...fields, asksProtection, forWhom };
  if (!isBlank(cpr)) contact.cpr = cpr;
  if (hasCompanion) contact.hasCompanion = true;
  return right({ kind: 'contact', contact }, oddities);
}

/**
 * The answer that stands in the fields, or the one sentence that says what is missing. Skipping needs no answer.
 * What was typed goes in untouched: spaces, marks and digits of any script are the visitor's.
 */
export function answerOf(input: QuestionInput, clock: WhenClock): InputResult {
  switch (input.kind) {
    case 'choice':
      if (input.codes.length === 0) return wrong(isBlank(input.note) ? 'empty' : 'note-missing', 'choice');
      return right({ kind: 'choice', codes: [...input.codes], note: input.note });
    case 'text':
      return isBlank(input.text) ? wrong('empty', 'text') : right({ kind: 'text', text: input.text });
    case 'when':
      return whenAnswer(input, clock);
    case 'place':
      return placeAnswer(input);
    case 'things':
      if (input.things.length === 0) return wrong('empty', 'things');
      return right({
        kind: 'things',
        things: input.things.map((thing) => ({ ...thing, fields: { ...thing.fields } })),
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
