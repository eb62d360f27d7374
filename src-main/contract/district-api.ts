import { z } from 'zod';
import { noToken, tooMany, unavailable, type ApiRoute } from './api-route.ts';
import { askContent, fetchContentPart } from './content-api.ts';
import { deliverBatch, registerKiosk, renewKioskKey } from './kiosk-api.ts';
import { acknowledgeFeed, feed, reports } from './reader-api.ts';
import { districts, transferReport } from './transfer-api.ts';

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

const description: ApiRoute = {
  method: 'GET',
  path: '/openapi.json',
  summary: 'This document',
  description: 'As published in resources/district-api.json.',
  proof: 'none',
  answers: { 200: { when: 'Always.', content: z.looseObject({ openapi: z.string() }) } },
};

/**
 * Everything the district's intake answers over HTTP. The intake serves from this table, `resources/district-api.json`
 * is made from it, and a test reaches every answer in it.
 */
export const districtApi = {
  deliverBatch,
  askContent,
  fetchContentPart,
  registerKiosk,
  renewKioskKey,
  feed,
  acknowledgeFeed,
  transferReport,
  districts,
  reports,
  health,
  metrics,
  description,
} as const;
export type DistrictOperation = keyof typeof districtApi;
