import { z } from 'zod';
import { noToken, problemSchema, tooMany, unavailable, type ApiAnswer, type ApiRoute } from './api-route.ts';
import { parkReasonSchema } from './envelope.ts';
import { sealedReportSchema } from './report.ts';
import { handedKeysSchema, noticeSchema, transferSchema } from './transfer-api.ts';

export const keptEntrySchema = z.object({
  kioskId: z.string(),
  sequence: z.number().int(),
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
  /** Each with the keys that were handed over by it. */
  transfers: z.array(z.strictObject({ transfer: transferSchema, keys: handedKeysSchema })).default([]),
  sealed: sealedReportSchema.loose(),
});

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
  /** Of this district: what was handed to it, and what became of what it handed over. */
  notices: z.array(noticeSchema).default([]),
  /** To be acknowledged when all of this is stored. Null: there is nothing new. */
  cursor: z.string().nullable(),
});
export type Feed = z.infer<typeof feedSchema>;
export const mostEventsInFeed = 500;
const badRequest: ApiAnswer = { when: 'A limit or a cursor that is none.', content: problemSchema };

export const feed: ApiRoute = {
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
export const acknowledgeFeed: ApiRoute = {
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

export const reports: ApiRoute = {
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
