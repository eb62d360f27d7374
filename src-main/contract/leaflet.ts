import { z } from 'zod';
import { localTimeSchema } from './ids.ts';

const id = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Paper that belongs to no report. `from`: when a limit is counted from, as the visitor said; it is kept nowhere. */
export const leafletSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('topic'), topicId: id, from: localTimeSchema.nullable() }),
  z.strictObject({ kind: z.literal('type-info'), typeId: id, from: localTimeSchema.nullable() }),
  /** Of a station (null: of this one) and of what it has hours for, such as `counter`. */
  z.strictObject({ kind: z.literal('hours'), stationId: id.nullable(), serviceId: id }),
  z.strictObject({ kind: z.literal('hand-over') }),
]);
export type Leaflet = z.infer<typeof leafletSchema>;
