import { z } from 'zod';
import { instantSchema, type ReportId } from '../../src-main/contract/ids.ts';
import { deeds, type Deed } from '../../src-main/contract/review.ts';
import type { ReadableDb } from '../transaction.ts';

const deedRow = z
  .object({ occurred_at: instantSchema, action: z.enum(deeds), name: z.string().nullable() })
  .transform(({ occurred_at, action, name }): Deed => ({ deed: action, at: occurred_at, by: name }));

// Word for word as in the partial index of the audit log, which is used only then.
const deedList = deeds.map((deed) => `'${deed}'`).join(', ');

/** What was done with one report, oldest first. */
export function listDeeds(db: ReadableDb, reportId: ReportId): Deed[] {
  const rows = db.all(
    `SELECT a.occurred_at, a.action, (SELECT s.display_name FROM staff s WHERE s.staff_id = a.actor) AS name
     FROM audit a WHERE a.subject = ? AND a.action IN (${deedList}) ORDER BY a.sequence`,
    reportId,
  );
  return rows.map((row) => deedRow.parse(row));
}
