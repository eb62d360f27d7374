import { z } from 'zod';
import { contentIdSchema as id } from './content.ts';
import { localDateSchema } from './ids.ts';

const fact = { id, sources: z.array(id).min(1), date: localDateSchema, reviewBy: localDateSchema };

/** What police tell a victim, ticked off by staff once it was told. Text: `rights:given.<id>`. */
export const rightsItemSchema = z.strictObject({
  ...fact,
  /** Told only to the family of somebody who died of the crime. */
  isForRelatives: z.boolean(),
  /** The page of the rights that says it whole, for paper. */
  topicId: id,
});
export type RightsItem = z.infer<typeof rightsItemSchema>;

/** Why a report is not taken further, word for word as the visitor is told. Texts: `rights:rejection.<id>.label` and `.text`. */
export const rejectionSchema = z.strictObject(fact);
export type Rejection = z.infer<typeof rejectionSchema>;

/** What of content only a desk needs. */
export const deskContentSchema = z.strictObject({
  rightsItems: z.array(rightsItemSchema),
  rejections: z.array(rejectionSchema),
});
export type DeskContent = z.infer<typeof deskContentSchema>;
