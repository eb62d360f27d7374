import { safe } from '@orpc/client';
import type { NamedEntry } from '../../src-main/contract/desk-search.ts';
import type { ReportId } from '../../src-main/contract/ids.ts';
import type { Report } from '../../src-main/contract/report.ts';
import type { ReplyPromise } from '../../src-main/domain/reply-promise.ts';
import type { DanishTexts } from '../../src-main/domain/render-answer.ts';
import { makeSearchable } from '../../src-main/domain/search-pieces.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';
import { breathe, openPages } from './open-pages.ts';
import {
  archive,
  ReportShelf,
  shelveEntry,
  type ArchivedReport,
  type LikelyReport,
  type ShelvedEntry,
} from './report-shelf.ts';

/**
 * `closed`: nobody may search here; `opening`: reports are being opened, and what is open can be searched;
 * `ready`: all of them are; the rest say why it does not go on.
 */
export type ArchiveState = 'closed' | 'opening' | 'ready' | 'no-answer' | 'not-stored';

export interface DeskArchiveOptions {
  readonly client: Pick<DeskClient, 'beginSearch' | 'openForSearch' | 'queueChanges'>;
  readonly session: DeskSession;
  readonly keys: Pick<DeskKeys, 'state' | 'openReport' | 'openEntry'>;
  /** The desk's own words, which reports are searched by too. */
  readonly words: DanishTexts['words'];
}

type Sealed = Awaited<ReturnType<DeskClient['openForSearch']>>['reports'][number];
interface OpenedReport {
  readonly archived: ArchivedReport;
  readonly report: Report | null;
  readonly entries: readonly ShelvedEntry[];
}

/** So often the screen is told while many are opened: searching anew for each would cost more than opening. */
const tellEveryMs = 250;

/** All reports of the kiosk, opened in the background of whoever is signed in, and gone when the desk locks. */
export class DeskArchive {
  #state = $state<ArchiveState>('closed');
  #total = $state(0);
  #reports = $state.raw<readonly ArchivedReport[]>([]);
  readonly #options: DeskArchiveOptions;
  readonly #shelf = new ReportShelf();
  /** Rises with every lock and every new beginning: what an older one opens is dropped. */
  #run = 0;
  #promises = $state.raw<readonly ReplyPromise[]>([]);
  #throughSequence = 0;
  #throughEvent = 0;
  #toldAt = 0;
  #isUpdating = false;
  #isBehind = false;
  /** Lines on screen, told anew at every change: what becomes of a slip has no event. */
  #inSight: readonly ReportId[] = [];

  constructor(options: DeskArchiveOptions) {
    this.#options = options;
    options.session.onOpen(() => void this.begin());
    options.session.onLock(() => this.wipe());
  }

  get state(): ArchiveState {
    return this.#state;
  }
  /** How many there are to open, as far as is known. */
  get total(): number {
    return this.#total;
  }
  /** Newest first; usable from the first one. */
  get reports(): readonly ArchivedReport[] {
    return this.#reports;
  }

  /** The station has promised an answer in a time, to some at least. */
  get hasPromises(): boolean {
    return this.#promises.length > 0;
  }

  find(reportId: string): ArchivedReport | null {
    // Read first, so that whoever asks hears of changes.
    return this.#reports.length === 0 ? null : this.#shelf.find(reportId);
  }

  /** Opened reports that may be about the same thing. */
  likeTo(reportId: string): readonly LikelyReport[] {
    return this.#reports.length === 0 ? [] : this.#shelf.likeTo(reportId);
  }

  /** Contact that is kept out of sight was asked for by name, or hidden again. */
  showContact(report: Report, isShown: boolean): void {
    const danish = this.#danish();
    if (danish === null) return;
    this.#shelf.showContact(report.reportId, makeSearchable(danish, report, isShown), isShown);
    this.#tell();
  }

  /** From the first report, or on from where an answer was missing. */
  async begin(): Promise<void> {
    const { session, keys } = this.#options;
    if (keys.state !== 'ready' || !session.may('openForSearch')) return;
    this.wipe();
    this.#state = 'opening';
    await this.#openAfter(0);
  }

  wipe(): void {
    this.#run += 1;
    this.#state = 'closed';
    this.#total = 0;
    this.#reports = [];
    this.#shelf.clear();
    this.#throughSequence = 0;
    this.#throughEvent = 0;
    this.#promises = [];
    this.#inSight = [];
    this.#isUpdating = false;
  }

  keepFresh(reportIds: readonly ReportId[]): void {
    this.#inSight = reportIds;
  }

  /** Something has changed at the kiosk, or here. */
  async refresh(): Promise<void> {
    if (this.#state === 'ready') await this.#update();
    else if (this.#state === 'opening') this.#isBehind = true;
  }

  async #openAfter(afterSequence: number): Promise<void> {
    const run = this.#run;
    const isStill = (): boolean => run === this.#run;
    const begun = await safe(this.#options.client.beginSearch({ afterSequence }));
    if (!isStill()) return;
    if (!begun.isSuccess) {
      this.#failed(begun.isDefined ? begun.error.code : null);
      return;
    }
    const { reports, throughSequence, throughEvent } = begun.data;
    this.#promises = begun.data.promises;
    this.#total = this.#shelf.size + reports;
    if (afterSequence === 0) this.#throughEvent = throughEvent;
    const isWhole = await openPages<Sealed, OpenedReport>({
      fetchPage: (beforeSequence) => this.#fetch(beforeSequence, isStill),
      open: (sealed) => this.#open(sealed),
      take: (opened) => this.#take(opened),
      isStill,
      breathe,
      now: () => performance.now(),
    });
    if (!isStill()) return;
    this.#tell();
    if (!isWhole) return;
    this.#throughSequence = throughSequence;
    this.#state = 'ready';
    await this.#catchUp();
  }

  /** What was told while another answer was under way. */
  #catchUp(): Promise<void> {
    return this.#isBehind && this.#state === 'ready' ? this.#update() : Promise.resolve();
  }

  async #fetch(beforeSequence: number | null, isStill: () => boolean) {
    const result = await safe(this.#options.client.openForSearch({ beforeSequence }));
    if (result.isSuccess) return result.data;
    if (isStill()) this.#failed(result.isDefined ? result.error.code : null);
    return null;
  }

  #failed(code: 'SIGNED_OUT' | 'FORBIDDEN' | 'NOT_STORED' | 'NOT_BEGUN' | null): void {
    this.#state = code === 'NOT_STORED' ? 'not-stored' : 'no-answer';
    if (code === 'SIGNED_OUT' || code === 'FORBIDDEN') this.#options.session.refused(code);
  }

  async #open({ row, sealedReport, entries }: Sealed): Promise<OpenedReport> {
    const readable = await this.#options.keys.openReport(sealedReport, row.reportId);
    return {
      archived: archive(this.#danish(), this.#promises, row, readable),
      report: readable.ok ? readable.opened : null,
      entries: (await Promise.all(entries.map((entry) => this.#openEntry(entry)))).flat(),
    };
  }

  /** Of one that does not open, nothing can be found. */
  async #openEntry(entry: NamedEntry): Promise<readonly ShelvedEntry[]> {
    const readable = await this.#options.keys.openEntry(entry.sealedEntry, entry);
    const danish = this.#danish();
    return readable.ok && danish !== null ? [shelveEntry(danish, readable.opened)] : [];
  }

  #danish(): DanishTexts | null {
    const { welcome, texts } = this.#options.session;
    if (welcome === null || texts === null) return null;
    return { content: welcome.content, texts: texts.content, words: this.#options.words };
  }

  #take(opened: readonly OpenedReport[]): void {
    for (const { archived, report, entries } of opened) this.#shelf.add(archived, report, entries);
    if (performance.now() - this.#toldAt >= tellEveryMs) this.#tell();
  }

  #tell(): void {
    this.#reports = this.#shelf.newestFirst();
    this.#toldAt = performance.now();
  }

  /** How the reports stand that something happened to, and those that have come. */
  async #update(): Promise<void> {
    if (this.#isUpdating) {
      this.#isBehind = true;
      return;
    }
    this.#isUpdating = true;
    this.#isBehind = false;
    const run = this.#run;
    const hasNew = await this.#readChanges(run);
    if (run !== this.#run) return;
    if (hasNew) await this.#openAfter(this.#throughSequence);
    if (run !== this.#run) return;
    this.#isUpdating = false;
    await this.#catchUp();
  }

  async #addEntries(added: readonly NamedEntry[], run: number): Promise<void> {
    for (const entry of added) {
      const shelved = await this.#openEntry(entry);
      if (run !== this.#run) return;
      for (const one of shelved) this.#shelf.addEntry(entry.reportId, one);
    }
  }

  /** @returns whether there are reports that are not here yet. */
  async #readChanges(run: number): Promise<boolean> {
    let hasNew = false;
    let hasMore = true;
    while (hasMore) {
      const asked = { afterEvent: this.#throughEvent, reportIds: [...this.#inSight] };
      const result = await safe(this.#options.client.queueChanges(asked));
      if (run !== this.#run) return false;
      if (!result.isSuccess) {
        if (result.isDefined) this.#options.session.refused(result.error.code);
        // What was missed is told with the next change: the event it is asked from stays.
        return false;
      }
      for (const row of result.data.rows) hasNew = !this.#shelf.replace(row) || hasNew;
      for (const reportId of result.data.gone) this.#shelf.remove(reportId);
      await this.#addEntries(result.data.entries, run);
      if (run !== this.#run) return false;
      this.#throughEvent = result.data.throughEvent;
      hasMore = result.data.hasMore;
    }
    this.#tell();
    return hasNew;
  }
}
