import { z } from 'zod';
import { localDateSchema, localTimeSchema } from './ids.ts';

/** The longest text a visitor can leave in one field, in UTF-16 units; each field of content sets its own limit below it. */
export const longestText = 8000;

/** Lone surrogates become U+FFFD: JSON, SQLite and PostgreSQL then agree on the same bytes. NUL is not text anywhere. */
const wellFormed = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');
export const typedText = (longest: number) => z.string().max(longest).transform(wellFormed);

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** A telephone number as it is dialled from anywhere, beside what was typed. */
const e164 = z.string().regex(/^\+[1-9]\d{1,14}$/);

export const currencySchema = z.enum(['DKK', 'EUR', 'SEK', 'NOK', 'USD', 'GBP']);

export const thingSchema = z.strictObject({
  kind: code,
  /** Field id of content -> what was typed or chosen. */
  fields: z.record(code, typedText(400)).refine((fields) => Object.keys(fields).length <= 20),
  /** Field id of an amount -> its currency; without one it is kroner. */
  currencies: z.record(code, currencySchema).optional(),
  /** Field id of a telephone number -> the same number as it is dialled. */
  e164: z.record(code, e164).optional(),
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
    e164: e164.optional(),
    email: typedText(200),
    address: typedText(400),
    /** Only from who wants to give it; hidden on every screen until somebody asks for it. */
    cpr: typedText(20).optional(),
    /** A safe way and time to be reached, in the visitor's words. */
    safeContact: typedText(400),
    /** "Ask that my address is not shown. Staff decide with you." */
    asksProtection: z.boolean(),
    /** "Somebody is with me and may hear about this." */
    hasCompanion: z.boolean().optional(),
    forWhom: z.enum(['me', 'somebody-else', 'company', 'child']),
  }),
]);
export type Contact = z.infer<typeof contactSchema>;

/** What was odd about a time and is kept as it was told; staff read why. */
export const whenMarkSchema = z.enum([
  /** The hour was jumped over, or came twice, when the clocks were changed. */
  'skipped-hour',
  'repeated-hour',
  'future',
  'long-ago',
  'end-before-start',
]);
export type WhenMark = z.infer<typeof whenMarkSchema>;

/** Where at all. `place`: an address or a landmark. */
export const placeSettingSchema = z.enum(['place', 'transport', 'online', 'abroad']);
export type PlaceSetting = z.infer<typeof placeSettingSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skipped') }),
  z.strictObject({ kind: z.literal('unknown') }),
  z.strictObject({
    kind: z.literal('choice'),
    codes: z.array(code).min(1).max(mostCodes),
    note: typedText(400),
  }),
  z.strictObject({ kind: z.literal('text'), text: typedText(longestText), e164: e164.optional() }),
  z.strictObject({
    kind: z.literal('when'),
    /** `exact`, `about`: only start is set; `between`: both; `day`: start's day, the hour is not known. */
    precision: z.enum(['exact', 'about', 'between', 'day']),
    start: z.union([localTimeSchema, localDateSchema]),
    end: z.union([localTimeSchema, localDateSchema]).nullable(),
    marks: z.array(whenMarkSchema).max(5).optional(),
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
    /** Without one it is a place, as in all reports from before. */
    setting: placeSettingSchema.optional(),
    /** The postcode as it was typed, where that says more than its four digits. */
    typedPostcode: typedText(40).optional(),
    /** What the kiosk's tables called the postcode's town and the municipality, so that every reader can. */
    town: typedText(100).optional(),
    municipality: typedText(100).optional(),
    /** Of `transport`: which train, bus or ferry, and between where. */
    line: typedText(200).optional(),
    from: typedText(200).optional(),
    to: typedText(200).optional(),
    /** Of `abroad`. */
    country: typedText(100).optional(),
  }),
  z.strictObject({ kind: z.literal('things'), things: z.array(thingSchema).max(mostThings) }),
  z.strictObject({
    kind: z.literal('amount'),
    /** Minor units (øre, cent), so that no sum is ever a fraction. */
    minorUnits: z.int().min(0).max(1_000_000_000_00),
    currency: currencySchema,
  }),
  z.strictObject({ kind: z.literal('contact'), contact: contactSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;

export const answeredQuestionSchema = z.strictObject({ questionId: code, answer: answerSchema });
export type AnsweredQuestion = z.infer<typeof answeredQuestionSchema>;
