import { findAcknowledgedAt } from '../../db/stores/acknowledgement.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import { findSlip, findSlipChangedAt } from '../../db/stores/print-job.ts';
import { findReport, findSealed } from '../../db/stores/report.ts';
import { setStanding } from '../../db/stores/review.ts';
import type { Staff } from '../contract/staff.ts';
import type { Standing } from '../contract/desk-entries.ts';
import type { ReferenceNumber, ReportId } from '../contract/ids.ts';
import type { SealedReport } from '../contract/report.ts';
import type { ExpectedVersion, Review } from '../contract/review.ts';
import type { PrinterProblem, PrintState } from '../contract/status.ts';
import { nextStanding, type ReviewAction } from '../domain/lifecycle.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { appendReviewChange, readStanding, toReview } from './standing.ts';
import type { Store, StoreProblem } from './store.ts';

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
      readonly standing: Standing;
      readonly printState: PrintState;
      readonly printProblem: PrinterProblem | null;
      /** When the slip came to stand so; null where nobody noted it. */
      readonly printChangedAt: string | null;
      readonly acknowledgedAt: string | null;
    }
  | { readonly kind: 'not-found' };

/** Rejecting is an entry: it comes with words. */
type Step = Exclude<ReviewAction, 'reject'>;
type Act = (expected: ExpectedVersion, staff: Staff) => ReviewOutcome;

export interface ReviewDesk {
  readonly claim: Act;
  readonly takeOver: Act;
  readonly release: Act;
  readonly finish: Act;
  /** By whoever finished it, for a while. */
  readonly reopen: Act;
  /** Hands out the sealed documents; noted in the audit log. */
  openReport(reportId: ReportId, staff: Staff): OpenOutcome;
  /** How an open report stands now; noted in the audit log too. */
  standing(reportId: ReportId, staff: Staff): Standing | null;
  /** Noted before anybody is called. @returns the number of the report; null when there is none. */
  noteEscalation(reportId: ReportId, staff: Staff): ReferenceNumber | null;
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
    (action: Step): Act =>
    (expected, staff) =>
      changeStanding(options, action, expected, staff);
  return {
    claim: act('claim'),
    takeOver: act('take-over'),
    release: act('release'),
    finish: act('finish'),
    reopen: act('reopen'),
    openReport: (reportId, staff) => openReport(options, reportId, staff),
    standing: (reportId, staff) => {
      const standing = options.store.read((db) => {
        const report = findReport(db, reportId);
        return report === null ? null : readStanding(db, report, staff);
      });
      if (standing !== null) note(options, 'entries-read', reportId, staff);
      return standing;
    },
    noteEscalation: (reportId, staff) => {
      const report = options.store.read((db) => findReport(db, reportId));
      if (report !== null) note(options, 'report-escalated', reportId, staff);
      return report?.reference ?? null;
    },
    showContact: (reportId, staff) => {
      if (options.store.read((db) => findReport(db, reportId)) === null) return { kind: 'not-found' };
      note(options, 'contact-shown', reportId, staff);
      return { kind: 'noted' };
    },
  };
}

const auditActions: Readonly<Record<Step, AuditAction>> = {
  claim: 'review-claim',
  'take-over': 'review-take-over',
  release: 'review-release',
  finish: 'review-finish',
  reopen: 'review-reopen',
};

function changeStanding(
  options: ReviewOptions,
  action: Step,
  { reportId, version }: ExpectedVersion,
  staff: Staff,
): ReviewOutcome {
  const at = options.clock.now();
  const now = at.toISOString();
  const outcome = options.store.write((db): ReviewOutcome => {
    const before = findReport(db, reportId);
    if (before === null) return { kind: 'not-found' };
    const next = nextStanding(before, action, { staffId: staff.staffId, now: at });
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

/** With a full or read-only disk staff must still be able to read what visitors left with them, and to call each other. */
function note(
  { store, clock, log }: ReviewOptions,
  action: AuditAction,
  reportId: ReportId,
  staff: Staff,
): void {
  const occurredAt = clock.now().toISOString();
  const noted = store.write((db) =>
    appendAudit(db, { occurredAt, actor: staff.staffId, action, subject: reportId }),
  );
  if (noted.kind !== 'written') log.warn('not-noted', { action, reportId, staffId: staff.staffId });
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
      standing: readStanding(db, report, staff),
      printState: slip?.state ?? 'unknown',
      printProblem: slip?.problem ?? null,
      printChangedAt: findSlipChangedAt(db, reportId),
      acknowledgedAt: findAcknowledgedAt(db, report.sequence),
    };
  });
  if (opened.kind === 'opened') note(options, 'report-opened', reportId, staff);
  return opened;
}
