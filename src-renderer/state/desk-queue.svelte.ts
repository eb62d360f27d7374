import { safe } from '@orpc/client';
import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { ReportSummary } from '../../src-main/contract/report.ts';
import type { QueueRow } from '../../src-main/contract/status.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskArchive } from './desk-archive.svelte.ts';
import type { DeskKeys, Readable } from './desk-keys.svelte.ts';
import type { DeskSession, SessionRefusal } from './desk-session.svelte.ts';
import { fitsFilter } from './search-filters.ts';

export type QueueFilter = Parameters<DeskClient['queue']>[0]['filter'];
export const queueFilters: readonly QueueFilter[] = [
  'all',
  'new',
  'mine',
  'unprinted',
  'finished',
  'rejected',
];
type QueuePage = Awaited<ReturnType<DeskClient['queue']>>;
export type QueueCounts = QueuePage['counts'];

/** A line of the queue with its summary opened in memory. */
export interface QueueLine {
  readonly row: QueueStanding;
  readonly summary: Readable<ReportSummary>;
}

export interface DeskQueueOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly archive: DeskArchive;
}

/** Lines that come at one touch. */
const step = 50;

/** The reports waiting at this station, newest first. */
export class DeskQueue {
  #filter = $state<QueueFilter>('all');
  /** As the kiosk told them, from the newest on. */
  #told = $state.raw<readonly QueueLine[]>([]);
  #counts = $state.raw<QueueCounts | null>(null);
  #nextBefore = $state<number | null>(null);
  #state = $state<'empty' | 'loading' | 'ready' | 'no-answer'>('empty');
  readonly #options: DeskQueueOptions;
  #summaries: Record<string, Readable<ReportSummary>> = {};
  #version = -1;
  /** Rises with every question; an answer to an older one is dropped. */
  #asked = 0;
  /** The oldest line that is wanted on screen: "show more" is not undone by a refresh, nor by what comes on top. */
  #oldest = $state(Number.POSITIVE_INFINITY);
  readonly #older = $derived.by(() => this.#olderLines());
  readonly #lines = $derived([
    ...this.#told,
    ...this.#older.filter(({ row }) => row.sequence >= this.#oldest),
  ]);

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
    if (!this.#isArchived) return this.#nextBefore !== null;
    return (this.#older.at(-1)?.row.sequence ?? Number.POSITIVE_INFINITY) < this.#oldest;
  }
  get state(): 'empty' | 'loading' | 'ready' | 'no-answer' {
    return this.#state;
  }

  useFilter(filter: QueueFilter): Promise<void> {
    this.#filter = filter;
    this.#oldest = Number.POSITIVE_INFINITY;
    this.#told = [];
    this.#nextBefore = null;
    return this.refresh();
  }

  /** From what is open in memory, where all of it is; otherwise the kiosk's next page. */
  async showMore(): Promise<void> {
    if (this.#isArchived) {
      const hidden = this.#older.filter(({ row }) => row.sequence < this.#oldest).slice(0, step);
      this.#oldest = hidden.at(-1)?.row.sequence ?? this.#oldest;
      return;
    }
    this.#oldest = (this.#told.at(-1)?.row.sequence ?? this.#oldest) - 1;
    await this.refresh();
  }

  /** The kiosk says that something has changed. */
  heardVersion(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    if (this.#options.session.staff !== null) void this.refresh();
  }

  /** The newest that is known of a report, wherever it stands. */
  lineOf(reportId: string): QueueLine | null {
    const told = this.#told.find((line) => line.row.reportId === reportId) ?? null;
    const archived = this.#options.archive.find(reportId);
    if (told === null || archived === null) return told ?? archived;
    return archived.row.version > told.row.version ? archived : told;
  }

  /** Everything is open in memory: lines below the first page need not be asked for. The list of slips changes without a trace. */
  get #isArchived(): boolean {
    return this.#options.archive.state === 'ready' && this.#filter !== 'unprinted';
  }

  #olderLines(): readonly QueueLine[] {
    const last = this.#told.at(-1)?.row.sequence;
    if (!this.#isArchived || this.#nextBefore === null || last === undefined) return [];
    return this.#options.archive.reports.filter(
      ({ row }) => row.sequence < last && fitsFilter(row, this.#filter),
    );
  }

  /** Asks from the top until as many lines are here as stood on screen before, or memory has the rest. */
  async refresh(): Promise<void> {
    if (!this.#options.session.may('queue')) return;
    this.#asked += 1;
    const asked = this.#asked;
    if (this.#state !== 'ready') this.#state = 'loading';
    const archived = this.#options.archive.refresh();
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
    } while (beforeSequence !== null && beforeSequence > this.#oldest && !this.#isArchived);
    const lines = await Promise.all(rows.map((row) => this.#openLine(row)));
    // A report that has left this list is looked up there.
    await archived;
    if (asked !== this.#asked) return;
    this.#told = lines;
    this.#nextBefore = beforeSequence;
    this.#state = 'ready';
    this.#oldest = Math.min(this.#oldest, lines.at(-1)?.row.sequence ?? this.#oldest);
  }

  ask(beforeSequence: number | null) {
    return safe(this.#options.client.queue({ filter: this.#filter, beforeSequence }));
  }

  wipe(): void {
    this.#asked += 1;
    this.#told = [];
    this.#counts = null;
    this.#nextBefore = null;
    this.#summaries = {};
    this.#filter = 'all';
    this.#oldest = Number.POSITIVE_INFINITY;
    this.#state = 'empty';
  }

  #failed(code: SessionRefusal | null): void {
    this.#state = 'no-answer';
    if (code !== null) this.#options.session.refused(code);
  }

  async #openLine(row: QueueRow): Promise<QueueLine> {
    const known = this.#summaries[row.reportId] ?? this.#options.archive.find(row.reportId)?.summary;
    if (known !== undefined) return { row, summary: known };
    const summary = await this.#options.keys.openSummary(row.sealedSummary, row.reportId);
    // A desk that was locked meanwhile keeps nothing, and one that waits for the key opens it when that comes.
    if (this.#options.keys.state === 'ready') this.#summaries[row.reportId] = summary;
    return { row, summary };
  }
}
