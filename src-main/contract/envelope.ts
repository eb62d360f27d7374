import { z } from 'zod';
import { entryKindSchema, sealedEntrySchema } from './entry.ts';
import { entryIdSchema, instantSchema, kioskIdSchema, reportIdSchema } from './ids.ts';
import { laneSchema } from './report.ts';

/** The wire between a kiosk and the district's intake, version 1. Sequences start at 1 and have no gap. */
export const eventKindSchema = z.enum(['report-received', 'review-changed', 'entry-added', 'report-purged']);
export type EventKind = z.infer<typeof eventKindSchema>;

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Room for the largest sealed report beside its summary. */
export const mostBodyCharacters = 1_800_000;

/** An event as a kiosk writes it. */
export const eventSchema = z.strictObject({
  sequence: z.int().min(1),
  kind: eventKindSchema,
  reportId: reportIdSchema,
  occurredAt: instantSchema,
  /** JSON text: a sealed report for `report-received`, a review change for `review-changed`, an added entry for `entry-added`. */
  body: z.string().min(2).max(mostBodyCharacters),
  /** SHA-256 of eventDigestText, in hex. */
  hash: sha256Hex,
});
export type KioskEvent = z.infer<typeof eventSchema>;

/**
 * An event as it is sent. Its words are taken as they come: one that an intake cannot read, or of a kind it does not know
 * yet, is kept and parked, and holds nothing up.
 */
export const wireEventSchema = z.strictObject({
  sequence: z.int().min(1),
  kind: z.string().max(60),
  reportId: z.string().max(100),
  occurredAt: z.string().max(60),
  body: z.string().max(mostBodyCharacters),
  hash: sha256Hex,
});
export type WireEvent = z.infer<typeof wireEventSchema>;

/** The hash before the first event. */
export const genesisHash = '0'.repeat(64);

/** What is hashed for one event: every field by its length, so that no two events share a text. */
export function eventDigestText(previousHash: string, event: Omit<WireEvent, 'hash'>): string {
  return [previousHash, String(event.sequence), event.kind, event.reportId, event.occurredAt, event.body]
    .map((part) => `${String(part.length)}:${part}`)
    .join('\n');
}

export const mostEventsInBatch = 500;
export const mostBytesInBatch = 2_000_000;

/**
 * Why an event is sent without its words: they are not what the chain says (somebody changed the kiosk's database), they
 * were deleted when their time was over, or IT set the event aside because the intake takes it in no form.
 */
export const withholdReasonSchema = z.enum(['altered', 'purged', 'set-aside']);
export type WithholdReason = z.infer<typeof withholdReasonSchema>;
export const withheldEventSchema = z.strictObject({
  sequence: z.int().min(1),
  reason: withholdReasonSchema,
});
export type WithheldEvent = z.infer<typeof withheldEventSchema>;

/** What the batch's JWS (ES256, compact) signs. */
export const batchClaimsSchema = z.strictObject({
  kioskId: kioskIdSchema,
  firstSequence: z.int().min(1),
  lastSequence: z.int().min(1),
  headHash: sha256Hex,
  /** Events of this batch whose body is empty; their hash is the one in the kiosk's log. Left out: none. */
  withheld: z.array(withheldEventSchema).min(1).max(mostEventsInBatch).optional(),
});
export type BatchClaims = z.infer<typeof batchClaimsSchema>;

export const batchSchema = z.strictObject({
  version: z.literal(1),
  ...batchClaimsSchema.shape,
  previousHash: sha256Hex,
  signature: z.string().min(1).max(4000),
  events: z.array(wireEventSchema).min(1).max(mostEventsInBatch),
});
export type Batch = z.infer<typeof batchSchema>;

/**
 * Why an event is held but not registered: its body is of no known form, its report id is known with other words, or it
 * came without its words.
 */
export const parkReasonSchema = z.enum(['unreadable', 'other-words', 'withheld']);
export type ParkReason = z.infer<typeof parkReasonSchema>;
/** A reason of a later version is told as the plainest of ours. */
export const parkedEventSchema = z.object({
  sequence: z.int().min(1),
  reason: parkReasonSchema.catch('unreadable'),
});
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

/** The kiosk has deleted the words of this report; the district has acknowledged its events up to the sequence. */
export const reportPurgedSchema = z.strictObject({
  reportId: reportIdSchema,
  throughSequence: z.int().min(1),
});
export type ReportPurged = z.infer<typeof reportPurgedSchema>;

export const batchPath = '/v1/batches';
