import type { Language, LeafletId, ReportId } from '../contract/ids.ts';
import type { DeskLeaflet } from '../contract/desk-paper.ts';
import type { Leaflet } from '../contract/leaflet.ts';
import type { LeafletStatus } from '../contract/status.ts';
import type { ReceiptPaper, SheetContent } from '../contract/receipt.ts';
import { composeLeaflet } from '../domain/leaflet.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock, ContentLibrary } from '../domain/ports.ts';
import type { PrintOutcome, ReceiptLayout } from '../domain/printer.ts';
import type { ReceiptPlace } from '../domain/receipt.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { layOut } from './print-document.ts';
import type { PrintLane } from './print-lane.ts';
import type { Receipts } from './receipts.ts';
import type { Timers } from './timers.ts';

export interface LeafletsOptions {
  readonly library: ContentLibrary;
  readonly layout: ReceiptLayout;
  readonly lane: PrintLane;
  readonly paper: ReceiptPaper;
  readonly place: () => ReceiptPlace;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Slips go first. */
  readonly receipts: Pick<Receipts, 'onStatus'>;
  /** Leaflets of one visit that may come out. */
  readonly mostPerVisit?: number;
  /** From the wish to paper. */
  readonly deadlineMs?: number;
  /** What a leaflet that is coming out still gets when a slip wants the printer, or its reader has left. */
  readonly giveWayMs?: number;
  /** A visit that ended without a word is over after this. */
  readonly visitMs?: number;
}

export interface LeafletWish {
  readonly leafletId: LeafletId;
  readonly leaflet: Leaflet | DeskLeaflet;
  readonly language: Language;
}

export type LeafletOutcome =
  | { readonly kind: 'taken'; readonly status: LeafletStatus }
  /** Content has no such page. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'too-many' };

/** Paper that belongs to no report. Nothing of it is stored. */
export interface Leaflets {
  /** The same wish twice is one leaflet. */
  print(wish: LeafletWish): LeafletOutcome;
  /** The visitor has left: what waits is not for the next one, and the next one starts to count anew. */
  leave(): void;
  onStatus(listener: (status: LeafletStatus) => void): Unsubscribe;
  /** Ends the wait for every leaflet. */
  stop(): Promise<void>;
}

interface Sheet {
  readonly leafletId: LeafletId;
  readonly content: SheetContent;
  /** Nobody waits for it any more. */
  readonly given: AbortController;
  /** Its way through the lane; a new one after it stepped aside for a slip. */
  turn: AbortController;
  /** Bytes have left that could become paper. */
  isOut: boolean;
  hasLeft: boolean;
}

const mostFailures = 20;

export function createLeaflets(options: LeafletsOptions): Leaflets {
  return new LeafletQueue(options);
}

class LeafletQueue implements Leaflets {
  private readonly options: LeafletsOptions;
  private readonly listeners = createListeners<LeafletStatus>();
  /** Of this visit. */
  private statuses = new Map<LeafletId, LeafletStatus>();
  private waiting: Sheet[] = [];
  private current: Sheet | null = null;
  /** Slips that wait or are printed. */
  private readonly slips = new Set<ReportId>();
  private lastWishAtMs = 0;
  private work: Promise<void> = Promise.resolve();
  private readonly stopListening: Unsubscribe;

  constructor(options: LeafletsOptions) {
    this.options = options;
    this.stopListening = options.receipts.onStatus(({ reportId, state }) => {
      if (state === 'queued' || state === 'sent') {
        this.slips.add(reportId);
        this.giveWay();
      } else {
        this.slips.delete(reportId);
        this.next();
      }
    });
  }

  print({ leafletId, leaflet, language }: LeafletWish): LeafletOutcome {
    const known = this.statuses.get(leafletId);
    if (known !== undefined) return { kind: 'taken', status: known };
    const { library, place, clock, timers, deadlineMs } = this.options;
    this.startAnewWhenForgotten();
    if (this.countThatMayComeOut() >= (this.options.mostPerVisit ?? 5)) return { kind: 'too-many' };
    const now = clock.now();
    const content = composeLeaflet(library, {
      ...{ leaflet, language, now, place: place(), printedAt: localTime(now) },
      isClockTrusted: clock.isTrusted(),
    });
    if (content === null) return { kind: 'not-found' };
    const sheet: Sheet = {
      ...{ leafletId, content, isOut: false, hasLeft: false },
      given: new AbortController(),
      turn: new AbortController(),
    };
    timers.after(deadlineMs ?? 30_000, () => this.giveUp(sheet));
    const status = this.note({ leafletId, state: 'queued', problem: null });
    this.waiting.push(sheet);
    this.next();
    return { kind: 'taken', status };
  }

  leave(): void {
    this.statuses = new Map();
    const { current } = this;
    for (const sheet of [...this.waiting, ...(current === null ? [] : [current])]) {
      sheet.hasLeft = true;
      if (sheet.isOut) this.options.timers.after(this.giveWayMs, () => this.giveUp(sheet));
      else this.giveUp(sheet);
    }
  }

  onStatus(listener: (status: LeafletStatus) => void): Unsubscribe {
    return this.listeners.add(listener);
  }

  async stop(): Promise<void> {
    this.stopListening();
    for (const sheet of [...this.waiting, ...(this.current === null ? [] : [this.current])])
      this.giveUp(sheet);
    await this.work;
  }

  private get giveWayMs(): number {
    return this.options.giveWayMs ?? 3000;
  }

  /** One at a time goes to the lane, and none while a slip is on its way: so no slip ever stands behind more than one. */
  private next(): void {
    if (this.current !== null || this.slips.size > 0) return;
    const sheet = this.waiting.shift();
    if (sheet === undefined) return;
    this.current = sheet;
    this.work = this.run(sheet);
  }

  private async run(sheet: Sheet): Promise<void> {
    const { layout, lane, paper } = this.options;
    const { leafletId, content, given, turn } = sheet;
    const title = `leaflet-${leafletId}`;
    const outcome = await lane.print({
      make: (form) => layOut(layout, { content, paper, title }, form),
      signal: turn.signal,
      onSent: () => {
        sheet.isOut = true;
        this.note({ leafletId, state: 'sent', problem: null });
      },
    });
    this.current = null;
    if (turn.signal.aborted && !given.signal.aborted && !sheet.isOut) {
      // It stepped aside before it began: its turn comes again after the slip.
      sheet.turn = new AbortController();
      this.waiting.unshift(sheet);
    } else this.finish(sheet, outcome);
    this.next();
  }

  private finish({ leafletId, hasLeft }: Sheet, outcome: PrintOutcome): void {
    if (outcome.outcome === 'printed') this.note({ leafletId, state: 'printed', problem: null });
    else this.note({ leafletId, state: outcome.outcome, problem: hasLeft ? 'left' : outcome.reason });
  }

  /** A slip wants the printer. What has not begun steps aside, what is coming out gets a moment to be whole. */
  private giveWay(): void {
    const sheet = this.current;
    if (sheet === null) return;
    const { turn } = sheet;
    if (!sheet.isOut) turn.abort();
    else this.options.timers.after(this.giveWayMs, () => turn.abort());
  }

  private giveUp(sheet: Sheet): void {
    sheet.given.abort();
    sheet.turn.abort();
    if (!this.waiting.includes(sheet)) return;
    this.waiting = this.waiting.filter((other) => other !== sheet);
    this.finish(sheet, { outcome: 'failed', reason: 'timeout' });
  }

  /** A printer without paper may be asked all day; a word about the oldest tries is enough. */
  private forgetOldFailures(): void {
    const failed = [...this.statuses.values()].filter(({ state }) => state === 'failed');
    for (const { leafletId } of failed.slice(0, -mostFailures)) this.statuses.delete(leafletId);
  }

  /** What failed cost no paper and may be asked for again. */
  private countThatMayComeOut(): number {
    return [...this.statuses.values()].filter(({ state }) => state !== 'failed').length;
  }

  private startAnewWhenForgotten(): void {
    const nowMs = this.options.clock.monotonicMs();
    if (nowMs - this.lastWishAtMs > (this.options.visitMs ?? 600_000)) this.statuses = new Map();
    this.lastWishAtMs = nowMs;
  }

  private note(status: LeafletStatus): LeafletStatus {
    const { leafletId, state } = status;
    // Of one who has left, nothing is remembered.
    if (state === 'queued' || this.statuses.has(leafletId)) this.statuses.set(leafletId, status);
    this.forgetOldFailures();
    this.listeners.tell(status);
    return status;
  }
}
