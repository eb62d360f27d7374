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

export type QueueFilter = 'all' | 'new' | 'mine' | 'unprinted' | 'finished';

/** Named as the contract names them, so that a page is parsed and not copied once more. */
const columns = `r.sequence, r.report_id AS reportId, r.reference, r.received_at AS receivedAt, r.lane, r.state, r.version,
  r.claimed_by AS claimedBy, s.display_name AS claimedByName, p.state AS printState, p.problem AS printProblem`;

const standingRow = z.object({
  sequence: z.int(),
  reportId: reportIdSchema,
  reference: referenceNumberSchema,
  receivedAt: instantSchema,
  lane: laneSchema,
  state: reviewStateSchema,
  version: z.int(),
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
const pageSources: Readonly<Record<QueueFilter, string>> = {
  all: 'SELECT sequence FROM report WHERE sequence < ?',
  new: "SELECT sequence FROM report WHERE sequence < ? AND state = 'new'",
  mine: `SELECT sequence FROM report WHERE ${touched} AND state = 'claimed' AND sequence < ? AND claimed_by = ?`,
  unprinted: "SELECT sequence FROM print_job WHERE state IN ('failed', 'unknown') AND sequence < ?",
  finished: `SELECT sequence FROM report WHERE ${touched} AND state = 'finished' AND sequence < ?`,
};

/** The rows of a queue whose sequences come from `source`. */
function rowsOf(source: string): string {
  return `SELECT ${columns}, e.body
    FROM (${source}) q
    CROSS JOIN report r ON r.sequence = q.sequence
    CROSS JOIN print_job p ON p.reference = r.reference
    CROSS JOIN event e ON e.sequence = q.sequence
    LEFT JOIN staff s ON s.staff_id = r.claimed_by
    ORDER BY q.sequence DESC`;
}

/** Newest first, before a sequence. */
export function listQueue(
  db: ReadableDb,
  filter: QueueFilter,
  staffId: string,
  beforeSequence: number,
  most: number,
): StoredQueueRow[] {
  const mine = filter === 'mine' ? [staffId] : [];
  const sql = rowsOf(`${pageSources[filter]} ORDER BY sequence DESC LIMIT ?`);
  return db.all(sql, beforeSequence, ...mine, most).map(toQueueRow);
}

/** By the number on its slip: the print job has the index. */
export function findInQueue(db: ReadableDb, reference: ReferenceNumber): StoredQueueRow | null {
  const row = db.get(rowsOf('SELECT sequence FROM print_job WHERE reference = ?'), reference);
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
