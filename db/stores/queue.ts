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

const sealedSummary = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ sealedSummary: z.string() }));

const queueRow = z
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
    print_state: printStateSchema,
    print_problem: printerProblemSchema.nullable().catch('unknown'),
    body: sealedSummary,
  })
  .transform(
    ({ report_id, received_at, claimed_by, claimed_by_name, print_state, print_problem, body, ...row }) => ({
      ...row,
      reportId: report_id,
      receivedAt: received_at,
      claimedBy: claimed_by,
      claimedByName: claimed_by_name,
      printState: print_state,
      printProblem: print_problem,
      sealedSummary: body.sealedSummary,
    }),
  );
export type StoredQueueRow = z.infer<typeof queueRow>;

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
  return `SELECT r.*, s.display_name AS claimed_by_name, p.state AS print_state, p.problem AS print_problem, e.body
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
  return db.all(sql, beforeSequence, ...mine, most).map((row) => queueRow.parse(row));
}

/** By the number on its slip: the print job has the index. */
export function findInQueue(db: ReadableDb, reference: ReferenceNumber): StoredQueueRow | null {
  const row = db.get(rowsOf('SELECT sequence FROM print_job WHERE reference = ?'), reference);
  return row === undefined ? null : queueRow.parse(row);
}

const countRow = z.object({ count: z.int() });

/** Reports somebody has claimed or finished. */
export function countTouched(db: ReadableDb): number {
  return countRow.parse(db.get(`SELECT count(*) AS count FROM report WHERE ${touched}`)).count;
}

export function countMine(db: ReadableDb, staffId: string): number {
  const sql = `SELECT count(*) AS count FROM report WHERE ${touched} AND state = 'claimed' AND claimed_by = ?`;
  return countRow.parse(db.get(sql, staffId)).count;
}
