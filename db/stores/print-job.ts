import { z } from 'zod';
import type { ReferenceNumber, ReportId } from '../../src-main/contract/ids.ts';
import { receiptVariants, type ReceiptPaper, type ReceiptVariant } from '../../src-main/contract/receipt.ts';
import {
  printerProblemSchema,
  printStateSchema,
  type PrinterProblem,
  type PrintState,
} from '../../src-main/contract/status.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

export interface PrintJob {
  /** That of the report. */
  readonly sequence: number;
  readonly reference: ReferenceNumber;
  readonly paper: ReceiptPaper;
  readonly variant: ReceiptVariant;
}

/** The reference is unique here, for the report as well. */
export function insertPrintJob(db: WritableDb, job: PrintJob): void {
  db.run(
    "INSERT INTO print_job (reference, sequence, paper, variant, state) VALUES (?, ?, ?, ?, 'queued')",
    job.reference,
    job.sequence,
    job.paper,
    job.variant,
  );
}

/** Also of a report that is no longer here: a number is never given twice. */
export function hasReference(db: ReadableDb, reference: ReferenceNumber): boolean {
  const sql =
    'SELECT 1 FROM print_job WHERE reference = ? UNION ALL SELECT 1 FROM purged_report WHERE reference = ?';
  return db.get(sql, reference, reference) !== undefined;
}

/** How a slip stands, and what went wrong with it. */
export interface SlipStanding {
  readonly state: PrintState;
  readonly problem: PrinterProblem | null;
}

export function setPrintState(
  db: WritableDb,
  reportId: ReportId,
  { state, problem }: SlipStanding,
  now: string | null = null,
): void {
  db.run(
    `UPDATE print_job SET state = ?, problem = ?, changed_at = ?
     WHERE reference = (SELECT reference FROM report WHERE report_id = ?)`,
    state,
    problem,
    now,
    reportId,
  );
}

// A word of a later version is told as "unknown" rather than not at all.
const standingRow = z.object({
  state: printStateSchema,
  problem: printerProblemSchema.nullable().catch('unknown'),
});

export function findSlip(db: ReadableDb, reportId: ReportId): SlipStanding | null {
  const row = db.get(
    'SELECT p.state, p.problem FROM report r CROSS JOIN print_job p USING (reference) WHERE r.report_id = ?',
    reportId,
  );
  return row === undefined ? null : standingRow.parse(row);
}

const changedRow = z.object({ changed_at: z.string().nullable() });

/** When the slip came to stand as it does; null where nobody noted it. */
export function findSlipChangedAt(db: ReadableDb, reportId: ReportId): string | null {
  const sql =
    'SELECT p.changed_at FROM report r CROSS JOIN print_job p USING (reference) WHERE r.report_id = ?';
  const row = db.get(sql, reportId);
  return row === undefined ? null : changedRow.parse(row).changed_at;
}

const variantRow = z.object({ variant: z.enum(receiptVariants) });

/** What the first slip of a report was allowed to say. */
export function findVariant(db: ReadableDb, reportId: ReportId): ReceiptVariant | null {
  const row = db.get(
    'SELECT p.variant FROM report r CROSS JOIN print_job p USING (reference) WHERE r.report_id = ?',
    reportId,
  );
  return row === undefined ? null : variantRow.parse(row).variant;
}

/** A slip waits for seconds; so those that a stopped kiosk left waiting are among the newest. */
const newest = 10_000;

/**
 * After a restart nobody stands there waiting for these slips: only a desk prints them. What was noted as sent may have
 * come out; what was not had not left. @returns how many.
 */
export function giveUpWaiting(db: WritableDb): number {
  return db.run(
    `UPDATE print_job
     SET state = CASE state WHEN 'sent' THEN 'unknown' ELSE 'failed' END, problem = 'interrupted'
     WHERE state IN ('queued', 'sent') AND reference IN (SELECT reference FROM report ORDER BY sequence DESC LIMIT ?)`,
    newest,
  );
}

const countRow = z.object({ count: z.int() });

export function countUnprinted(db: ReadableDb): number {
  return countRow.parse(
    db.get("SELECT count(*) AS count FROM print_job WHERE state IN ('failed', 'unknown')"),
  ).count;
}

/** Whether a slip was in the printer when a kiosk died, and nobody has seen to it since: a piece of it may hang there. */
export function hasInterrupted(db: ReadableDb): boolean {
  const sql = `SELECT 1 FROM print_job
    WHERE state IN ('failed', 'unknown') AND state = 'unknown' AND problem = 'interrupted' LIMIT 1`;
  return db.get(sql) !== undefined;
}
