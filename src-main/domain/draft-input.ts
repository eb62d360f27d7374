import type { Answer, Contact, PlaceSetting, Thing } from '../contract/answer.ts';
import type { Question } from '../contract/content.ts';

/** What stands in the fields of one question, finished or not. It outlives skipping, going back and a change of language. */
export interface ChoiceInput {
  readonly kind: 'choice';
  codes: string[];
  note: string;
}
export interface TextInput {
  readonly kind: 'text';
  text: string;
}
export interface WhenInput {
  readonly kind: 'when';
  precision: 'exact' | 'about' | 'between' | 'day' | null;
  startDate: string;
  /** As typed on the number pad, `0930`. */
  startTime: string;
  endDate: string;
  endTime: string;
}
export interface PlaceInput {
  readonly kind: 'place';
  setting: PlaceSetting;
  postcode: string;
  municipalityCode: string | null;
  words: string;
  line: string;
  from: string;
  to: string;
  country: string;
}
export interface ThingsInput {
  readonly kind: 'things';
  things: Thing[];
  /** The one being written; `at` is its place in the list, or null for a new one. */
  editing: {
    kind: string;
    fields: Record<string, string>;
    currencies: Record<string, Currency>;
    at: number | null;
  } | null;
}
export type Currency = Extract<Answer, { kind: 'amount' }>['currency'];
export interface AmountInput {
  readonly kind: 'amount';
  typed: string;
  currency: Currency;
}
export type NamedContact = Extract<Contact, { kind: 'named' }>;
export type ContactField = 'name' | 'phone' | 'email' | 'address' | 'safeContact';
export interface ContactInput {
  readonly kind: 'contact';
  mode: 'anonymous' | 'named' | null;
  fields: Record<ContactField, string>;
  /** Empty unless the visitor asked for the field and wrote in it. */
  cpr: string;
  asksProtection: boolean;
  hasCompanion: boolean;
  forWhom: NamedContact['forWhom'];
}
export type QuestionInput =
  ChoiceInput | TextInput | WhenInput | PlaceInput | ThingsInput | AmountInput | ContactInput;

export const contactFields: readonly ContactField[] = ['name', 'phone', 'email', 'address', 'safeContact'];

/** As in the contract: a field of contact never grows longer. */
export const contactLongest: Readonly<Record<ContactField, number>> = {
  name: 200,
  phone: 40,
  email: 200,
  address: 400,
  safeContact: 400,
};
/** As in the contract. */
export const placeLongest = 400;
/** As in the contract: line, from, to; and the country. */
export const placePartLongest = 200;
export const countryLongest = 100;
export const postcodeLongest = 40;
export const cprLongest = 20;
export const currencies: readonly Currency[] = ['DKK', 'EUR', 'SEK', 'NOK', 'USD', 'GBP'];
/** As in the contract: at most so many things in one report. */
export const thingsMost = 60;

/** A day that was chosen. The end is hardly ever on another day: it is filled in, and can be changed. */
export function chooseDay(input: WhenInput, isStart: boolean, date: string): void {
  if (isStart) input.startDate = date;
  else input.endDate = date;
  if (isStart && input.precision === 'between' && input.endDate === '') input.endDate = date;
}

/** Empty fields for a question. */
export function emptyInput(question: Question): QuestionInput {
  switch (question.kind) {
    case 'choice':
      return { kind: 'choice', codes: [], note: '' };
    case 'text':
      return { kind: 'text', text: '' };
    case 'when':
      return { kind: 'when', precision: null, startDate: '', startTime: '', endDate: '', endTime: '' };
    case 'place':
      return {
        ...{ kind: 'place', setting: 'place', postcode: '', municipalityCode: null, words: '' },
        ...{ line: '', from: '', to: '', country: '' },
      };
    case 'things':
      return { kind: 'things', things: [], editing: null };
    case 'amount':
      return { kind: 'amount', typed: '', currency: 'DKK' };
    case 'contact':
      return {
        kind: 'contact',
        mode: null,
        fields: { name: '', phone: '', email: '', address: '', safeContact: '' },
        cpr: '',
        asksProtection: false,
        hasCompanion: false,
        forWhom: 'me',
      };
  }
}

/** Chooses or takes back one code; a single choice replaces, "none of these" clears the others. */
export function toggleCode(
  question: Extract<Question, { kind: 'choice' }>,
  codes: readonly string[],
  code: string,
): string[] {
  if (codes.includes(code)) return codes.filter((chosen) => chosen !== code);
  const isExclusive = (id: string) =>
    question.options.some((option) => option.code === id && option.isExclusive);
  if (!question.takesSeveral || isExclusive(code)) return [code];
  return [...codes.filter((chosen) => !isExclusive(chosen)), code];
}
