import { z } from 'zod';
import { localTimeSchema } from './ids.ts';
import { printerProblemSchema, printStateSchema } from './status.ts';

/** Made by the page before it asks, so that asking twice prints once. */
export const leafletIdSchema = z.uuid().brand<'LeafletId'>();
export type LeafletId = z.infer<typeof leafletIdSchema>;

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Paper that belongs to no report. `from`: when a limit is counted from, as the visitor said; it is kept nowhere. */
export const leafletSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('topic'), topicId: id, from: localTimeSchema.nullable() }),
  z.strictObject({ kind: z.literal('type-info'), typeId: id, from: localTimeSchema.nullable() }),
  z.strictObject({ kind: z.literal('hours') }),
  z.strictObject({ kind: z.literal('hand-over') }),
]);
export type Leaflet = z.infer<typeof leafletSchema>;

/** As of a slip; nobody settles a leaflet. */
export const leafletStatusSchema = z.strictObject({
  leafletId: leafletIdSchema,
  state: printStateSchema.exclude(['settled']),
  problem: printerProblemSchema.nullable(),
});
export type LeafletStatus = z.infer<typeof leafletStatusSchema>;
