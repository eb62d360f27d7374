import { safe, type SafeResult } from '@orpc/client';
import type { Report } from '../../src-main/contract/report.ts';
import type { Review } from '../../src-main/contract/review.ts';
import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskArchive } from './desk-archive.svelte.ts';
import type { DeskKeys, UnreadableReason } from './desk-keys.svelte.ts';
import type { DeskQueue } from './desk-queue.svelte.ts';
import type { DeskSession, SessionRefusal } from './desk-session.svelte.ts';

export type SlipStanding = Pick<QueueStanding, 'printState' | 'printProblem'>;
export type ReviewStep = 'claim' | 'takeOver' | 'release' | 'finish' | 'reopen';

/** What came of the last action, where the screen has to say something. */
export type ReportSaying =
  /** Somebody else was quicker; the pane shows how it stands now. */
  | { readonly kind: 'changed'; readonly review: Review }
  | { readonly kind: 'reprinted'; readonly variant: 'full' | 'discreet'; readonly slip: SlipStanding }
  | { readonly kind: 'gone' | 'not-stored' | 'no-answer' | 'under-way' };

export type ReportView =
  | { readonly state: 'none' }
  | { readonly state: 'opening'; readonly row: QueueStanding }
  | { readonly state: 'open'; readonly row: QueueStanding; readonly report: Report }
  | { readonly state: 'unreadable'; readonly row: QueueStanding; readonly reason: UnreadableReason }
  | { readonly state: 'gone' | 'no-answer'; readonly row: QueueStanding };

export interface DeskReportOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly queue: DeskQueue;
  readonly archive: Pick<DeskArchive, 'showContact'>;
}

type Opened = Awaited<ReturnType<DeskClient['openReport']>>;

/** Hears of the report that is open: what stands beside it when it opens, and when it is closed. */
export interface ReportListener {
  readonly onOpened: (report: Report, opened: Opened) => void;
  readonly onClosed: () => void;
  /** Somebody at this desk brought the review to this version, and has seen the one before. */
  readonly onActed: (review: Review, step: ReviewStep) => void;
}
type StepError = Extract<
  SafeResult<Review, Awaited<ReturnType<typeof askStep>>['error']>,
  { isSuccess: false }
>;

function askStep(client: DeskClient, step: ReviewStep, reportId: QueueStanding['reportId'], version: number) {
  return safe(client[step]({ reportId, version }));
}

/** The one report that is open. It is in memory only, and only until the next one, or the lock. */
export class DeskReport {
  #view = $state.raw<ReportView>({ state: 'none' });
  #review = $state.raw<Review | null>(null);
  #slip = $state.raw<SlipStanding | null>(null);
  #acknowledgedAt = $state<string | null>(null);
  #saying = $state.raw<ReportSaying | null>(null);
  #isBusy = $state(false);
  #showsContact = $state(false);
  #showsPrivate = $state(false);
  readonly #options: DeskReportOptions;
  readonly #listeners: ReportListener[] = [];
  #asked = 0;

  constructor(options: DeskReportOptions) {
    this.#options = options;
    options.session.onLock(() => this.close());
  }

  listen(listener: ReportListener): void {
    this.#listeners.push(listener);
  }

  /** Heard on another way: an entry was added, by whomever. */
  heard(review: Review): void {
    const known = this.#review;
    if (known?.reportId === review.reportId && review.version >= known.version) this.#review = review;
  }

  get view(): ReportView {
    return this.#view;
  }
  get reportId(): string | null {
    return this.#view.state === 'none' ? null : this.#view.row.reportId;
  }
  /** Who has it: the newest of what the report's own calls and the queue have told. */
  get review(): Review | null {
    const row = this.#queuedRow;
    const known = this.#review;
    return known !== null && row !== null && row.version > known.version ? { ...row } : known;
  }
  /** How the slip stands, and what is wrong with it; null until the report is open. */
  get slip(): SlipStanding | null {
    return this.#queuedRow ?? this.#slip;
  }
  get isAcknowledged(): boolean {
    return this.#acknowledgedAt !== null || this.#queuedRow?.isDelivered === true;
  }
  get saying(): ReportSaying | null {
    return this.#saying;
  }
  /** An action is under way; another one would act on an old version. */
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** Contact that the visitor asked to keep out of sight was asked for. */
  get showsContact(): boolean {
    return this.#showsContact;
  }

  get #queuedRow(): QueueStanding | null {
    const { reportId } = this;
    return reportId === null ? null : (this.#options.queue.lineOf(reportId)?.row ?? null);
  }

  /** A number that is hidden in every report, CPR, was asked for. */
  get showsPrivate(): boolean {
    return this.#showsPrivate;
  }

  showContact(): Promise<void> {
    return this.#show(() => this.#setContact(true));
  }

  hideContact(): void {
    this.#setContact(false);
  }

  /** While it is shown here, it can be searched too. */
  #setContact(isShown: boolean): void {
    if (this.#showsContact === isShown) return;
    this.#showsContact = isShown;
    if (this.#view.state === 'open') this.#options.archive.showContact(this.#view.report, isShown);
  }

  showPrivate(): Promise<void> {
    return this.#show(() => {
      this.#showsPrivate = true;
    });
  }

  hidePrivate(): void {
    this.#showsPrivate = false;
  }

  /** Only once the kiosk has noted who asked. */
  async #show(uncover: () => void): Promise<void> {
    const { view } = this;
    if (view.state !== 'open' || this.#isBusy) return;
    await this.#work(async (isStill) => {
      const { reportId } = view.row;
      const result = await safe(this.#options.client.showContact({ reportId }));
      if (!isStill()) return;
      if (result.isSuccess) uncover();
      else if (!result.isDefined) this.#saying = { kind: 'no-answer' };
      else if (result.error.code === 'NOT_FOUND') this.#saying = { kind: 'gone' };
      else this.#options.session.refused(result.error.code);
    });
  }

  close(): void {
    this.#asked += 1;
    for (const { onClosed } of this.#listeners) onClosed();
    this.#setContact(false);
    this.#view = { state: 'none' };
    this.#review = null;
    this.#slip = null;
    this.#acknowledgedAt = null;
    this.#saying = null;
    this.#isBusy = false;
    this.#showsPrivate = false;
  }

  async open(row: QueueStanding): Promise<void> {
    this.close();
    if (this.#options.keys.state !== 'ready') {
      // Nothing is fetched, so that no audit line says it was read.
      this.#view = { state: 'unreadable', row, reason: 'no-key' };
      return;
    }
    const asked = this.#asked;
    this.#view = { state: 'opening', row };
    const result = await safe(this.#options.client.openReport({ reportId: row.reportId }));
    if (asked !== this.#asked) return;
    if (result.isSuccess) await this.#unseal(row, result.data, asked);
    else if (!result.isDefined) this.#view = { state: 'no-answer', row };
    else if (result.error.code === 'NOT_FOUND') this.#view = { state: 'gone', row };
    else {
      this.close();
      this.#options.session.refused(result.error.code);
    }
  }

  async #unseal(row: QueueStanding, opened: Opened, asked: number): Promise<void> {
    const readable = await this.#options.keys.openReport(opened.sealed.sealedReport, row.reportId);
    if (asked !== this.#asked) return;
    this.#review = opened.review;
    this.#slip = opened;
    this.#acknowledgedAt = opened.acknowledgedAt;
    this.#view = readable.ok
      ? { state: 'open', row, report: readable.opened }
      : { state: 'unreadable', row, reason: readable.reason };
    if (readable.ok) for (const { onOpened } of this.#listeners) onOpened(readable.opened, opened);
  }

  /** Claims, takes over, gives back or finishes, on the version that stands on screen. */
  async act(step: ReviewStep): Promise<void> {
    const { review } = this;
    if (review === null || this.#isBusy) return;
    await this.#work(async (isStill) => {
      const result = await askStep(this.#options.client, step, review.reportId, review.version);
      if (!isStill()) return;
      if (result.isSuccess) {
        this.#review = result.data;
        for (const { onActed } of this.#listeners) onActed(result.data, step);
      } else this.#refused(result);
    });
    await this.#options.queue.refresh();
  }

  #refused(result: StepError): void {
    const error = result.isDefined ? result.error : null;
    if (error?.code === 'CHANGED') {
      this.#review = error.data;
      this.#saying = { kind: 'changed', review: error.data };
    } else this.#sayRefusal(error?.code ?? null);
  }

  /** Prints the slip again; the discreet one names no type. */
  async reprint(variant: 'full' | 'discreet'): Promise<void> {
    const { view } = this;
    if (view.state !== 'open' || this.#isBusy) return;
    const { reportId, reportType, language } = view.report.submission;
    await this.#work(async (isStill) => {
      const type = variant === 'full' ? reportType : null;
      const result = await safe(
        this.#options.client.reprint({ reportId, variant, reportType: type, language }),
      );
      if (!isStill()) return;
      if (result.isSuccess) {
        this.#slip = result.data;
        this.#saying = { kind: 'reprinted', variant, slip: result.data };
      } else this.#sayRefusal(result.isDefined ? result.error.code : null);
    });
    await this.#options.queue.refresh();
  }

  /** No slip is missing: nothing is printed any more, and it leaves the list. */
  async settleSlip(): Promise<void> {
    const { view } = this;
    if (view.state === 'none' || this.#isBusy) return;
    await this.#work(async (isStill) => {
      const result = await safe(this.#options.client.settleSlip({ reportId: view.row.reportId }));
      if (!isStill()) return;
      if (result.isSuccess) this.#slip = result.data;
      else this.#sayRefusal(result.isDefined ? result.error.code : null);
    });
    await this.#options.queue.refresh();
  }

  /** @param code null: nobody answered. */
  #sayRefusal(code: 'NOT_FOUND' | 'UNDER_WAY' | 'NOT_STORED' | SessionRefusal | null): void {
    switch (code) {
      case null:
        this.#saying = { kind: 'no-answer' };
        return;
      case 'NOT_FOUND':
        this.#saying = { kind: 'gone' };
        return;
      case 'UNDER_WAY':
        this.#saying = { kind: 'under-way' };
        return;
      case 'NOT_STORED':
        this.#saying = { kind: 'not-stored' };
        return;
      case 'SIGNED_OUT':
      case 'FORBIDDEN':
        this.#options.session.refused(code);
    }
  }

  async #work(task: (isStill: () => boolean) => Promise<void>): Promise<void> {
    const asked = this.#asked;
    const isStill = (): boolean => asked === this.#asked;
    this.#isBusy = true;
    this.#saying = null;
    try {
      await task(isStill);
    } finally {
      if (isStill()) this.#isBusy = false;
    }
  }
}
