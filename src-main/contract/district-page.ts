import { z } from 'zod';
import { kioskIdSchema } from './ids.ts';

/** What the intake's own page is told. Numbers of kiosks, times and counts; nothing of a report. */
const kioskKeySchema = z.strictObject({
  keyId: z.string(),
  addedAt: z.string(),
  state: z.enum(['counts', 'renewed', 'revoked']),
});
export const districtOverviewSchema = z.strictObject({
  /** The role that is signed in. */
  administrator: z.string(),
  now: z.string(),
  kiosks: z.array(
    z.strictObject({
      kioskId: z.string(),
      /** Null: registered or given a code, never heard of. */
      lastContactAt: z.string().nullable(),
      /** The last event that is held; they have no gap. */
      through: z.int(),
      parked: z.int(),
      otherHistories: z.int(),
      /** The newest first; empty: its key lies in the folder, or it has none yet. */
      keys: z.array(kioskKeySchema),
      hasKeyInFolder: z.boolean(),
      /** A code that was not used yet is good until then. */
      codeUntil: z.string().nullable(),
    }),
  ),
  readers: z.array(
    z.strictObject({
      name: z.string(),
      district: z.string().nullable(),
      isRevoked: z.boolean(),
      /** Events that it has not acknowledged. */
      behind: z.int(),
    }),
  ),
  transfersWaiting: z.int(),
});
export type DistrictOverview = z.infer<typeof districtOverviewSchema>;

export const openSessionSchema = z.strictObject({ code: z.string().min(1).max(60) });
export const kioskActionSchema = z.strictObject({ kioskId: kioskIdSchema });
export const madeCodeSchema = z.strictObject({ kioskId: z.string(), code: z.string(), validHours: z.int() });
export type MadeCode = z.infer<typeof madeCodeSchema>;
