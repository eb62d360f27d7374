import { z } from 'zod';
import type { ReportPurged } from '../../src-main/contract/envelope.ts';
import { instantSchema, referenceNumberSchema, reportIdSchema } from '../../src-main/contract/ids.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';
import { findAcknowledgedAt, findMark } from './acknowledgement.ts';
import { appendAudit } from './audit.ts';
import { appendEvent } from './event.ts';

const finishedRow = z
  .object({
    sequence: z.int(),
    report_id: reportIdSchema,
    reference: referenceNumberSchema,
    finished_at: instantSchema.nullable(),
    last_sequence: z.int(),
    last_at: instantSchema,
    parked: z.int(),
  })
  .transform(({ report_id, finished_at, last_sequence, last_at, parked, ...row }) => ({
    ...row,
    reportId: report_id,
    finishedAt: finished_at,
    lastSequence: last_sequence,
    lastAt: last_at,
    isParked: parked > 0,
  }));
/** A report on which work has ended, with the last that was said of it. */
export type FinishedReport = z.infer<typeof finishedRow>;

const eventsOf = `SELECT sequence FROM event WHERE report_id = r.report_id AND kind <> 'report-received'
  UNION ALL SELECT r.sequence`;

/** In the order in which they came, after a sequence. */
export function listFinished(db: ReadableDb, afterSequence: number, most: number): FinishedReport[] {
  const rows = db.all(
    `SELECT f.*, l.occurred_at AS last_at FROM (
       SELECT r.sequence, r.report_id, r.reference, r.finished_at,
         (SELECT max(sequence) FROM (${eventsOf})) AS last_sequence,
         (SELECT count(*) FROM parked_event WHERE sequence IN (${eventsOf})) AS parked
       FROM report r WHERE r.state <> 'new' AND r.state = 'finished' AND r.sequence > ?
       ORDER BY r.sequence LIMIT ?
     ) f CROSS JOIN event l ON l.sequence = f.last_sequence ORDER BY f.sequence`,
    afterSequence,
    most,
  );
  return rows.map((row) => finishedRow.parse(row));
}

/** Since when the district has held all of it and nothing more was done; null while it does not, or has to look at it. */
export function restingSince(db: ReadableDb, report: FinishedReport): string | null {
  if (report.isParked || findMark(db).throughSequence < report.lastSequence) return null;
  const acknowledgedAt = findAcknowledgedAt(db, report.lastSequence);
  if (acknowledgedAt === null) return null;
  const instants = [acknowledgedAt, report.lastAt, report.finishedAt ?? report.lastAt];
  return instants.toSorted().at(-1) ?? null;
}

/**
 * Deletes the words of a report and everything that belongs to it. The hashes stay, and so does the number, which is never
 * given again. The log says that it was done.
 */
export function purgeReport(db: WritableDb, report: FinishedReport, now: string): void {
  const { sequence, reportId, reference, lastSequence } = report;
  db.run(
    `UPDATE event SET body = NULL
     WHERE sequence = ? OR (report_id = ? AND kind <> 'report-received' AND sequence <= ?)`,
    sequence,
    reportId,
    lastSequence,
  );
  db.run('DELETE FROM entry WHERE report_id = ?', reportId);
  db.run('DELETE FROM print_job WHERE reference = ?', reference);
  db.run('DELETE FROM report WHERE sequence = ?', sequence);
  db.run(
    'INSERT INTO purged_report (reference, report_id, purged_at) VALUES (?, ?, ?)',
    reference,
    reportId,
    now,
  );
  const body: ReportPurged = { reportId, throughSequence: lastSequence };
  appendEvent(db, { kind: 'report-purged', reportId, occurredAt: now, body: JSON.stringify(body) });
  appendAudit(db, { occurredAt: now, actor: 'kiosk', action: 'report-purged', subject: reportId });
}

const lineRow = z.object({ sequence: z.int(), occurred_at: z.string(), hash: z.string() });

/**
 * Deletes lines of the audit log from its start up to the first that is not older, never its last one.
 * @returns how many.
 */
export function purgeAudit(db: WritableDb, before: string, most: number): number {
  const rows = db
    .all('SELECT sequence, occurred_at, hash FROM audit ORDER BY sequence LIMIT ?', most + 1)
    .map((row) => lineRow.parse(row));
  const firstKept = rows.findIndex(({ occurred_at }) => occurred_at >= before);
  const over = firstKept === -1 ? rows.slice(0, -1) : rows.slice(0, firstKept);
  const last = over.at(-1);
  if (last === undefined) return 0;
  db.run(
    `INSERT INTO audit_start (only, sequence, hash) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`,
    last.sequence,
    last.hash,
  );
  return db.run('DELETE FROM audit WHERE sequence <= ?', last.sequence);
}

const lookRow = z
  .object({ looked_at: instantSchema, steady_since: instantSchema })
  .transform(({ looked_at, steady_since }) => ({ lookedAt: looked_at, steadySince: steady_since }));
/** When somebody last looked for what is over, and since when the clock has gone on without a leap. */
export type Look = z.infer<typeof lookRow>;

export function findLook(db: ReadableDb): Look | null {
  const row = db.get('SELECT looked_at, steady_since FROM keeping WHERE only = 1');
  return row === undefined ? null : lookRow.parse(row);
}

export function saveLook(db: WritableDb, { lookedAt, steadySince }: Look): void {
  db.run(
    `INSERT INTO keeping (only, looked_at, steady_since) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET looked_at = excluded.looked_at, steady_since = excluded.steady_since`,
    lookedAt,
    steadySince,
  );
}
