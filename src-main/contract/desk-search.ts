import { z } from 'zod';
import { inSession } from './desk-session.ts';
import { entrySchema } from './entry.ts';
import { localTimeSchema, reportIdSchema } from './ids.ts';
import { sealedDocumentSchema } from './report.ts';
import { queueRowSchema } from './status.ts';

/** A line of the queue without its seal. */
export const queueStandingSchema = queueRowSchema.omit({ sealedSummary: true });
export type QueueStanding = z.infer<typeof queueStandingSchema>;

/** What staff added to a report: sealed, and what has to stand inside the seal. */
export const namedEntrySchema = entrySchema.pick({
  entryId: true,
  reportId: true,
  kind: true,
  sealedEntry: true,
});
export type NamedEntry = z.infer<typeof namedEntrySchema>;

const replyPromiseSchema = z.strictObject({ from: localTimeSchema, until: localTimeSchema, days: z.int() });

/** So many lines are told of at once. */
export const mostStandings = 200;

/** What a signed-in desk needs to search: sealed reports a page at a time, and what has changed since. */
export const deskSearchContract = {
  /**
   * Before the first page: the audit log notes once who opens how many reports for search. `afterSequence` 0: all of them;
   * otherwise those that came after. The line stands for what is added to them, too, while this desk stays open.
   */
  beginSearch: inSession
    .input(z.strictObject({ afterSequence: z.int().min(0) }))
    .errors({ NOT_STORED: { status: 507 } })
    .output(
      z.strictObject({
        reports: z.int().min(0),
        throughSequence: z.int().min(0),
        /** What happens after this event is asked for with `queueChanges`. */
        throughEvent: z.int().min(0),
        /** When the station promised an answer within so many days to whoever reported then. */
        promises: z.array(replyPromiseSchema),
      }),
    ),
  /** Newest first, within what was noted. As many as fit into one message. */
  openForSearch: inSession
    .input(z.strictObject({ beforeSequence: z.int().min(1).nullable() }))
    .errors({ NOT_BEGUN: { status: 409 } })
    .output(
      z.strictObject({
        reports: z.array(
          z.strictObject({
            row: queueStandingSchema,
            sealedReport: sealedDocumentSchema,
            /** In the order in which they were added. */
            entries: z.array(namedEntrySchema),
          }),
        ),
        nextBeforeSequence: z.int().nullable(),
      }),
    ),
  /** How the reports stand that something happened to after an event, and those that are asked for by name. */
  queueChanges: inSession
    .input(
      z.strictObject({
        afterEvent: z.int().min(0),
        reportIds: z.array(reportIdSchema).max(mostStandings),
      }),
    )
    .output(
      z.strictObject({
        rows: z.array(queueStandingSchema),
        /** Added after the event, to reports of the pages before: on a line that has begun. */
        entries: z.array(namedEntrySchema),
        /** No longer on the kiosk: their time was over. */
        gone: z.array(reportIdSchema),
        throughEvent: z.int().min(0),
        hasMore: z.boolean(),
      }),
    ),
};
