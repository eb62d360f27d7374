import { z } from 'zod';
import {
  instantSchema,
  referenceNumberSchema,
  reportIdSchema,
  type ReportId,
} from '../../src-main/contract/ids.ts';
import {
  laneSchema,
  reviewStateSchema,
  sealedReportSchema,
  type SealedReport,
} from '../../src-main/contract/report.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';
import { appendEvent } from './event.ts';

const reportRow = z
  .object({
    sequence: z.int(),
    report_id: reportIdSchema,
    reference: referenceNumberSchema,
    received_at: instantSchema,
    lane: laneSchema,
    state: reviewStateSchema,
    version: z.int(),
    claimed_by: z.string().nullable(),
    claimed_by_name: z.string().nullable(),
    finished_at: instantSchema.nullable(),
    is_rejected: z.int(),
  })
  .transform(({ report_id, received_at, claimed_by, claimed_by_name, finished_at, is_rejected, ...row }) => ({
    ...row,
    reportId: report_id,
    receivedAt: received_at,
    /** Staff id. */
    claimedBy: claimed_by,
    claimedByName: claimed_by_name,
    finishedAt: finished_at,
    isRejected: is_rejected === 1,
  }));

/** What of a report stands in clear. */
export type StoredReport = z.infer<typeof reportRow>;

/**
 * Adds the report and the event that carries it; its print job belongs to it. `body` is the sealed report as JSON, when
 * it is ready. @returns the sequence of all three.
 */
export function insertReport(
  db: WritableDb,
  sealed: SealedReport,
  body: string = JSON.stringify(sealed),
): number {
  const sequence = appendEvent(db, {
    kind: 'report-received',
    reportId: sealed.reportId,
    occurredAt: sealed.receivedAt,
    body,
  });
  db.run(
    `INSERT INTO report (sequence, report_id, reference, received_at, lane, state, version, claimed_by)
     VALUES (?, ?, ?, ?, ?, 'new', 1, NULL)`,
    sequence,
    sealed.reportId,
    sealed.reference,
    sealed.receivedAt,
    sealed.lane,
  );
  return sequence;
}

const selectReport = `SELECT r.*,
  (SELECT s.display_name FROM staff s WHERE s.staff_id = r.claimed_by) AS claimed_by_name FROM report r`;

export function findReport(db: ReadableDb, reportId: ReportId): StoredReport | null {
  const row = db.get(`${selectReport} WHERE r.report_id = ?`, reportId);
  return row === undefined ? null : reportRow.parse(row);
}

export function hasReport(db: ReadableDb, reportId: ReportId): boolean {
  return db.get('SELECT 1 FROM report WHERE report_id = ?', reportId) !== undefined;
}

const bodyRow = z.object({ body: z.string() });

/** The sealed documents, from the event that carries them. */
export function findSealed(db: ReadableDb, sequence: number): SealedReport | null {
  const row = db.get('SELECT body FROM event WHERE sequence = ?', sequence);
  return row === undefined ? null : sealedReportSchema.parse(JSON.parse(bodyRow.parse(row).body));
}

const countRow = z.object({ count: z.int() });

export function countReports(db: ReadableDb): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM report')).count;
}
