import { findVariant, hasInterrupted, type SlipStanding } from '../../db/stores/print-job.ts';
import { findReport, type StoredReport } from '../../db/stores/report.ts';
import type { Staff } from '../contract/staff.ts';
import type { Language, ReportId } from '../contract/ids.ts';
import type { ReceiptContent, ReceiptPaper, ReceiptVariant } from '../contract/receipt.ts';
import type { ReceiptStatus } from '../contract/status.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock, ContentLibrary, Log, ReceiptSigner } from '../domain/ports.ts';
import type { PrintOutcome, ReceiptLayout } from '../domain/printer.ts';
import { composeReceipt, type ReceiptOccasion, type ReceiptPlace } from '../domain/receipt.ts';
import { findReportType } from '../domain/triage.ts';
import type { Unsubscribe } from './listeners.ts';
import { layOut } from './print-document.ts';
import type { PrintLane } from './print-lane.ts';
import { createSlipStandings, type SlipDeed, type SlipStandings } from './slip-standings.ts';
import type { Store } from './store.ts';
import type { Timers } from './timers.ts';

export interface ReceiptsOptions {
  readonly store: Store;
  readonly library: ContentLibrary;
  readonly layout: ReceiptLayout;
  readonly lane: PrintLane;
  readonly paper: ReceiptPaper;
  /** Null before enrolment, when there is nothing to sign for. */
  readonly signer: ReceiptSigner | null;
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

export type SlipOutcome =
  | ({ readonly kind: 'done' } & SlipStanding)
  | { readonly kind: 'not-found' }
  /** A slip of this report is in the printer or waits for it. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'not-stored' };

export interface Receipts {
  /** After the commit. Never throws: a slip that cannot be made has failed, the report is not in doubt. */
  enqueue(reportId: ReportId, occasion: ReceiptOccasion): void;
  /** The visitor has left: a slip that still waits is not for the next one. */
  leave(reportId: ReportId): void;
  /** The visitor says whether the paper is in their hands. Only of a slip of this run. */
  hearVisitor(reportId: ReportId, hasSlip: boolean): void;
  /** One more slip, marked as a copy. */
  reprint(request: ReprintRequest, staff: Staff): Promise<SlipOutcome>;
  /** Staff say that no slip is missing: one that waits is given up, one that did not come out leaves the list. */
  settle(reportId: ReportId, staff: Staff): Promise<SlipOutcome>;
  /** Of a slip of this run; null when it is not one of the newest. */
  status(reportId: ReportId): ReceiptStatus | null;
  onStatus(listener: (status: ReceiptStatus) => void): Unsubscribe;
  /** A piece of a slip of an earlier run may still hang in the printer. */
  mayHang(): boolean;
  /** Ends the wait for every slip. */
  stop(): Promise<void>;
}

interface Slip {
  readonly reportId: ReportId;
  readonly make: () => ReceiptContent;
  readonly abort: AbortController;
  isInPrinter: boolean;
  hasLeft: boolean;
  readonly ended: PromiseWithResolvers<SlipStanding>;
}

export function createReceipts(options: ReceiptsOptions): Receipts {
  return new PrintQueue(options);
}

class PrintQueue implements Receipts {
  private readonly options: ReceiptsOptions;
  private readonly standings: SlipStandings;
  /** In the printer, or on the way to it: one of each report at most. */
  private readonly open = new Map<ReportId, Slip>();

  constructor(options: ReceiptsOptions) {
    this.options = options;
    this.standings = createSlipStandings(options.store, options.clock, options.log);
  }

  enqueue(reportId: ReportId, occasion: ReceiptOccasion): void {
    const { library, place } = this.options;
    const placeThen = place();
    this.standings.begin(reportId);
    void this.print(reportId, () => composeReceipt(library, placeThen, occasion));
  }

  leave(reportId: ReportId): void {
    const slip = this.open.get(reportId);
    if (slip === undefined) return;
    slip.hasLeft = true;
    const graceMs = slip.isInPrinter ? (this.options.leaveGraceMs ?? 5000) : 0;
    if (graceMs === 0) slip.abort.abort();
    else this.options.timers.after(graceMs, () => slip.abort.abort());
  }

  hearVisitor(reportId: ReportId, hasSlip: boolean): void {
    // Before the printer has had its say nobody can hold a whole slip.
    if (this.open.has(reportId)) return;
    const state = this.standings.recent(reportId)?.state;
    if (hasSlip && state === 'unknown') this.settleFor(reportId, 'visitor');
    if (!hasSlip && (state === 'unknown' || state === 'printed'))
      this.standings.note(
        reportId,
        { state: 'unknown', problem: 'not-seen' },
        { actor: 'visitor', action: 'receipt-not-seen' },
      );
  }

  async reprint(request: ReprintRequest, staff: Staff): Promise<SlipOutcome> {
    const { store } = this.options;
    const { reportId } = request;
    const report = store.read((db) => findReport(db, reportId));
    if (report === null) return { kind: 'not-found' };
    if (this.open.has(reportId)) return { kind: 'under-way' };
    const actor = staff.staffId;
    // Noted before it can come out: a copy that nobody answers for would be worse than none.
    const asked = { actor, action: 'receipt-reprint-asked' } as const;
    if (!this.standings.note(reportId, { state: 'queued', problem: null }, asked))
      return { kind: 'not-stored' };
    const make = (): ReceiptContent => this.remakeContent(report, request);
    const standing = await this.print(reportId, make, { actor, action: 'receipt-reprinted' });
    return { kind: 'done', ...standing };
  }

  async settle(reportId: ReportId, staff: Staff): Promise<SlipOutcome> {
    const slip = this.open.get(reportId);
    if (slip !== undefined) {
      slip.abort.abort();
      await slip.ended.promise;
    }
    const standing = this.standings.stored(reportId);
    if (standing === null) return { kind: 'not-found' };
    if (standing.state === 'printed' || standing.state === 'settled') return { kind: 'done', ...standing };
    return this.settleFor(reportId, staff.staffId);
  }

  status(reportId: ReportId): ReceiptStatus | null {
    return this.standings.recent(reportId);
  }

  onStatus(listener: (status: ReceiptStatus) => void): Unsubscribe {
    return this.standings.onChange(listener);
  }

  mayHang(): boolean {
    return this.options.store.read(hasInterrupted);
  }

  async stop(): Promise<void> {
    const slips = [...this.open.values()];
    for (const slip of slips) slip.abort.abort();
    await Promise.all(slips.map((slip) => slip.ended.promise));
  }

  private settleFor(reportId: ReportId, actor: string): SlipOutcome {
    const standing = { state: 'settled', problem: null } as const;
    const isStored = this.standings.note(reportId, standing, { actor, action: 'receipt-settled' });
    return isStored ? { kind: 'done', ...standing } : { kind: 'not-stored' };
  }

  /** @param whenPrinted noted with a slip that came out. */
  private async print(
    reportId: ReportId,
    make: () => ReceiptContent,
    whenPrinted?: SlipDeed,
  ): Promise<SlipStanding> {
    const { timers, deadlineMs } = this.options;
    const abort = new AbortController();
    const ended = Promise.withResolvers<SlipStanding>();
    const slip: Slip = { reportId, make, abort, ended, isInPrinter: false, hasLeft: false };
    this.open.set(reportId, slip);
    const stopWaiting = timers.after(deadlineMs ?? 15_000, () => abort.abort());
    const outcome = await this.sendThrough(slip);
    stopWaiting();
    this.open.delete(reportId);
    const standing = standingOf(outcome, slip);
    this.standings.note(reportId, standing, standing.state === 'printed' ? whenPrinted : undefined);
    ended.resolve(standing);
    return standing;
  }

  private sendThrough(slip: Slip): Promise<PrintOutcome> {
    const { layout, lane, paper } = this.options;
    return lane.print({
      signal: slip.abort.signal,
      make: async (form) => {
        slip.isInPrinter = true;
        const content = await this.signed(slip.make());
        return layOut(layout, { content, paper, title: content.reference }, form);
      },
      // Before the first byte: a kiosk that dies now leaves a slip of which nobody knows, not one that failed.
      onSent: () => this.standings.note(slip.reportId, { state: 'sent', problem: null }),
    });
  }

  private async signed(content: ReceiptContent): Promise<ReceiptContent> {
    const { signer, place, layout, log } = this.options;
    const { reference, receivedAt } = content;
    const scripts = layout.missingScripts(content);
    if (scripts.length > 0) log.warn('slip-without-script', { scripts: scripts.join(' ') });
    const claims = { reference, stationId: place().station.id, day: receivedAt.slice(0, 10) };
    return signer === null ? content : { ...content, proof: await signer.sign(claims) };
  }

  /** A slip for a visitor who came back: without the lines that only the sealed report or that day could tell. */
  private remakeContent(report: StoredReport, request: ReprintRequest): ReceiptContent {
    const { library, place, clock, store } = this.options;
    const { reportType } = request;
    const first = store.read((db) => findVariant(db, report.reportId)) ?? 'discreet';
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
        // A tip stays a tip, whatever the desk knows or asks for; a copy of a full slip may say less.
        variant: first !== 'full' ? first : isTypeKnown ? request.variant : 'discreet',
      },
    );
    const unknown = new Set<string>(['may-contact', 'anonymous', 'lobby-unstaffed']);
    // Who can be reached stands in the sealed report alone.
    const steps = content.nextSteps.map((step) =>
      step === 'reply-within' ? 'registration-takes-days' : step,
    );
    return { ...content, isCopy: true, nextSteps: steps.filter((step) => !unknown.has(step)) };
  }
}

function standingOf(outcome: PrintOutcome, { hasLeft }: Slip): SlipStanding {
  if (outcome.outcome === 'printed') return { state: 'printed', problem: null };
  const isGivenUp = hasLeft && outcome.reason === 'timeout';
  return { state: outcome.outcome, problem: isGivenUp ? 'left' : outcome.reason };
}
