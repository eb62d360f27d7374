import { z } from 'zod';
import { entryIdSchema, instantSchema, languageSchema, reportIdSchema } from './ids.ts';
import { laneSchema } from './report.ts';

/** What staff add to a report. */
export const entryKinds = [
  'note',
  'question',
  'translation',
  'rights-given',
  'transfer',
  'journal-number',
  'rejection',
  'lane',
  'undone',
] as const;
export const entryKindSchema = z.enum(entryKinds);
export type EntryKind = z.infer<typeof entryKindSchema>;

/** Room for the longest entry in the widest letters, sealed for six. */
export const mostEntryCharacters = 150_000;
/** jose General JSON serialisation, as text. The desk's page seals it; the kiosk stores and forwards it. */
export const sealedEntrySchema = z.string().min(1).max(mostEntryCharacters);

/** An entry as the kiosk knows it: who, when and of which kind. */
export const entrySchema = z.strictObject({
  entryId: entryIdSchema,
  reportId: reportIdSchema,
  kind: entryKindSchema,
  addedAt: instantSchema,
  /** Name of the colleague. */
  addedBy: z.string(),
  isDelivered: z.boolean(),
  sealedEntry: sealedEntrySchema,
});
export type Entry = z.infer<typeof entrySchema>;

const code = z.string().regex(/^[a-z0-9-]{1,40}$/);
/** As much as a visitor may write. */
export const longestEntryText = 8000;
const words = z.string().min(1).max(longestEntryText);
/** In every content, so that no entry can stand in for another. */
const bound = { entryId: entryIdSchema, reportId: reportIdSchema };

/** What an entry says, as it is sealed. Only a paired desk and the district ever see it open. */
export const entryContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...bound, kind: z.literal('note'), text: words }),
  /** Asked in the lobby, by calling the number, or later, by the visitor's safe contact. */
  z.strictObject({ ...bound, kind: z.literal('question'), text: words, way: z.enum(['lobby', 'later']) }),
  /** Danish for what stands untouched in one answer. */
  z.strictObject({
    ...bound,
    kind: z.literal('translation'),
    questionId: code,
    text: words,
    /** Who made it, by name or number. */
    madeBy: z.string().min(1).max(100),
    maker: z.enum(['colleague', 'interpreter', 'translator']),
  }),
  /** `items` are ids of the checklist in content. */
  z.strictObject({
    ...bound,
    kind: z.literal('rights-given'),
    items: z.array(code).min(1).max(40),
    way: z.enum(['spoken', 'paper', 'both']),
    language: languageSchema,
  }),
  /** `isReadable`: the new district's key was known, so that it can open this and what is added later. */
  z.strictObject({
    ...bound,
    kind: z.literal('transfer'),
    districtId: code,
    reason: words,
    isReadable: z.boolean(),
  }),
  z.strictObject({ ...bound, kind: z.literal('journal-number'), number: z.string().min(1).max(60) }),
  /** Word for word what the visitor was told; `own` is null where that was Danish. */
  z.strictObject({
    ...bound,
    kind: z.literal('rejection'),
    /** Of the templates in content; null: in own words. */
    reasonId: code.nullable(),
    danish: words,
    own: words.nullable(),
    language: languageSchema,
  }),
  z.strictObject({ ...bound, kind: z.literal('lane'), lane: laneSchema, reason: z.string().max(1000) }),
  /** Takes an earlier entry back. Both stay. */
  z.strictObject({ ...bound, kind: z.literal('undone'), undoes: entryIdSchema }),
]);
export type EntryContent = z.infer<typeof entryContentSchema>;
