import { z } from 'zod';
import { inSession } from './desk-session.ts';
import { entryIdSchema, reportIdSchema } from './ids.ts';
import { entryKindSchema, entrySchema, sealedEntrySchema } from './entry.ts';
import { laneSchema } from './report.ts';
import { deedSchema, expectedVersionSchema, reviewSchema } from './review.ts';

/** A report as it stands now: who has it, what was added, what was done. */
export const standingSchema = z.strictObject({
  review: reviewSchema,
  entries: z.array(entrySchema),
  deeds: z.array(deedSchema),
});
export type Standing = z.infer<typeof standingSchema>;

const notFound = { NOT_FOUND: { status: 404 } };
const refused = {
  ...notFound,
  /** Somebody was faster, or it does not fit any more; how it stands now. */
  CHANGED: { status: 409, data: standingSchema },
  NOT_STORED: { status: 507 },
  /** Nobody knows whether it was kept. Asking again with the same id is safe. */
  UNCERTAIN: { status: 503 },
};

const addition = { ...expectedVersionSchema.shape, entryId: entryIdSchema, sealedEntry: sealedEntrySchema };

/** Working on one report. Every entry is compared with the version its author has seen, and safe to send again. */
export const deskEntriesContract = {
  /** How an open report stands; noted in the audit log as a reading. */
  standing: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors(notFound)
    .output(standingSchema),
  addEntry: inSession
    .input(
      z.strictObject({
        ...addition,
        kind: entryKindSchema.exclude(['transfer', 'rejection', 'lane']),
      }),
    )
    .errors(refused)
    .output(standingSchema),
  changeLane: inSession
    .input(z.strictObject({ ...addition, lane: laneSchema }))
    .errors(refused)
    .output(standingSchema),
  transfer: inSession.input(z.strictObject(addition)).errors(refused).output(standingSchema),
  /** An entry, and the report is finished with it. */
  reject: inSession.input(z.strictObject(addition)).errors(refused).output(standingSchema),
  /** Puts the report among the calls, for whoever can help at once. */
  escalate: inSession
    .input(z.strictObject({ reportId: reportIdSchema }))
    .errors(notFound)
    .output(z.strictObject({})),
};
