import { z } from 'zod';
import { localDateSchema } from './ids.ts';

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);
const read = { date: localDateSchema, reviewBy: localDateSchema };

/** A page, a law or a table that something on screen was taken from. Its own words, if any: `rights:source.<id>.note`. */
export const sourceSchema = z.strictObject({
  id,
  kind: z.enum(['text', 'law', 'data']),
  /** For the line under a text. A proper name, as `title`: neither is translated. */
  name: z.string().min(1).max(60),
  title: z.string().min(1),
  /** Where it stands; written, never opened. */
  address: z.string().min(1).nullable(),
  /** The day its publisher dated it. */
  edition: localDateSchema.nullable(),
  ...read,
});
export type Source = z.infer<typeof sourceSchema>;

/** One statement. Texts: `rights:<topic>.claim.<id>.text`, and `.title` for a step or for the figure it is about. */
export const rightsClaimSchema = z.strictObject({
  id,
  sources: z.array(id).min(1),
  ...read,
  /** What becomes of it after `reviewBy`; by default it is shown with a mark. */
  whenOverdue: z.literal('hidden').optional(),
  /** To be done within so many hours of what happened: the screen asks when that was. */
  deadlineHours: z.int().min(1).max(1000).optional(),
});
export type RightsClaim = z.infer<typeof rightsClaimSchema>;

/** A page of the rights. Text: `rights:<id>.title`. */
export const rightsTopicSchema = z.strictObject({
  id,
  icon: z.string().nullable(),
  /** `steps` are numbered: one comes after the other. */
  form: z.enum(['text', 'steps']),
  phoneNumbers: z.array(id),
  /** Visitors whom it concerns whatever they came for. */
  firstFor: z.array(z.enum(['under18', 'other-language'])).optional(),
  /** Never offered once one of these was chosen. */
  neverAfter: z
    .strictObject({
      types: z.array(id),
      gateAnswers: z.array(z.strictObject({ gateId: id, codes: z.array(id).min(1) })),
    })
    .optional(),
  claims: z.array(rightsClaimSchema).min(1),
});
export type RightsTopic = z.infer<typeof rightsTopicSchema>;
