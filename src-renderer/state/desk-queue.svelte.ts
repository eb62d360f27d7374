import { safe } from '@orpc/client';
import type { ReportSummary } from '../../src-main/contract/report.ts';
import type { QueueRow } from '../../src-main/contract/status.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskKeys, Readable } from './desk-keys.svelte.ts';
import type { DeskSession, SessionRefusal } from './desk-session.svelte.ts';

export type QueueFilter = Parameters<DeskClient['queue']>[0]['filter'];
export const queueFilters: readonly QueueFilter[] = ['all', 'new', 'mine', 'unprinted', 'finished'];
type QueuePage = Awaited<ReturnType<DeskClient['queue']>>;
export type QueueCounts = QueuePage['counts'];

/** A line of the queue with its summary opened in memory. */
export interface QueueLine {
  readonly row: QueueRow;
  readonly summary: Readable<ReportSummary>;
}

export interface DeskQueueOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
}

/** The reports waiting at this station, newest first. */
export class DeskQueue {
  #filter = $state<QueueFilter>('all');
  #lines = $state.raw<readonly QueueLine[]>([]);
  #counts = $state.raw<QueueCounts | null>(null);
  #nextBefore = $state<number | null>(null);
  #state = $state<'empty' | 'loading' | 'ready' | 'no-answer'>('empty');
  readonly #options: DeskQueueOptions;
  #summaries: Record<string, Readable<ReportSummary>> = {};
  #version = -1;
  /** Rises with every question; an answer to an older one is dropped. */
  #asked = 0;
  /** How many lines are wanted on screen: "show more" is not undone by a refresh. */
  #wanted = 1;

  constructor(options: DeskQueueOptions) {
    this.#options = options;
    options.session.onOpen(() => void this.refresh());
    options.session.onLock(() => this.wipe());
  }

  get filter(): QueueFilter {
    return this.#filter;
  }
  get lines(): readonly QueueLine[] {
    return this.#lines;
  }
  get counts(): QueueCounts | null {
    return this.#counts;
  }
  get hasMore(): boolean {
    return this.#nextBefore !== null;
  }
  get state(): 'empty' | 'loading' | 'ready' | 'no-answer' {
    return this.#state;
  }

  useFilter(filter: QueueFilter): Promise<void> {
    this.#filter = filter;
    this.#wanted = 1;
    this.#lines = [];
    return this.refresh();
  }

  showMore(): Promise<void> {
    this.#wanted = this.#lines.length + 1;
    return this.refresh();
  }

  /** The kiosk says that something has changed. */
  heardVersion(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    if (this.#options.session.staff !== null) void this.refresh();
  }

  lineOf(reportId: string): QueueLine | null {
    return this.#lines.find((line) => line.row.reportId === reportId) ?? null;
  }

  /** Asks from the top until as many lines are here as stood on screen before. */
  async refresh(): Promise<void> {
    if (!this.#options.session.may('queue')) return;
    this.#asked += 1;
    const asked = this.#asked;
    if (this.#state !== 'ready') this.#state = 'loading';
    const rows: QueueRow[] = [];
    let beforeSequence: number | null = null;
    do {
      const result: Awaited<ReturnType<DeskQueue['ask']>> = await this.ask(beforeSequence);
      if (asked !== this.#asked) return;
      if (!result.isSuccess) {
        this.#failed(result.isDefined ? result.error.code : null);
        return;
      }
      rows.push(...result.data.rows);
      beforeSequence = result.data.nextBeforeSequence;
      this.#counts = result.data.counts;
    } while (beforeSequence !== null && rows.length < this.#wanted);
    const lines = await Promise.all(rows.map((row) => this.#openLine(row)));
    if (asked !== this.#asked) return;
    this.#lines = lines;
    this.#nextBefore = beforeSequence;
    this.#state = 'ready';
    this.#wanted = Math.max(this.#wanted, lines.length);
  }

  ask(beforeSequence: number | null) {
    return safe(this.#options.client.queue({ filter: this.#filter, beforeSequence }));
  }

  wipe(): void {
    this.#asked += 1;
    this.#lines = [];
    this.#counts = null;
    this.#nextBefore = null;
    this.#summaries = {};
    this.#filter = 'all';
    this.#wanted = 1;
    this.#state = 'empty';
  }

  #failed(code: SessionRefusal | null): void {
    this.#state = 'no-answer';
    if (code !== null) this.#options.session.refused(code);
  }

  async #openLine(row: QueueRow): Promise<QueueLine> {
    const known = this.#summaries[row.reportId];
    if (known !== undefined) return { row, summary: known };
    const summary = await this.#options.keys.openSummary(row.sealedSummary, row.reportId);
    // A desk that was locked meanwhile keeps nothing.
    if (this.#options.keys.state !== 'locked') this.#summaries[row.reportId] = summary;
    return { row, summary };
  }
}
