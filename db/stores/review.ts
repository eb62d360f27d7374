import type { ReportId } from '../../src-main/contract/ids.ts';
import type { Standing } from '../../src-main/domain/lifecycle.ts';
import type { WritableDb } from '../transaction.ts';

/** Compare-and-set: changes nothing when somebody else was faster. @returns whether it did. */
export function setStanding(
  db: WritableDb,
  reportId: ReportId,
  expectedVersion: number,
  next: Standing,
): boolean {
  const changed = db.run(
    "UPDATE report SET state = ?, version = ?, claimed_by = ? WHERE report_id = ? AND version = ? AND state <> 'finished'",
    next.state,
    next.version,
    next.claimedBy,
    reportId,
    expectedVersion,
  );
  return changed === 1;
}
