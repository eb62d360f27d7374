import { appendAudit } from '../../db/stores/audit.ts';
import { findSlip, hasReference, insertPrintJob } from '../../db/stores/print-job.ts';
import { findReport, hasReport, insertReport } from '../../db/stores/report.ts';
import { isDuplicate } from '../../db/sqlite-code.ts';
import type { KioskId, ReferenceNumber, ReportId } from '../contract/ids.ts';
import type { ReceiptPaper, ReceiptVariant } from '../contract/receipt.ts';
import {
  mostSealedCharacters,
  type Report,
  type ReportSummary,
  type SealedReport,
  type Submission,
} from '../contract/report.ts';
import type { SubmitResult } from '../contract/visitor.ts';
import { checkSubmission, type SubmissionProblem } from '../domain/check-submission.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock, ContentLibrary, Log, Randomness, Sealer } from '../domain/ports.ts';
import { makeReference } from '../domain/reference-number.ts';
import { summarize } from '../domain/summarize.ts';
import { findReportType, placeOf, receiptVariantOf } from '../domain/triage.ts';
import { HourlyLimit } from './hourly-limit.ts';
import type { Receipts } from './receipts.ts';
import { StoreUnusable, type Store, type StoreProblem, type WriteOutcome } from './store.ts';

export type SubmitOutcome =
  | { readonly kind: 'stored'; readonly result: SubmitResult }
  | { readonly kind: 'not-stored'; readonly reason: StoreProblem }
  /** Nobody knows; asking again with the same report id is safe. */
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'cannot-report' }
  /** This kiosk has taken as many of this type as it may within an hour; nothing was kept. */
  | { readonly kind: 'too-many' }
  | { readonly kind: 'invalid-answer'; readonly questionId: string; readonly reason: SubmissionProblem };

export interface ReportsOptions {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly library: ContentLibrary;
  readonly receipts: Pick<Receipts, 'enqueue' | 'status'>;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly kiosk: KioskPlace;
  readonly paper: ReceiptPaper;
  /** Wakes delivery and the desks; after the commit, once a report. */
  readonly onStored: (report: Report) => void;
}

export interface KioskPlace {
  readonly kioskId: KioskId;
  readonly districtNumber: string;
  readonly kioskNumber: string;
  readonly stationId: string;
}

export interface Reports {
  submitReport(submission: Submission): Promise<SubmitOutcome>;
  /** False: the screen sends visitors to the counter instead of asking questions. */
  canReport(): boolean;
}

/** Tries for a reference nobody has. At half of a kiosk's million the chance of needing them all is one in a million. */
const mostTries = 20;

interface Sealed {
  readonly report: Report;
  readonly sealed: SealedReport;
}

export function createReports(options: ReportsOptions): Reports {
  const inFlight = new Map<ReportId, Promise<SubmitOutcome>>();
  const limit = new HourlyLimit(options.clock);
  return {
    canReport: () => options.sealer.recipients().length > 0 && options.store.health() === 'healthy',
    submitReport(submission) {
      // A double tap gets the answer of the first.
      const running = inFlight.get(submission.reportId);
      if (running !== undefined) return running;
      const outcome = submit(options, limit, submission).finally(() => inFlight.delete(submission.reportId));
      inFlight.set(submission.reportId, outcome);
      return outcome;
    },
  };
}

async function submit(
  options: ReportsOptions,
  limit: HourlyLimit,
  submission: Submission,
): Promise<SubmitOutcome> {
  const { library, store } = options;
  const { reportId, reportType } = submission;
  const check = checkSubmission(library.content, submission);
  if (!check.ok) return { kind: 'invalid-answer', questionId: check.questionId, reason: check.reason };
  try {
    const earlier = findResult(options, reportId);
    if (earlier !== null)
      return store.confirm() ? { kind: 'stored', result: earlier } : { kind: 'uncertain' };
    const most = findReportType(library.content, reportType)?.mostPerHour;
    if (most === undefined) return await storeNew(options, submission);
    if (!limit.admit(reportType, reportId, most)) return { kind: 'too-many' };
    const outcome = await storeNew(options, submission);
    // Where nobody is sure that nothing was kept, the place stays taken.
    if (outcome.kind === 'not-stored' || outcome.kind === 'cannot-report')
      limit.giveBack(reportType, reportId);
    return outcome;
  } catch (error) {
    if (error instanceof StoreUnusable) return { kind: 'uncertain' };
    throw error;
  }
}

async function storeNew(options: ReportsOptions, submission: Submission): Promise<SubmitOutcome> {
  if (options.sealer.recipients().length === 0) return { kind: 'cannot-report' };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const reference = drawReference(options);
    if (reference === null) break;
    const sealed = await seal(options, submission, reference);
    if (sealed.sealed.sealedReport.length > mostSealedCharacters)
      return { kind: 'invalid-answer', questionId: '', reason: 'too-long' };
    const outcome = commit(options, sealed);
    if (outcome !== 'reference-taken') return outcome;
  }
  options.log.warn('references-used-up', { kiosk: options.kiosk.kioskId });
  return { kind: 'cannot-report' };
}

function drawReference({ store, randomness, kiosk }: ReportsOptions): ReferenceNumber | null {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const reference = makeReference(kiosk.districtNumber, kiosk.kioskNumber, randomness.digits(6));
    if (!store.read((db) => hasReference(db, reference))) return reference;
  }
  return null;
}

async function seal(
  { library, sealer, clock, kiosk }: ReportsOptions,
  submission: Submission,
  reference: ReferenceNumber,
): Promise<Sealed> {
  const { postcode, municipalityCode } = placeOf(library.content, submission);
  const routing = library.routePlace(postcode, municipalityCode);
  const summary = summarize(library.content, submission, routing, library.fallbackDistrict().id);
  const now = clock.now();
  const receivedAt = now.toISOString();
  const report: Report = {
    reportId: submission.reportId,
    reference,
    kioskId: kiosk.kioskId,
    stationId: kiosk.stationId,
    receivedAt,
    receivedLocal: localTime(now),
    isClockTrusted: clock.isTrusted(),
    contentVersion: library.version,
    summary,
    submission,
  };
  const [sealedSummary, sealedReport] = await Promise.all(
    [summary, report].map((part) => sealer.seal(JSON.stringify(part), report.reportId, [summary.districtId])),
  );
  if (sealedSummary === undefined || sealedReport === undefined) throw new Error('two parts were sealed');
  const { reportId } = report;
  return {
    report,
    sealed: { reportId, reference, receivedAt, lane: summary.route, sealedSummary, sealedReport },
  };
}

/**
 * The one transaction that makes a report true: sealed report and event, print job, audit line.
 * @param body the sealed report as JSON, when it is ready. @returns `known` when the id was there before.
 */
export function storeReport(
  store: Store,
  sealed: SealedReport,
  paper: ReceiptPaper,
  variant: ReceiptVariant = 'full',
  body: string = JSON.stringify(sealed),
): WriteOutcome<'stored' | 'known'> {
  const { receivedAt: occurredAt, reportId, reference } = sealed;
  try {
    return store.write((db) => {
      const sequence = insertReport(db, sealed, body);
      insertPrintJob(db, { sequence, reference, paper, variant });
      appendAudit(db, { occurredAt, actor: 'visitor', action: 'report-received', subject: reportId });
      return 'stored';
    });
  } catch (error) {
    // Found out by the insert: looking first would cost every report a question.
    if (isDuplicate(error, 'report.report_id')) return { kind: 'written', value: 'known' };
    throw error;
  }
}

function commit(options: ReportsOptions, { report, sealed }: Sealed): SubmitOutcome | 'reference-taken' {
  const { store, paper, receipts, onStored } = options;
  const variant = receiptVariantOf(options.library.content, report.summary.reportType);
  let outcome: WriteOutcome<'stored' | 'known'>;
  try {
    outcome = storeReport(store, sealed, paper, variant);
  } catch (error) {
    if (isDuplicate(error, 'print_job.reference')) return 'reference-taken';
    throw error;
  }
  if (outcome.kind === 'not-written') return { kind: 'not-stored', reason: outcome.reason };
  if (outcome.kind === 'unknown') {
    const truth = lookAfterDiskError(options, report.reportId);
    if (truth !== 'stored') return truth;
  }
  const result =
    outcome.kind === 'written' && outcome.value === 'known' ? findResult(options, report.reportId) : null;
  if (result !== null) return { kind: 'stored', result };
  receipts.enqueue(report.reportId, { ...occasionOf(report, report.summary), variant });
  onStored(report);
  return { kind: 'stored', result: resultOf(report) };
}

/** A commit that failed in the disk can come back from the dead: only a fresh look and a sync that succeeds settle it. */
function lookAfterDiskError({ store, log }: ReportsOptions, reportId: ReportId): SubmitOutcome | 'stored' {
  log.warn('submit-disk-error', { reportId });
  if (!store.confirm()) return { kind: 'uncertain' };
  return !store.read((db) => hasReport(db, reportId)) ? { kind: 'not-stored', reason: 'broken' } : 'stored';
}

function occasionOf(report: Report, summary: ReportSummary) {
  const { reference, receivedLocal, isClockTrusted } = report;
  return { reference, summary, receivedLocal, isClockTrusted };
}

function resultOf(report: Report): SubmitResult {
  const { reportId, reference, receivedAt, receivedLocal, isClockTrusted, summary } = report;
  return {
    reportId,
    reference,
    receivedAt,
    receivedLocal,
    isClockTrusted,
    route: summary.route,
    printState: 'queued',
  };
}

/** What the first submit of this id was told, as far as it stands in clear. */
function findResult({ store, receipts, clock }: ReportsOptions, reportId: ReportId): SubmitResult | null {
  return store.read((db): SubmitResult | null => {
    const found = findReport(db, reportId);
    if (found === null) return null;
    const { reference, receivedAt, lane } = found;
    return {
      reportId,
      reference,
      receivedAt,
      receivedLocal: localTime(new Date(receivedAt)),
      isClockTrusted: clock.isTrusted(),
      route: lane,
      printState: receipts.status(reportId)?.state ?? findSlip(db, reportId)?.state ?? 'unknown',
    };
  });
}
