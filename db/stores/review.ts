import type { ReportId } from '../../src-main/contract/ids.ts';
import type { Lane } from '../../src-main/contract/report.ts';
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
    `UPDATE report SET state = ?, version = ?, claimed_by = ?, finished_at = ?, is_rejected = ?
     WHERE report_id = ? AND version = ?`,
    next.state,
    next.version,
    next.claimedBy,
    next.finishedAt,
    next.isRejected ? 1 : 0,
    reportId,
    expectedVersion,
  );
  return changed === 1;
}

/** With a version of its own: whoever works on the report sees that it moved. */
export function setLane(db: WritableDb, reportId: ReportId, lane: Lane): void {
  db.run('UPDATE report SET lane = ? WHERE report_id = ?', lane, reportId);
}
