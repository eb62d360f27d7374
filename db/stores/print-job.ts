import { z } from 'zod';
import type { ReferenceNumber, ReportId } from '../../src-main/contract/ids.ts';
import type { ReceiptPaper, ReceiptVariant } from '../../src-main/contract/receipt.ts';
import { printStateSchema, type PrintState } from '../../src-main/contract/status.ts';
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
    "INSERT INTO print_job (reference, sequence, paper, variant, state) VALUES (?, ?, ?, ?, 'waiting')",
    job.reference,
    job.sequence,
    job.paper,
    job.variant,
  );
}

export function hasReference(db: ReadableDb, reference: ReferenceNumber): boolean {
  return db.get('SELECT 1 FROM print_job WHERE reference = ?', reference) !== undefined;
}

export function setPrintState(db: WritableDb, reportId: ReportId, state: PrintState): void {
  db.run(
    'UPDATE print_job SET state = ? WHERE reference = (SELECT reference FROM report WHERE report_id = ?)',
    state,
    reportId,
  );
}

const stateRow = z.object({ state: printStateSchema });

export function findPrintState(db: ReadableDb, reportId: ReportId): PrintState | null {
  const row = db.get(
    'SELECT p.state FROM report r CROSS JOIN print_job p USING (reference) WHERE r.report_id = ?',
    reportId,
  );
  return row === undefined ? null : stateRow.parse(row).state;
}

/** A slip waits for seconds; so those that a stopped kiosk left waiting are among the newest. */
const newest = 10_000;

/** After a restart nobody stands there waiting for these slips: only a desk prints them. @returns how many. */
export function giveUpWaiting(db: WritableDb): number {
  return db.run(
    `UPDATE print_job SET state = 'unprinted'
     WHERE state = 'waiting' AND reference IN (SELECT reference FROM report ORDER BY sequence DESC LIMIT ?)`,
    newest,
  );
}

const countRow = z.object({ count: z.int() });

export function countUnprinted(db: ReadableDb): number {
  return countRow.parse(db.get("SELECT count(*) AS count FROM print_job WHERE state = 'unprinted'")).count;
}
