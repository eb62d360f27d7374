import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { DeskArchive } from './desk-archive.svelte.ts';
import type { DeskQueue, QueueLine } from './desk-queue.svelte.ts';
import type { DeskSearch } from './desk-search.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskListOptions {
  readonly archive: DeskArchive;
  readonly queue: DeskQueue;
  readonly search: DeskSearch;
  readonly session: DeskSession;
}

/** Lines that come at one touch, or when the list is scrolled to its end. */
const step = 50;

/** The list as it stands on screen. While somebody reads in it, nothing comes in above what they read. */
export class DeskList {
  #shown = $state(step);
  /** The newest line when reading began, and of which list. */
  #held = $state.raw<{ readonly sequence: number; readonly of: string } | null>(null);
  readonly #options: DeskListOptions;
  readonly #of = $derived.by(() => this.#nameList());
  readonly #all = $derived.by((): readonly QueueLine[] => {
    const { search, queue } = this.#options;
    return search.isActive ? search.found : queue.lines;
  });
  readonly #arrived = $derived.by(() => this.#countArrived());
  readonly #lines = $derived.by(() => {
    const lines = this.#arrived === 0 ? this.#all : this.#all.slice(this.#arrived);
    return this.#options.search.isActive ? lines.slice(0, this.#shown) : lines;
  });

  constructor(options: DeskListOptions) {
    this.#options = options;
    options.session.onLock(() => this.startOver());
  }

  get lines(): readonly QueueLine[] {
    return this.#lines;
  }
  /** New lines that wait above the list. */
  get arrived(): number {
    return this.#arrived;
  }
  get hasMore(): boolean {
    const { search, queue } = this.#options;
    return search.isActive ? this.#all.length - this.#arrived > this.#shown : queue.hasMore;
  }

  async showMore(): Promise<void> {
    const { search, queue } = this.#options;
    if (search.isActive) this.#shown += step;
    else await queue.showMore();
  }

  /** Somebody reads: what stands there stays where it stands. */
  hold(): void {
    const newest = this.#all[0]?.row.sequence;
    if (this.#held?.of === this.#of || newest === undefined) return;
    this.#held = { sequence: newest, of: this.#of };
  }

  /** What has come meanwhile stands on top. */
  release(): void {
    this.#held = null;
  }

  startOver(): void {
    this.#held = null;
    this.#shown = step;
  }

  /** These lines, and the open report, are told anew when something changes. */
  keepFresh(open: QueueStanding | null): void {
    const ids = this.#lines.slice(0, 2 * step).map(({ row }) => row.reportId);
    this.#options.archive.keepFresh(open === null ? ids : [...ids, open.reportId]);
  }

  #nameList(): string {
    const { search, queue } = this.#options;
    return JSON.stringify([queue.filter, search.typed.trim(), search.chosen, search.isLateOnly]);
  }

  #countArrived(): number {
    const held = this.#held;
    if (held?.of !== this.#of) return 0;
    const at = this.#all.findIndex(({ row }) => row.sequence <= held.sequence);
    return at === -1 ? 0 : at;
  }
}
