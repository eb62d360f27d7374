import { z } from 'zod';

import {
  acknowledgementSchema,
  batchPath,
  batchSchema,
  intakeRefusalSchema,
  parkReasonSchema,
  sha256Hex,
} from './envelope.ts';
import { kioskIdSchema } from './ids.ts';
import { kioskPublicKeySchema, publicKeySchema } from './keys.ts';
import { sealedReportSchema } from './report.ts';

/**
 * Everything the district's intake answers over HTTP. The intake serves from this table, `resources/district-api.json`
 * is made from it, and a test reaches every answer in it.
 */
export interface ApiAnswer {
  readonly when: string;
  readonly content: z.ZodType | 'text';
  /** Says with `Retry-After` how many seconds to stay away. */
  readonly retryAfter?: true;
}
export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** `signature`: inside the body, by a kiosk's key. `reader`: a bearer token given out by the district. */
  readonly proof: 'none' | 'signature' | 'code' | 'reader';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: Readonly<Record<number, ApiAnswer>>;
}

export const problemSchema = z.strictObject({
  problem: z.enum(['not-found', 'method', 'malformed', 'token', 'too-many', 'unavailable']),
});
export type Problem = z.infer<typeof problemSchema>['problem'];

const unavailable: ApiAnswer = {
  when: 'The database does not answer. Nothing is known of what became of the request: send the same again.',
  content: problemSchema,
  retryAfter: true,
};
const tooMany: ApiAnswer = {
  when: 'More at once than this instance takes. Nothing was done: send the same again later.',
  content: problemSchema,
  retryAfter: true,
};
const noToken: ApiAnswer = { when: 'No token, or none that is good here.', content: problemSchema };
const refusal = (when: string): ApiAnswer => ({ when, content: intakeRefusalSchema });

export const keptEntrySchema = z.object({
  entryId: z.string(),
  kind: z.string(),
  addedAt: z.string(),
  addedBy: z.string(),
  sealedEntry: z.string(),
});

/** A report as the district keeps it: sealed. */
export const keptReportSchema = z.strictObject({
  kioskId: z.string(),
  sequence: z.number().int(),
  takenInAt: z.string(),
  review: z
    .strictObject({ state: z.string(), version: z.number().int(), staffName: z.string().nullable() })
    .nullable(),
  /** In the order in which they were added. */
  entries: z.array(keptEntrySchema).default([]),
  sealed: sealedReportSchema.loose(),
});

const deliverBatch: ApiRoute = {
  method: 'POST',
  path: batchPath,
  summary: 'A kiosk delivers events',
  description:
    'Signed, in order, at most 500 events or about 2 MB, never more than 4 MB on the wire. May be sent any number of times. Up to three batches may be on their way at once, each following the other; one that overtakes the one in front of it waits here for two seconds.',
  proof: 'signature',
  body: batchSchema,
  answers: {
    200: {
      when: 'Everything of this kiosk through the last event of this very request is held durably. Events in `parked` are held and not registered; they hold nothing up.',
      content: acknowledgementSchema,
    },
    400: refusal('`malformed`: not a batch of version 1.'),
    403: refusal('`unknown-kiosk`, or `bad-signature`: not signed by a key of this kiosk over these claims.'),
    409: refusal(
      '`gap`: events before these are missing here; `throughSequence` is what is held. `conflict`: another event is held under the same number.',
    ),
    413: refusal('`malformed`: longer than 4 MB. Send fewer events.'),
    415: refusal('`malformed`: not application/json.'),
    422: refusal('`broken-chain`: the hashes do not follow each other, or not what is held.'),
    429: tooMany,
    503: unavailable,
  },
};

/** Where a kiosk's log goes on from: 0 and 64 zeros for a new one. */
const logMarkSchema = z.strictObject({ throughSequence: z.int().min(0), headHash: sha256Hex });
/** What the JWS (ES256, compact) of a registration signs. */
export const registrationProofSchema = z.strictObject({ code: z.string(), log: logMarkSchema });
export const registrationSchema = z.strictObject({
  version: z.literal(1),
  /** As the district gave it out, once. */
  code: z.string().min(8).max(60),
  publicKey: kioskPublicKeySchema,
  log: logMarkSchema,
  /** By the key that is registered. */
  proof: z.string().min(1).max(4000),
});
export type Registration = z.infer<typeof registrationSchema>;
export const registrationRefusals = ['code', 'proof', 'history'] as const;
export type RegistrationRefusal = (typeof registrationRefusals)[number];
export const registeredSchema = z.strictObject({
  kioskId: kioskIdSchema,
  /** Public keys that reports are sealed for, by the id of their district. */
  districtKeys: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), publicKeySchema),
});
const registrationRefusal = (when: string): ApiAnswer => ({
  when,
  content: z.strictObject({ problem: z.enum([...registrationRefusals, 'malformed']) }),
});

const registerKiosk: ApiRoute = {
  method: 'POST',
  path: '/v1/kiosks',
  summary: 'A kiosk registers its key with a one-time code',
  description:
    'May be repeated with the same key. What signed for this kiosk before is revoked. A number that was never used takes a log from where it is, so that a machine may go on under another number; one that was used goes on with its own log only.',
  proof: 'code',
  body: registrationSchema,
  answers: {
    200: { when: 'From now on batches signed with this key are taken.', content: registeredSchema },
    400: registrationRefusal('`malformed`.'),
    403: registrationRefusal(
      '`code`: unknown, over, or used with another key. `proof`: not signed by that key.',
    ),
    409: registrationRefusal('`history`: this number has a log already, and this is not it.'),
    413: registrationRefusal('`malformed`: far too long.'),
    415: registrationRefusal('`malformed`: not application/json.'),
    429: tooMany,
    503: unavailable,
  },
};

const feedEventSchema = z.strictObject({
  kioskId: z.string(),
  sequence: z.int().min(1),
  kind: z.string(),
  reportId: z.string(),
  occurredAt: z.string().nullable(),
  takenInAt: z.string(),
  body: z.string(),
  parked: parkReasonSchema.nullable(),
});
export type FeedEvent = z.infer<typeof feedEventSchema>;
export const feedSchema = z.strictObject({
  events: z.array(feedEventSchema),
  /** To be acknowledged when all of these events are stored. Null: there is nothing new. */
  cursor: z.string().nullable(),
});
export type Feed = z.infer<typeof feedSchema>;
export const mostEventsInFeed = 500;
const badRequest: ApiAnswer = { when: 'A limit or a cursor that is none.', content: problemSchema };

const feed: ApiRoute = {
  method: 'GET',
  path: '/v1/feed',
  summary: 'A case system fetches what is new',
  description:
    'Events this reader has not acknowledged, those of one kiosk in order, at most about 4 MB. Asked again before the acknowledgement it answers the same. A district reads only its own kiosks. Bodies are sealed as they came. `kind` `(whole)`: the body is the whole event as JSON.',
  proof: 'reader',
  query: z.object({ limit: z.coerce.number().int().min(1).max(mostEventsInFeed).default(100) }),
  answers: {
    200: { when: 'What is new, or nothing.', content: feedSchema },
    400: badRequest,
    401: noToken,
    429: tooMany,
    503: unavailable,
  },
};

export const feedAcknowledgementSchema = z.strictObject({ cursor: z.string().min(1).max(200_000) });
const acknowledgeFeed: ApiRoute = {
  method: 'POST',
  path: '/v1/feed/acknowledgements',
  summary: 'A case system has stored what it fetched',
  description: 'May be repeated; never moves anything back.',
  proof: 'reader',
  body: feedAcknowledgementSchema,
  answers: {
    200: {
      when: 'These events are not told to this reader again.',
      content: z.strictObject({ kiosks: z.int() }),
    },
    400: badRequest,
    401: noToken,
    413: { when: 'Far too long.', content: problemSchema },
    415: { when: 'Not application/json.', content: problemSchema },
    429: tooMany,
    503: unavailable,
  },
};

const metrics: ApiRoute = {
  method: 'GET',
  path: '/metrics',
  summary: 'Counts for Prometheus',
  description: 'For any reader. Kiosk numbers and counts; nothing of a report.',
  proof: 'reader',
  answers: {
    200: { when: 'Text format 0.0.4.', content: 'text' },
    401: noToken,
    429: tooMany,
    503: unavailable,
  },
};

const health: ApiRoute = {
  method: 'GET',
  path: '/v1/health',
  summary: 'Whether this instance and its database answer',
  description: '`isDurable` is false when the database would lose a commit with the power.',
  proof: 'none',
  answers: {
    200: {
      when: 'Both answer.',
      content: z.strictObject({
        database: z.enum(['postgres', 'pglite', 'memory']),
        isDurable: z.boolean(),
      }),
    },
    503: unavailable,
  },
};

const reports: ApiRoute = {
  method: 'GET',
  path: '/v1/reports',
  summary: 'All reports, sealed',
  description:
    'For the command line beside an intake that holds its own database; served only where it was given a token.',
  proof: 'reader',
  answers: {
    200: { when: 'In the order of each kiosk.', content: z.array(keptReportSchema) },
    401: noToken,
    429: { ...tooMany, when: 'Too many wrong tokens from this address.' },
    503: unavailable,
  },
};

const description: ApiRoute = {
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  description: 'As published in resources/district-api.json.',
  proof: 'none',
  answers: { 200: { when: 'Always.', content: z.looseObject({ openapi: z.string() }) } },
};

export const districtApi = {
  deliverBatch,
  registerKiosk,
  feed,
  acknowledgeFeed,
  reports,
  health,
  metrics,
  description,
} as const;
export type DistrictOperation = keyof typeof districtApi;
