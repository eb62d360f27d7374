import { z } from 'zod';
import {
  instantSchema,
  referenceNumberSchema,
  reportIdSchema,
  type ReferenceNumber,
} from '../../src-main/contract/ids.ts';
import { laneSchema, reviewStateSchema } from '../../src-main/contract/report.ts';
import { printerProblemSchema, printStateSchema } from '../../src-main/contract/status.ts';
import type { ReadableDb } from '../transaction.ts';

export type QueueFilter = 'all' | 'new' | 'mine' | 'unprinted' | 'finished' | 'rejected';

/** Of `q` report, `s` staff, `p` print_job; named as the contract names them, so that a page is parsed and not copied once more. */
export const standingColumns = `q.sequence, q.report_id AS reportId, q.reference, q.received_at AS receivedAt, q.lane, q.state, q.version, q.is_rejected AS isRejected,
  q.claimed_by AS claimedBy, s.display_name AS claimedByName, p.state AS printState, p.problem AS printProblem`;

export const standingRow = z.object({
  sequence: z.int(),
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  receivedAt: instantSchema,
  lane: laneSchema,
  state: reviewStateSchema,
  version: z.int(),
  isRejected: z.int(),
  claimedBy: z.string().nullable(),
  claimedByName: z.string().nullable(),
  printState: printStateSchema,
  printProblem: printerProblemSchema.nullable().catch('unknown'),
});
export type StoredStanding = z.infer<typeof standingRow>;
export type StoredQueueRow = StoredStanding & { readonly sealedSummary: string };

const bodyRow = z.object({ body: z.string() });
const sealed = z.object({ sealedSummary: z.string() });

function toQueueRow(row: unknown): StoredQueueRow {
  const { sealedSummary } = sealed.parse(JSON.parse(bodyRow.parse(row).body));
  return Object.assign(standingRow.parse(row), { sealedSummary });
}

/*
 * Each walks an index backwards from a sequence and stops after a page. A partial index is used only when its own condition
 * stands in the query word for word. New reports have no index, which a submit would have to write: they are the newest
 * rows of a narrow table, and the walk ends at the last one there is.
 */
const touched = "state <> 'new'";
const newest = 'ORDER BY sequence DESC LIMIT ?';

/** The lines of the reports `q` that `from` gives, in the order of its walk. */
function linesOf(from: string, order: string): string {
  return `SELECT ${standingColumns}, e.body FROM ${from}
    CROSS JOIN print_job p ON p.reference = q.reference
    CROSS JOIN event e ON e.sequence = q.sequence
    LEFT JOIN staff s ON s.staff_id = q.claimed_by
    ORDER BY ${order} DESC`;
}

function ofReports(condition: string): string {
  return linesOf(`(SELECT * FROM report WHERE ${condition} ${newest}) q`, 'q.sequence');
}

function ofSlips(condition: string): string {
  const jobs = `(SELECT sequence FROM print_job WHERE ${condition} ${newest}) j`;
  return linesOf(`${jobs} CROSS JOIN report q ON q.sequence = j.sequence`, 'j.sequence');
}

const pages: Readonly<Record<QueueFilter, string>> = {
  all: ofReports('sequence < ?'),
  new: ofReports("sequence < ? AND state = 'new'"),
  mine: ofReports(`${touched} AND state = 'claimed' AND sequence < ? AND claimed_by = ?`),
  unprinted: ofSlips("state IN ('failed', 'unknown') AND sequence < ?"),
  finished: ofReports(`${touched} AND state = 'finished' AND is_rejected = 0 AND sequence < ?`),
  rejected: ofReports('is_rejected = 1 AND sequence < ?'),
};

/** Newest first, before a sequence. */
export function listQueue(
  db: ReadableDb,
  filter: QueueFilter,
  staffId: string,
  beforeSequence: number,
  most: number,
): StoredQueueRow[] {
  const mine = filter === 'mine' ? [staffId] : [];
  return db.all(pages[filter], beforeSequence, ...mine, most).map(toQueueRow);
}

/** By the number on its slip: the print job has the index. */
export function findInQueue(db: ReadableDb, reference: ReferenceNumber): StoredQueueRow | null {
  const row = db.get(ofSlips('reference = ?'), reference, 1);
  return row === undefined ? null : toQueueRow(row);
}

const countRow = z.object({ count: z.int() });

const tallyRow = z.object({ touched: z.int(), deleted: z.int() });

/** Reports somebody has claimed or finished, and how many were ever deleted: kept by the tables themselves. */
export function findTally(db: ReadableDb): { readonly touched: number; readonly deleted: number } {
  return tallyRow.parse(db.get('SELECT touched, deleted FROM report_tally'));
}

export function countMine(db: ReadableDb, staffId: string): number {
  const sql = `SELECT count(*) AS count FROM report WHERE ${touched} AND state = 'claimed' AND claimed_by = ?`;
  return countRow.parse(db.get(sql, staffId)).count;
}
