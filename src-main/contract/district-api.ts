import { z } from 'zod';
import { acknowledgementSchema, batchPath, batchSchema, intakeRefusalSchema } from './envelope.ts';
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
  readonly proof: 'none' | 'signature' | 'reader';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answers: Readonly<Record<number, ApiAnswer>>;
}

export const problemSchema = z.strictObject({
  problem: z.enum(['not-found', 'method', 'token', 'too-many', 'unavailable']),
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

export const districtApi = { deliverBatch, health, reports, description } as const;
export type DistrictOperation = keyof typeof districtApi;
