import { z } from 'zod';
import { deeds } from '../../src-main/contract/review.ts';
import type { ReadableDb } from '../transaction.ts';

// Word for word as in the partial index of the audit log, which is used only then.
const deedList = deeds.map((deed) => `'${deed}'`).join(', ');

const workRow = z
  .object({ received_at: z.string(), claimed_at: z.string().nullable(), print_state: z.string() })
  .transform(({ received_at, claimed_at, print_state }) => ({
    receivedAt: received_at,
    /** When somebody first took it; null: nobody has. */
    claimedAt: claimed_at,
    printState: print_state,
  }));
export type WorkTimes = z.infer<typeof workRow>;

/** How the newest reports were received, taken and printed: no ids. The caller cuts by time. */
export function listWorkTimes(db: ReadableDb, most: number): WorkTimes[] {
  const sql = `SELECT r.received_at, p.state AS print_state,
      (SELECT min(a.occurred_at) FROM audit a
       WHERE a.subject = r.report_id AND a.action IN (${deedList})
         AND a.action IN ('review-claim', 'review-take-over', 'review-finish')) AS claimed_at
    FROM (SELECT sequence FROM report ORDER BY sequence DESC LIMIT ?) q
    CROSS JOIN report r ON r.sequence = q.sequence
    CROSS JOIN print_job p ON p.reference = r.reference`;
  return db.all(sql, most).map((row) => workRow.parse(row));
}

const lineRow = z.object({ sequence: z.int(), occurred_at: z.string() });
const countRow = z.object({ action: z.string(), count: z.int() });

/** The first line of the log that is not older than an instant, found by halves: the log is in order of time. */
function firstLineSince(db: ReadableDb, instant: string): number {
  const ends = z
    .object({ low: z.int().nullable(), high: z.int().nullable() })
    .parse(db.get('SELECT min(sequence) AS low, max(sequence) AS high FROM audit'));
  let low = ends.low ?? 1;
  let high = (ends.high ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = db.get('SELECT sequence, occurred_at FROM audit WHERE sequence = ?', middle);
    const isBefore = row !== undefined && lineRow.parse(row).occurred_at < instant;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How often something was done since an instant. */
export function countDeedsSince(db: ReadableDb, instant: string): ReadonlyMap<string, number> {
  const rows = db.all(
    'SELECT action, count(*) AS count FROM audit WHERE sequence >= ? GROUP BY action',
    firstLineSince(db, instant),
  );
  return new Map(rows.map((row) => countRow.parse(row)).map(({ action, count }) => [action, count]));
}
