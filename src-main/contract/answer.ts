import { z } from 'zod';
import { localDateSchema, localTimeSchema } from './ids.ts';

/** The longest text a visitor can leave in one field, in UTF-16 units; each field of content sets its own limit below it. */
export const longestText = 8000;

/** Lone surrogates become U+FFFD: JSON, SQLite and PostgreSQL then agree on the same bytes. NUL is not text anywhere. */
const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');
export const typedText = (longest: number) => z.string().max(longest).transform(wellFormed);

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);

export const thingSchema = z.strictObject({
  kind: code,
  /** Field id of content -> what was typed or chosen. */
  fields: z.record(code, typedText(400)).refine((fields) => Object.keys(fields).length <= 20),
});
export type Thing = z.infer<typeof thingSchema>;

/** At most this many things in one report; the screen says so at the last one. */
export const mostThings = 60;

/** So many answers to one choice at once; more choices than that a screen would not show either. */
export const mostCodes = 20;

export const contactSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anonymous') }),
  z.strictObject({
    kind: z.literal('named'),
    name: typedText(200),
    phone: typedText(40),
    email: typedText(200),
    address: typedText(400),
    /** A safe way and time to be reached, in the visitor's words. */
    safeContact: typedText(400),
    /** "Ask that my address is not shown. Staff decide with you." */
    asksProtection: z.boolean(),
    forWhom: z.enum(['me', 'somebody-else', 'company', 'child']),
  }),
]);
export type Contact = z.infer<typeof contactSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skipped') }),
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({ kind: z.literal('choice'), codes: z.array(code).min(1).max(mostCodes), note: typedText(400) }),
  z.strictObject({ kind: z.literal('text'), text: typedText(longestText) }),
  z.strictObject({
    kind: z.literal('when'),
    /** `exact`: only start is set; `between`: both; `day`: start's day, the hour is not known. */
    precision: z.enum(['exact', 'between', 'day']),
    start: z.union([localTimeSchema, localDateSchema]),
    end: z.union([localTimeSchema, localDateSchema]).nullable(),
  }),
  z.strictObject({
    kind: z.literal('place'),
    postcode: z
      .string()
      .regex(/^\d{4}$/)
      .nullable(),
    municipalityCode: z
      .string()
      .regex(/^\d{4}$/)
      .nullable(),
    /** Address, landmark or anything else that finds it. */
    words: typedText(400),
  }),
  z.strictObject({ kind: z.literal('things'), things: z.array(thingSchema).max(mostThings) }),
  z.strictObject({
    kind: z.literal('amount'),
    /** Minor units (øre, cent), so that no sum is ever a fraction. */
    minorUnits: z.int().min(0).max(1_000_000_000_00),
    currency: z.enum(['DKK', 'EUR', 'SEK', 'NOK', 'USD', 'GBP']),
  }),
  z.strictObject({ kind: z.literal('contact'), contact: contactSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;

export const answeredQuestionSchema = z.strictObject({ questionId: code, answer: answerSchema });
export type AnsweredQuestion = z.infer<typeof answeredQuestionSchema>;
