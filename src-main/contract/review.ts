import { z } from 'zod';
import { instantSchema, reportIdSchema } from './ids.ts';
import { reviewStateSchema } from './report.ts';

/** Who works on a report. */
export const reviewSchema = z.strictObject({
  reportId: reportIdSchema,
  state: reviewStateSchema,
  version: z.int().min(1),
  claimedBy: z.string().nullable(),
  isMine: z.boolean(),
  /** Finished by saying no to it. */
  isRejected: z.boolean(),
});
export type Review = z.infer<typeof reviewSchema>;

/** Acted on only while the report still stands as whoever acts has seen it. */
export const expectedVersionSchema = z.strictObject({ reportId: reportIdSchema, version: z.int().min(1) });
export type ExpectedVersion = z.infer<typeof expectedVersionSchema>;

/** What was done with a report, besides what was added to it; the words of the audit log. */
export const deeds = [
  'review-claim',
  'review-take-over',
  'review-release',
  'review-finish',
  'review-reopen',
  'report-escalated',
  'receipt-reprinted',
  'receipt-settled',
] as const;
export const deedSchema = z.strictObject({
  deed: z.enum(deeds),
  at: instantSchema,
  /** Name of whoever did it; null when it was nobody at the desk. */
  by: z.string().nullable(),
});
export type Deed = z.infer<typeof deedSchema>;
