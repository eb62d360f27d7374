import { findAcknowledgedAt } from '../../db/stores/acknowledgement.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import { appendEvent } from '../../db/stores/event.ts';
import { findSlip } from '../../db/stores/print-job.ts';
import { findReport, findSealed, type StoredReport } from '../../db/stores/report.ts';
import { setStanding } from '../../db/stores/review.ts';
import type { WritableDb } from '../../db/transaction.ts';
import type { ReviewChange } from '../contract/envelope.ts';
import type { Review, Staff } from '../contract/desk.ts';
import type { ReportId } from '../contract/ids.ts';
import type { SealedReport } from '../contract/report.ts';
import type { PrinterProblem, PrintState } from '../contract/status.ts';
import { nextStanding, type ReviewAction } from '../domain/lifecycle.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Store, StoreProblem } from './store.ts';

export interface ExpectedVersion {
  readonly reportId: ReportId;
  readonly version: number;
}

export type ReviewOutcome =
  | { readonly kind: 'done'; readonly review: Review }
  /** Somebody was faster, or the action does not fit; what it is now. */
  | { readonly kind: 'changed'; readonly review: Review }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'not-stored'; readonly reason: StoreProblem };

export type OpenOutcome =
  | {
      readonly kind: 'opened';
      readonly sealed: SealedReport;
      readonly review: Review;
      readonly printState: PrintState;
      readonly printProblem: PrinterProblem | null;
      readonly acknowledgedAt: string | null;
    }
  | { readonly kind: 'not-found' };

type Act = (expected: ExpectedVersion, staff: Staff) => ReviewOutcome;

export interface ReviewDesk {
  readonly claim: Act;
  readonly takeOver: Act;
  readonly release: Act;
  readonly finish: Act;
  /** Hands out the sealed documents; noted in the audit log. */
  openReport(reportId: ReportId, staff: Staff): OpenOutcome;
  /** Contact that is kept out of sight was asked for; the desk shows it only after this. */
  showContact(reportId: ReportId, staff: Staff): { readonly kind: 'noted' | 'not-found' };
}

export interface ReviewOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** After the commit: delivery has an event, the queue has changed. */
  readonly onChanged: () => void;
}

export function createReview(options: ReviewOptions): ReviewDesk {
  const act =
    (action: ReviewAction): Act =>
    (expected, staff) =>
      changeStanding(options, action, expected, staff);
  return {
    claim: act('claim'),
    takeOver: act('take-over'),
    release: act('release'),
    finish: act('finish'),
    openReport: (reportId, staff) => openReport(options, reportId, staff),
    showContact: (reportId, staff) => {
      if (options.store.read((db) => findReport(db, reportId)) === null) return { kind: 'not-found' };
      noteRead(options, 'contact-shown', reportId, staff);
      return { kind: 'noted' };
    },
  };
}

const auditActions: Readonly<Record<ReviewAction, AuditAction>> = {
  claim: 'review-claim',
  'take-over': 'review-take-over',
  release: 'review-release',
  finish: 'review-finish',
};

function changeStanding(
  options: ReviewOptions,
  action: ReviewAction,
  { reportId, version }: ExpectedVersion,
  staff: Staff,
): ReviewOutcome {
  const now = options.clock.now().toISOString();
  const outcome = options.store.write((db): ReviewOutcome => {
    const before = findReport(db, reportId);
    if (before === null) return { kind: 'not-found' };
    const next = nextStanding(before, action, staff.staffId);
    if (next === null || !setStanding(db, reportId, version, next))
      return { kind: 'changed', review: toReview(before, staff) };
    const after = findReport(db, reportId) ?? before;
    appendReviewChange(db, after, now);
    appendAudit(db, {
      occurredAt: now,
      actor: staff.staffId,
      action: auditActions[action],
      subject: reportId,
    });
    return { kind: 'done', review: toReview(after, staff) };
  });
  if (outcome.kind !== 'written')
    return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
  if (outcome.value.kind === 'done') options.onChanged();
  return outcome.value;
}

function appendReviewChange(db: WritableDb, report: StoredReport, now: string): void {
  const { reportId, state, version, claimedByName } = report;
  const change: ReviewChange = { reportId, state, version, staffName: claimedByName };
  appendEvent(db, { kind: 'review-changed', reportId, occurredAt: now, body: JSON.stringify(change) });
}

function toReview(report: StoredReport, staff: Staff): Review {
  const { reportId, state, version, claimedBy, claimedByName } = report;
  return { reportId, state, version, claimedBy: claimedByName, isMine: claimedBy === staff.staffId };
}

/** With a full or read-only disk staff must still be able to read what visitors left with them. */
function noteRead(
  { store, clock, log }: ReviewOptions,
  action: 'report-opened' | 'contact-shown',
  reportId: ReportId,
  staff: Staff,
): void {
  const occurredAt = clock.now().toISOString();
  const noted = store.write((db) =>
    appendAudit(db, { occurredAt, actor: staff.staffId, action, subject: reportId }),
  );
  if (noted.kind !== 'written') log.warn('read-not-noted', { action, reportId, staffId: staff.staffId });
}

function openReport(options: ReviewOptions, reportId: ReportId, staff: Staff): OpenOutcome {
  const opened = options.store.read((db): OpenOutcome => {
    const report = findReport(db, reportId);
    const sealed = report === null ? null : findSealed(db, report.sequence);
    if (report === null || sealed === null) return { kind: 'not-found' };
    const slip = findSlip(db, reportId);
    return {
      kind: 'opened',
      sealed,
      review: toReview(report, staff),
      printState: slip?.state ?? 'unknown',
      printProblem: slip?.problem ?? null,
      acknowledgedAt: findAcknowledgedAt(db, report.sequence),
    };
  });
  if (opened.kind === 'opened') noteRead(options, 'report-opened', reportId, staff);
  return opened;
}
