import { findMark } from '../../db/stores/acknowledgement.ts';
import { listDeeds } from '../../db/stores/deed.ts';
import { listEntries } from '../../db/stores/entry.ts';
import { appendEvent } from '../../db/stores/event.ts';
import type { StoredReport } from '../../db/stores/report.ts';
import type { ReadableDb, WritableDb } from '../../db/transaction.ts';
import type { Staff } from '../contract/staff.ts';
import type { Standing } from '../contract/desk-entries.ts';
import type { ReviewChange } from '../contract/envelope.ts';
import type { Review } from '../contract/review.ts';

export function toReview(report: StoredReport, staff: Staff): Review {
  const { reportId, state, version, claimedBy, claimedByName, isRejected } = report;
  return {
    reportId,
    state,
    version,
    claimedBy: claimedByName,
    isMine: claimedBy === staff.staffId,
    isRejected,
  };
}

/** Who has a report, what was added to it and what was done with it. */
export function readStanding(db: ReadableDb, report: StoredReport, staff: Staff): Standing {
  return {
    review: toReview(report, staff),
    entries: listEntries(db, report.reportId, findMark(db).throughSequence),
    deeds: listDeeds(db, report.reportId),
  };
}

/** Tells the district who works on it. */
export function appendReviewChange(db: WritableDb, report: StoredReport, now: string): void {
  const { reportId, state, version, claimedByName } = report;
  const change: ReviewChange = { reportId, state, version, staffName: claimedByName };
  appendEvent(db, { kind: 'review-changed', reportId, occurredAt: now, body: JSON.stringify(change) });
}
