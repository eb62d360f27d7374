import { z } from 'zod';
import { entryKindSchema, sealedEntrySchema } from './entry.ts';
import { entryIdSchema, instantSchema, kioskIdSchema, reportIdSchema } from './ids.ts';
import { laneSchema } from './report.ts';

/** The wire between a kiosk and the district's intake, version 1. Sequences start at 1 and have no gap. */
export const eventKindSchema = z.enum(['report-received', 'review-changed', 'entry-added']);
export type EventKind = z.infer<typeof eventKindSchema>;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const eventSchema = z.strictObject({
  sequence: z.int().min(1),
  kind: eventKindSchema,
  reportId: reportIdSchema,
  occurredAt: instantSchema,
  /** JSON text: a sealed report for `report-received`, a review change for `review-changed`, an added entry for `entry-added`. */
  body: z.string().min(2).max(900_000),
  /** SHA-256 of eventDigestText, in hex. */
  hash: sha256Hex,
});
export type KioskEvent = z.infer<typeof eventSchema>;

/** The hash before the first event. */
export const genesisHash = '0'.repeat(64);

/** What is hashed for one event: every field by its length, so that no two events share a text. */
export function eventDigestText(previousHash: string, event: Omit<KioskEvent, 'hash'>): string {
  return [previousHash, String(event.sequence), event.kind, event.reportId, event.occurredAt, event.body]
    .map((part) => `${String(part.length)}:${part}`)
    .join('\n');
}

export const mostEventsInBatch = 100;
export const mostBytesInBatch = 2_000_000;

/** What the batch's JWS (ES256, compact) signs. */
export const batchClaimsSchema = z.strictObject({
  kioskId: kioskIdSchema,
  firstSequence: z.int().min(1),
  lastSequence: z.int().min(1),
  headHash: sha256Hex,
});
export type BatchClaims = z.infer<typeof batchClaimsSchema>;

export const batchSchema = z.strictObject({
  version: z.literal(1),
  ...batchClaimsSchema.shape,
  previousHash: sha256Hex,
  signature: z.string().min(1).max(4000),
  events: z.array(eventSchema).min(1).max(mostEventsInBatch),
});
export type Batch = z.infer<typeof batchSchema>;

/** Why an event is held but not registered: its body is of no known form, or its report id is known with other words. */
export const parkReasonSchema = z.enum(['unreadable', 'other-words']);
export type ParkReason = z.infer<typeof parkReasonSchema>;
export const parkedEventSchema = z.object({ sequence: z.int().min(1), reason: parkReasonSchema });
export type ParkedEvent = z.infer<typeof parkedEventSchema>;

/** "I hold everything of yours through this sequence, durably." A newer intake may say more than this. */
export const acknowledgementSchema = z.object({
  kioskId: kioskIdSchema,
  throughSequence: z.int().min(0),
  headHash: sha256Hex,
  /** Events of this very batch that a person at the district has to look at; they hold nothing else up. */
  parked: z.array(parkedEventSchema).max(mostEventsInBatch).default([]),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** Answers of the intake that are not an acknowledgement; HTTP 409, 403, 422, 400. */
export const intakeRefusalSchema = z.strictObject({
  refusal: z.enum(['gap', 'unknown-kiosk', 'bad-signature', 'broken-chain', 'conflict', 'malformed']),
  /** For `gap`: what the intake holds. */
  throughSequence: z.int().min(0).nullable(),
});
export type IntakeRefusal = z.infer<typeof intakeRefusalSchema>;

export const reviewChangeSchema = z.strictObject({
  reportId: reportIdSchema,
  state: z.enum(['new', 'claimed', 'finished']),
  version: z.int().min(1),
  staffName: z.string().nullable(),
});
export type ReviewChange = z.infer<typeof reviewChangeSchema>;

/** What staff added, sealed. `lane` where the entry moved the report to another one. */
export const entryAddedSchema = z.strictObject({
  entryId: entryIdSchema,
  reportId: reportIdSchema,
  kind: entryKindSchema,
  version: z.int().min(1),
  staffName: z.string(),
  lane: laneSchema.optional(),
  sealedEntry: sealedEntrySchema,
});
export type EntryAdded = z.infer<typeof entryAddedSchema>;

export const batchPath = '/v1/batches';
