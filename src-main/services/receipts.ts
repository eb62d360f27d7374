import { appendAudit } from '../../db/stores/audit.ts';
import { setPrintState } from '../../db/stores/print-job.ts';
import { findReport, type StoredReport } from '../../db/stores/report.ts';
import type { Staff } from '../contract/desk.ts';
import type { Language, ReportId } from '../contract/ids.ts';
import type { ReceiptContent, ReceiptPaper, ReceiptVariant } from '../contract/receipt.ts';
import type { PrintState, ReceiptStatus } from '../contract/status.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock, ContentLibrary, Log } from '../domain/ports.ts';
import type { PrintableDocument, PrinterProblem, PrintOutcome, ReceiptLayout } from '../domain/printer.ts';
import { composeReceipt, type ReceiptOccasion, type ReceiptPlace } from '../domain/receipt.ts';
import { findReportType } from '../domain/triage.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { PrintLane } from './print-lane.ts';
import type { Store } from './store.ts';
import type { Timers } from './timers.ts';

export interface ReceiptsOptions {
  readonly store: Store;
  readonly library: ContentLibrary;
  readonly layout: ReceiptLayout;
  readonly lane: PrintLane;
  readonly paper: ReceiptPaper;
  /** Asked when a slip is made: staff come and go. */
  readonly place: () => ReceiptPlace;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  /** From the commit to paper; later than that the visitor has left without it. */
  readonly deadlineMs?: number;
  /** What a slip that is already in the printer still gets when the visitor leaves. */
  readonly leaveGraceMs?: number;
}

export interface ReprintRequest {
  readonly reportId: ReportId;
  readonly variant: ReceiptVariant;
  /** As the desk read it in the sealed report; null: not named on the slip. */
  readonly reportType: string | null;
  readonly language: Language;
}

export type ReprintOutcome =
  | { readonly kind: 'done'; readonly printState: PrintState }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'cannot-print'; readonly problem: PrinterProblem };

export interface Receipts {
  /** After the commit. Never throws: a slip that cannot be made is `unprinted`, the report is not in doubt. */
  enqueue(reportId: ReportId, occasion: ReceiptOccasion): void;
  /** The visitor has left: a slip that still waits is not for the next one. */
  leave(reportId: ReportId): void;
  reprint(request: ReprintRequest, staff: Staff): Promise<ReprintOutcome>;
  /** Of a slip of this run; null when it is not one of the newest. */
  status(reportId: ReportId): ReceiptStatus | null;
  onStatus(listener: (status: ReceiptStatus) => void): Unsubscribe;
  /** Ends the wait for every slip. */
  stop(): Promise<void>;
}

interface Slip {
  readonly reportId: ReportId;
  readonly make: () => ReceiptContent;
  readonly abort: AbortController;
  isInPrinter: boolean;
}

const mostStatuses = 50;

function stateOf({ outcome }: PrintOutcome): PrintState {
  if (outcome === 'failed') return 'unprinted';
  return outcome === 'unknown' ? 'sent' : outcome;
}

export function createReceipts(options: ReceiptsOptions): Receipts {
  return new PrintQueue(options);
}

class PrintQueue implements Receipts {
  private readonly options: ReceiptsOptions;
  private readonly listeners = createListeners<ReceiptStatus>();
  private readonly statuses = new Map<ReportId, ReceiptStatus>();
  private readonly open = new Map<ReportId, Slip>();

  constructor(options: ReceiptsOptions) {
    this.options = options;
  }

  enqueue(reportId: ReportId, occasion: ReceiptOccasion): void {
    const { library, place, timers } = this.options;
    const placeThen = place();
    const abort = new AbortController();
    const make = (): ReceiptContent => composeReceipt(library, placeThen, occasion);
    const slip: Slip = { reportId, make, abort, isInPrinter: false };
    this.open.set(reportId, slip);
    this.note({ reportId, state: 'waiting', problem: null });
    const stopWaiting = timers.after(this.options.deadlineMs ?? 15_000, () => abort.abort());
    void this.print(slip).then((outcome) => {
      stopWaiting();
      this.open.delete(reportId);
      this.finish(reportId, outcome);
    });
  }

  leave(reportId: ReportId): void {
    const slip = this.open.get(reportId);
    if (slip === undefined) return;
    const graceMs = slip.isInPrinter ? (this.options.leaveGraceMs ?? 5000) : 0;
    if (graceMs === 0) slip.abort.abort();
    else this.options.timers.after(graceMs, () => slip.abort.abort());
  }

  async reprint(request: ReprintRequest, staff: Staff): Promise<ReprintOutcome> {
    const { store, clock, timers, log } = this.options;
    const report = store.read((db) => findReport(db, request.reportId));
    if (report === null) return { kind: 'not-found' };
    const abort = new AbortController();
    const stopWaiting = timers.after(this.options.deadlineMs ?? 15_000, () => abort.abort());
    const make = (): ReceiptContent => this.remakeContent(report, request);
    const outcome = await this.print({ reportId: report.reportId, make, abort, isInPrinter: false });
    stopWaiting();
    if (outcome.outcome === 'failed') return { kind: 'cannot-print', problem: outcome.reason };
    const written = store.write((db) => {
      setPrintState(db, report.reportId, stateOf(outcome));
      const occurredAt = clock.now().toISOString();
      appendAudit(db, {
        occurredAt,
        actor: staff.staffId,
        action: 'receipt-reprinted',
        subject: report.reportId,
      });
    });
    // The paper is out: that is the truth, written down or not.
    if (written.kind !== 'written') log.warn('reprint-not-noted', { reportId: report.reportId });
    this.note({ reportId: report.reportId, state: stateOf(outcome), problem: null });
    return { kind: 'done', printState: stateOf(outcome) };
  }

  status(reportId: ReportId): ReceiptStatus | null {
    return this.statuses.get(reportId) ?? null;
  }

  onStatus(listener: (status: ReceiptStatus) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  async stop(): Promise<void> {
    for (const slip of this.open.values()) slip.abort.abort();
    await this.options.lane.idle();
  }

  private print(slip: Slip): Promise<PrintOutcome> {
    const { layout, lane, paper } = this.options;
    const make = async (): Promise<PrintableDocument> => {
      slip.isInPrinter = true;
      const content = slip.make();
      const { pdf } = await layout.render(content, paper);
      return { kind: 'pdf', title: content.reference, pdf };
    };
    return lane.print({ make, signal: slip.abort.signal });
  }

  private finish(reportId: ReportId, outcome: PrintOutcome): void {
    const { store, log } = this.options;
    const state = stateOf(outcome);
    const written = store.write((db) => setPrintState(db, reportId, state));
    if (written.kind !== 'written') log.warn('print-state-not-noted', { reportId, state });
    this.note({ reportId, state, problem: outcome.outcome === 'failed' ? outcome.reason : null });
  }

  private note(status: ReceiptStatus): void {
    this.statuses.delete(status.reportId);
    this.statuses.set(status.reportId, status);
    const oldest = [...this.statuses.keys()][0];
    if (this.statuses.size > mostStatuses && oldest !== undefined) this.statuses.delete(oldest);
    this.listeners.tell(status);
  }

  /** A slip for a visitor who came back: without the lines that only the sealed report or that day could tell. */
  private remakeContent(report: StoredReport, request: ReprintRequest): ReceiptContent {
    const { library, place, clock } = this.options;
    const { reportType } = request;
    const isTypeKnown = reportType !== null && findReportType(library.content, reportType) !== null;
    const content = composeReceipt(
      library,
      { ...place(), isLobbyStaffed: false },
      {
        reference: report.reference,
        summary: {
          reportId: report.reportId,
          reportType: reportType ?? '',
          language: request.language,
          flags: [],
          districtId: '',
          isFallbackRouting: false,
          route: report.lane,
          isAnonymous: false,
        },
        receivedLocal: localTime(new Date(report.receivedAt)),
        isClockTrusted: clock.isTrusted(),
        variant: isTypeKnown ? request.variant : 'discreet',
      },
    );
    const unknown = new Set<string>(['may-contact', 'anonymous', 'lobby-unstaffed']);
    return { ...content, nextSteps: content.nextSteps.filter((step) => !unknown.has(step)) };
  }
}
