import { z } from 'zod';
import { noToken, problemSchema, tooMany, unavailable, type ApiAnswer, type ApiRoute } from './api-route.ts';
import { parkReasonSchema, sha256Hex } from './envelope.ts';
import { kioskIdSchema, reportIdSchema } from './ids.ts';
import { publicKeySchema } from './keys.ts';

/** Two digits, as in front of its kiosks' numbers. */
const districtNumberSchema = z.string().regex(/^\d{2}$/);

/** Where in the body of an event a sealed document stands. */
const sealedPartSchema = z.enum(['sealedReport', 'sealedSummary', 'sealedEntry']);
export type SealedPart = z.infer<typeof sealedPartSchema>;

/**
 * One more recipient of a document that was sealed before: its content key, wrapped for the district that gets it. The
 * document itself stays as it was chained.
 */
const handedKeySchema = z.strictObject({
  kioskId: kioskIdSchema,
  sequence: z.int().min(1),
  part: sealedPartSchema,
  /** Of the receiving district. */
  kid: z.string().min(8).max(80),
  /** RSA-OAEP-256, 3072 bits. */
  encryptedKey: z.string().regex(/^[\w-]{512}$/),
});
export type HandedKey = z.infer<typeof handedKeySchema>;
export const handedKeysSchema = z.array(handedKeySchema).max(2000);

export const transferRequestSchema = z.strictObject({
  reportId: reportIdSchema,
  to: districtNumberSchema,
  /** JWE like a report's, for both districts; null where an entry of the report says why. */
  sealedReason: z.string().min(1).max(60_000).nullable(),
  keys: handedKeysSchema,
});
export type TransferRequest = z.infer<typeof transferRequestSchema>;

export const transferSchema = z.strictObject({
  reportId: z.string(),
  /** From 1 for each report: it may be handed on, and back. */
  turn: z.int().min(1),
  from: districtNumberSchema,
  to: districtNumberSchema,
  transferredAt: z.string(),
  /** When a reader of the receiving district had stored it; null before. */
  receivedAt: z.string().nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

export const transferRefusals = [
  'unknown-report',
  'unknown-district',
  'own-district',
  'unknown-event',
  'other-key',
  'report-key-missing',
] as const;
export type TransferRefusal = (typeof transferRefusals)[number];
const refusal = (...words: readonly TransferRefusal[]): z.ZodType =>
  z.strictObject({ problem: z.enum([...words]) });

const unwanted: Readonly<Record<400 | 413 | 415, ApiAnswer>> = {
  400: { when: 'Not of this form.', content: problemSchema },
  413: { when: 'Far too long.', content: problemSchema },
  415: { when: 'Not application/json.', content: problemSchema },
};

export const transferReport: ApiRoute = {
  method: 'POST',
  path: '/v1/transfers',
  summary: 'A district hands a report to another one',
  description:
    'By a reader of the district that has the report: its kiosk took it in, or it was handed over before. The reader takes the content key out of each document with its own key and wraps it for the other district; nothing else leaves it. Asked again without anything new it is the same transfer; with entries that were added since, they follow.',
  proof: 'reader',
  body: transferRequestSchema,
  answers: {
    200: {
      when: 'The other district is told in its feed. `isNew` false: it was told before.',
      content: z.strictObject({ transfer: transferSchema, isNew: z.boolean() }),
    },
    ...unwanted,
    401: noToken,
    404: {
      when: '`unknown-report`: none of that id at the district of this reader.',
      content: refusal('unknown-report'),
    },
    422: {
      when: '`unknown-district`: no key of it is known here. `own-district`: it has the report. `unknown-event`: a key for something that is no event of this report. `other-key`: not a key of that district. `report-key-missing`: it could not read the report.',
      content: refusal(
        'unknown-district',
        'own-district',
        'unknown-event',
        'other-key',
        'report-key-missing',
      ),
    },
    429: tooMany,
    503: unavailable,
  },
};

export const districts: ApiRoute = {
  method: 'GET',
  path: '/v1/districts',
  summary: 'Districts that a report can be handed to, with their public keys',
  description: 'Of several keys of a district the first is the one to wrap for.',
  proof: 'reader',
  answers: {
    200: {
      when: 'Those that this intake was given keys of.',
      content: z.array(
        z.strictObject({
          district: districtNumberSchema,
          districtId: z.string(),
          keys: z.array(publicKeySchema),
        }),
      ),
    },
    401: noToken,
    429: tooMany,
    503: unavailable,
  },
};

/** An event as it came, with what its hash is made from. */
const handedEventSchema = z.strictObject({
  kioskId: z.string(),
  sequence: z.int().min(1),
  kind: z.string(),
  occurredAt: z.string().nullable(),
  takenInAt: z.string(),
  body: z.string(),
  parked: parkReasonSchema.nullable(),
  hash: sha256Hex,
  /** Null where the event before it is not held here. */
  previousHash: sha256Hex.nullable(),
});
export type HandedEvent = z.infer<typeof handedEventSchema>;

const told = { district: districtNumberSchema, sequence: z.int().min(1), transfer: transferSchema };
/** What a district is told besides its kiosks' events. */
export const noticeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...told,
    kind: z.literal('transfer-arrived'),
    sealedReason: z.string().nullable(),
    /** What this district has not had before, in the order in which it was taken in. */
    events: z.array(handedEventSchema),
    keys: handedKeysSchema,
  }),
  /** To the district that handed it over. */
  z.strictObject({ ...told, kind: z.literal('transfer-received') }),
]);
export type Notice = z.infer<typeof noticeSchema>;
