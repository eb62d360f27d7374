import { z } from 'zod';
import { kioskIdSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import { kioskSigningKeySchema, publicKeySchema } from '../../src-main/contract/keys.ts';
import { submissionSchema } from '../../src-main/contract/report.ts';
import { kioskPlants } from './plants.ts';

/* What is said between kiosk-child.ts and whoever started it, one JSON line each. */
export const kioskSettingsSchema = z.object({
  dataDir: z.string(),
  kioskId: kioskIdSchema,
  districtUrl: z.string(),
  signingKey: kioskSigningKeySchema,
  districtKey: publicKeySchema,
  stationKey: publicKeySchema,
  /** Small batches bring several on their way at once. */
  mostEvents: z.int(),
  plant: z.enum(kioskPlants).nullable(),
});
export type KioskSettings = z.infer<typeof kioskSettingsSchema>;

export const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('submit'), submission: submissionSchema }),
  z.object({ order: z.literal('claim'), reportId: reportIdSchema }),
  z.object({ order: z.literal('count') }),
]);
export type Order = z.infer<typeof orderSchema>;

export const replySchema = z.discriminatedUnion('reply', [
  z.object({ reply: z.literal('ready') }),
  z.object({
    reply: z.literal('told'),
    reportId: z.string(),
    kind: z.string(),
    reference: z.string().nullable(),
  }),
  z.object({ reply: z.literal('claimed') }),
  z.object({ reply: z.literal('waiting'), events: z.int(), stopped: z.string().nullable() }),
]);
export type Reply = z.infer<typeof replySchema>;
