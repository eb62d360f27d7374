import { z } from 'zod';
import { instantSchema, languageSchema, languageTagSchema, localDateSchema } from './ids.ts';
import { receiptVariants } from './receipt.ts';
import { rightsTopicSchema, sourceSchema } from './rights.ts';

/** Words stand in resources/locales under these ids; content holds only structure, routes, facts and their sources. */
export const contentIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);
const id = contentIdSchema;

/** Where a fact comes from, and until when it may be shown without a second look. */
export const factSourceSchema = z.strictObject({
  source: z.string().min(1),
  /** When the source was read or dated. */
  date: localDateSchema,
  reviewBy: localDateSchema,
});
export type FactSource = z.infer<typeof factSourceSchema>;

export const routeSchema = z.enum(['stop', 'officer', 'assisted', 'self', 'info']);
export type Route = z.infer<typeof routeSchema>;

/** `visit` and `gate` are words of rules, so no question has them for its id. */
const questionId = z.string().regex(/^(?!(?:visit|gate)$)[a-z0-9-]{1,40}$/);

/**
 * When a question is asked: an expression of JSON Logic with these five operators and no others. `var` names an earlier
 * question (the codes of a choice, `true` for any other answer, nothing when skipped or not asked), `visit.isUnder18`,
 * `visit.language` or the answer at a gate.
 */
export type Rule =
  | { var: string }
  | { in: [string, { var: string }] | [{ var: string }, string[]] }
  | { '!': Rule }
  | { and: Rule[] }
  | { or: Rule[] };

/** A choice has this code: `{ "in": ["found", { "var": "lost-or-found" }] }`. */
const codeChosenSchema = z.tuple([id, z.strictObject({ var: questionId })]);
/** The visit is one of these: `{ "in": [{ "var": "gate.place" }, ["abroad"]] }`. */
const oneOfSchema = z.tuple([
  z.strictObject({ var: z.string().regex(/^(visit\.language|gate\.[a-z0-9-]{1,40})$/) }),
  z.array(id).min(1),
]);

export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ var: z.union([questionId, z.literal('visit.isUnder18')]) }),
      z.strictObject({
        in: z.union([codeChosenSchema, oneOfSchema], {
          error:
            'expected a code and a question, as in ["yes", { "var": "question" }], or a fact and what it may be, as in [{ "var": "gate.place" }, ["abroad"]]',
        }),
      }),
      z.strictObject({ '!': ruleSchema }),
      z.strictObject({ and: z.array(ruleSchema).min(1) }),
      z.strictObject({ or: z.array(ruleSchema).min(1) }),
    ],
    { error: 'expected a rule with one operator: "in", "and", "or", "!" or "var"' },
  ),
);

const questionBase = { id: questionId, showIf: ruleSchema.nullable() };

export const optionSchema = z.strictObject({
  code: id,
  icon: z.string().nullable(),
  /** Report flag this choice raises for staff, such as `hate` or `interpreter`. */
  flag: id.nullable(),
  /** "none of these": takes the other choices away. */
  isExclusive: z.boolean(),
  /** Another way than the type's own: an officer, the short way with staff, or back to the list of types. */
  leadsTo: z.enum(['officer', 'assisted', 'types']).optional(),
});
export type Option = z.infer<typeof optionSchema>;

/** What a field is meant to hold: which keys it gets, what is said softly beside it, how the desk groups it. */
export const fieldKindSchema = z.enum([
  'text',
  'imei',
  'frame-number',
  'amount',
  'digits',
  'plate',
  'phone',
  'account',
  'vin',
  'cpr',
  'reference',
]);

export const thingFieldSchema = z.strictObject({
  id,
  kind: fieldKindSchema,
  longest: z.int().min(1).max(400),
  /** Report flag that something written here raises for staff, such as `number-known`. */
  flag: id.optional(),
});
export type ThingField = z.infer<typeof thingFieldSchema>;

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...questionBase,
    kind: z.literal('choice'),
    takesSeveral: z.boolean(),
    options: z.array(optionSchema).min(2),
    noteLongest: z.int().min(0).max(400),
  }),
  z.strictObject({
    ...questionBase,
    kind: z.literal('text'),
    longest: z.int().min(1).max(8000),
    keyboard: z.enum(['text', 'digits']),
    /** A text that is one number or sign: checked, grouped and given keys like a field of a thing. */
    format: fieldKindSchema.exclude(['text', 'amount', 'digits']).optional(),
  }),
  z.strictObject({
    ...questionBase,
    kind: z.literal('when'),
    /** What is counted from this day and shown where the type informs: six months to bring it before the court. */
    deadline: z.enum(['court']).optional(),
  }),
  z.strictObject({ ...questionBase, kind: z.literal('place') }),
  z.strictObject({
    ...questionBase,
    kind: z.literal('things'),
    kinds: z
      .array(
        z.strictObject({ code: id, icon: z.string().nullable(), fields: z.array(thingFieldSchema).min(1) }),
      )
      .min(1),
  }),
  z.strictObject({ ...questionBase, kind: z.literal('amount') }),
  z.strictObject({ ...questionBase, kind: z.literal('contact') }),
]);
export type Question = z.infer<typeof questionSchema>;

/** One thing a visitor comes with. Texts: `content:type.<id>.title`, `.help`, and `.body` (paragraphs) for `info`. */
export const reportTypeSchema = z.strictObject({
  id,
  icon: z.string(),
  /** Null: no group offers it, only a door of the home screen does. */
  group: id.nullable(),
  route: z.enum(['self', 'assisted', 'officer', 'info']),
  /** A child may tell it alone; all else an officer hears. */
  isForUnder18: z.boolean(),
  /** What its slip may say; only `full` names the type. */
  receipt: z.enum(receiptVariants),
  /** Flags that every report of this type carries. */
  flags: z.array(id),
  /** What cannot wait, shown before the first question: `content:notice.<id>.title` and `.body`. */
  notice: id.nullable(),
  questions: z.array(questionSchema),
  /** Help numbers and rights topics that fit this type, for the reference screen and the slip. */
  phoneNumbers: z.array(id),
  rightsTopics: z.array(id),
  /** Of `info`: an address to copy or scan; the screen never opens it. */
  address: z
    .strictObject({ shown: z.string().min(1), url: z.url({ protocol: /^https$/ }).optional() })
    .optional(),
  /** Of `info`: a person where reading is not enough, or before anything is read on. */
  offersOfficer: z.enum(['also', 'first']).optional(),
  /** Shows the district's confidential contact beside the notice, where the district has given one. */
  showsConfidentialContact: z.boolean().optional(),
  /** Reports of this type that one kiosk takes within an hour; none: as many as come. */
  mostPerHour: z.int().min(1).optional(),
  ...factSourceSchema.shape,
});
export type ReportType = z.infer<typeof reportTypeSchema>;

/** A type that becomes a report: it asks, and what is told is sealed. */
export const askedTypeSchema = reportTypeSchema.extend({
  route: z.enum(['self', 'assisted']),
  questions: z.array(questionSchema).min(1),
});
export type AskedType = z.infer<typeof askedTypeSchema>;

/** A type that never becomes a report here: a person hears it, or the screen says who does. */
export const otherTypeSchema = reportTypeSchema.extend({ route: z.enum(['officer', 'info']) });
export type OtherType = z.infer<typeof otherTypeSchema>;

/** A first choice that leads to its types. Texts: `content:group.<id>.title`, `.help`. */
export const typeGroupSchema = z.strictObject({
  id,
  icon: z.string(),
  /** Ids of reportTypes and otherTypes, in the order in which they are offered. */
  types: z.array(id).min(1),
});
export type TypeGroup = z.infer<typeof typeGroupSchema>;

export const gateSchema = z.strictObject({
  id,
  takesSeveral: z.literal(false),
  answers: z
    .array(
      z.strictObject({
        code: id,
        icon: z.string().nullable(),
        leadsTo: z.enum(['next', 'stop', 'officer', 'abroad', 'reports']),
        /** Of `reports`: the group that opens at once. */
        group: id.optional(),
        isNoneOfThese: z.boolean(),
      }),
    )
    .min(2),
});
export type Gate = z.infer<typeof gateSchema>;

export const phoneNumberSchema = z.strictObject({
  id,
  number: z.string(),
  /** The Danish words a caller hears first, for those who would think they had the wrong number. */
  greeting: z.strictObject({ words: z.string().min(1), ...factSourceSchema.shape }).optional(),
  ...factSourceSchema.shape,
});
export type PhoneNumber = z.infer<typeof phoneNumberSchema>;

/** A district's own way in for those who must not be seen to talk. Never national, never a person's own number. */
export const confidentialContactSchema = z.strictObject({
  districtId: id,
  phone: z.string().min(1).nullable(),
  email: z.email().nullable(),
  ...factSourceSchema.shape,
});
export type ConfidentialContact = z.infer<typeof confidentialContactSchema>;

/** What a flag does besides standing on the report; only flags that do something are listed, in the order of the queue. */
export const flagRuleSchema = z.strictObject({
  id,
  /** The desk is called, without a sound, as soon as such a report is stored. */
  alerts: z.boolean(),
  /** Contact and home stay out of sight until staff ask for them, as if the visitor had asked for it. */
  hidesContact: z.boolean(),
  /** Stands in the desk's queue: what a colleague wants to know before the report is opened. */
  standsInQueue: z.boolean(),
});
export type FlagRule = z.infer<typeof flagRuleSchema>;

/** A language the kiosk does not speak but an interpreter may. Names are facts, not words of a screen. */
export const interpreterLanguageSchema = z.strictObject({
  tag: languageTagSchema,
  /** Its name in itself. */
  endonym: z.string().min(1).max(40),
  danish: z.string().min(1).max(40),
  /** On which page of the screen it stands. */
  page: id,
  isSigned: z.boolean(),
  /** "Interpreter" in that language, where a source was found for the word. */
  interpreter: z.string().min(1).max(40).nullable(),
});
export type InterpreterLanguage = z.infer<typeof interpreterLanguageSchema>;
export const interpreterLanguagesSchema = z.strictObject({
  ...factSourceSchema.shape,
  /** `letters` name a page to whoever reads nothing else on it; null is the page of sign languages. */
  pages: z.array(z.strictObject({ id, letters: z.string().min(1).max(20).nullable() })),
  languages: z.array(interpreterLanguageSchema),
});
export type InterpreterLanguages = z.infer<typeof interpreterLanguagesSchema>;

/** Everything of content a visitor's screen needs, in one answer. */
export const visitorContentSchema = z.strictObject({
  country: z.literal('dk'),
  gates: z.array(gateSchema),
  groups: z.array(typeGroupSchema),
  reportTypes: z.array(askedTypeSchema),
  otherTypes: z.array(otherTypeSchema),
  phoneNumbers: z.array(phoneNumberSchema),
  confidentialContacts: z.array(confidentialContactSchema),
  rightsTopics: z.array(rightsTopicSchema),
  sources: z.array(sourceSchema),
  flagRules: z.array(flagRuleSchema),
  interpreterLanguages: interpreterLanguagesSchema,
  loadedAt: instantSchema,
});
export type VisitorContent = z.infer<typeof visitorContentSchema>;

/** A mistake in content, for whoever mends it: what it touches was left out, or is said in Danish only. */
export const contentProblemSchema = z.strictObject({
  file: z.string(),
  /** Where in the file; empty for all of it. */
  path: z.string(),
  message: z.string(),
});
export type ContentProblem = z.infer<typeof contentProblemSchema>;

/** Flat or nested strings of one namespace in one language. */
export type TextTree = { [key: string]: string | TextTree };
export const textTreeSchema: z.ZodType<TextTree> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), textTreeSchema])),
);
export const servedTextsSchema = z.strictObject({
  language: languageSchema,
  texts: z.strictObject({ content: textTreeSchema, gates: textTreeSchema, rights: textTreeSchema }),
});
export type ServedTexts = z.infer<typeof servedTextsSchema>;
