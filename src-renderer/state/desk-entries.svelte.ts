import { safe } from '@orpc/client';
import type { Standing } from '../../src-main/contract/desk-entries.ts';
import type { Entry } from '../../src-main/contract/entry.ts';
import type { EntryId } from '../../src-main/contract/ids.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { Report } from '../../src-main/contract/report.ts';
import type { Deed, Review } from '../../src-main/contract/review.ts';
import { makeEntryId } from '../../src-main/domain/visit-ids.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskClock } from './desk-ports.ts';
import type { DeskReport, ReviewStep } from './desk-report.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';
import { problemOf, type EntryProblem, type EntryRefusal } from './entry-sending.ts';
import { ownDeed, recipientsOf, type OpenedEntry } from './opened-entries.ts';

export type EntriesSaying =
  { readonly kind: EntryProblem } | { readonly kind: 'escalated' } | { readonly kind: 'undone' };

export interface DeskEntriesOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly report: DeskReport;
  readonly clock: DeskClock;
}

/** What was added to the report that is open, by whom, and what was done with it. In memory only. */
export class DeskEntries {
  #report = $state.raw<Report | null>(null);
  #all = $state.raw<readonly OpenedEntry[]>([]);
  #deeds = $state.raw<readonly Deed[]>([]);
  #printChangedAt = $state<string | null>(null);
  #acknowledgedAt = $state<string | null>(null);
  /** Entries of others that came while the report stood open. */
  #fresh = $state.raw<readonly EntryId[]>([]);
  #saying = $state.raw<EntriesSaying | null>(null);
  #isBusy = $state(false);
  readonly #options: DeskEntriesOptions;
  /** Of the review, as far as whoever sits here has been shown it. */
  #seenVersion = 0;
  #knownVersion = 0;
  /** Made at this desk. */
  #own: readonly EntryId[] = [];
  #opening: Promise<void> = Promise.resolve();
  #queueVersion = -1;
  #asked = 0;
  /** A form is open: what comes now is told there, and seen only when that is said. */
  #isHeld = false;
  #news = $state.raw<readonly OpenedEntry[]>([]);
  #hasOtherNews = $state(false);

  constructor(options: DeskEntriesOptions) {
    this.#options = options;
    options.report.listen({
      onOpened: (report, opened) => {
        this.#report = report;
        this.#printChangedAt = opened.printChangedAt;
        this.#acknowledgedAt = opened.acknowledgedAt;
        this.#opening = this.#takeFirst(opened);
      },
      onClosed: () => this.#wipe(),
      onActed: (review, step) => this.#acted(review, step),
    });
  }

  get report(): Report | null {
    return this.#report;
  }
  get all(): readonly OpenedEntry[] {
    return this.#all;
  }
  get deeds(): readonly Deed[] {
    return this.#deeds;
  }
  get printChangedAt(): string | null {
    return this.#printChangedAt;
  }
  get acknowledgedAt(): string | null {
    return this.#acknowledgedAt;
  }
  get saying(): EntriesSaying | null {
    return this.#saying;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  get version(): number {
    return this.#seenVersion;
  }
  /** What others added while a form stood open, until somebody says that it was seen. */
  get news(): readonly OpenedEntry[] {
    return this.#news;
  }
  /** The report changed while a form stood open, with or without an entry. */
  get hasNews(): boolean {
    return this.#news.length > 0 || this.#hasOtherNews;
  }
  get hasFresh(): boolean {
    return this.#fresh.length > 0;
  }
  isFresh(entryId: EntryId): boolean {
    return this.#fresh.includes(entryId);
  }
  /** While a form is open. */
  hold(): void {
    this.#isHeld = true;
    this.seeAll();
  }
  letGo(): void {
    this.#isHeld = false;
    this.seeAll();
  }
  /** Whoever sits here says that the news were seen. */
  seeAll(): void {
    this.#seenVersion = this.#knownVersion;
    this.#news = [];
    this.#hasOtherNews = false;
  }

  recipients(alsoDistrictId: string | null): readonly PublicKey[] {
    const { welcome } = this.#options.session;
    const report = this.#report;
    return welcome === null || report === null
      ? []
      : recipientsOf(welcome, report, this.#all, alsoDistrictId);
  }

  /** Until what stood there when the report was opened is open too. */
  whenOpen(): Promise<void> {
    return this.#opening;
  }

  newId(): EntryId {
    const entryId = makeEntryId(this.#options.clock(), crypto.getRandomValues(new Uint8Array(10)));
    this.#own = [...this.#own, entryId];
    return entryId;
  }

  /** The kiosk says that something has changed: perhaps this report has, at another desk. */
  heardVersion(queueVersion: number): void {
    if (queueVersion === this.#queueVersion) return;
    this.#queueVersion = queueVersion;
    void this.#askWhetherChanged();
  }

  async #askWhetherChanged(): Promise<void> {
    const { client, report } = this.#options;
    const { view } = report;
    const asked = this.#asked;
    if (view.state !== 'open' || this.#isBusy) return;
    const found = await safe(client.findReport({ reference: view.row.reference }));
    const version = found.isSuccess ? (found.data.row?.version ?? 0) : 0;
    if (asked !== this.#asked || version <= this.#knownVersion) return;
    const result = await safe(client.standing({ reportId: view.row.reportId }));
    if (asked === this.#asked && result.isSuccess) await this.take(result.data, false);
  }

  /** Takes an entry back: both stay, and the second says so. */
  async undo(undoes: EntryId): Promise<void> {
    const report = this.#report;
    if (report === null || this.#isBusy) return;
    await this.#work(async (isStill) => {
      const { reportId } = report;
      const entryId = this.newId();
      const content = { kind: 'undone' as const, entryId, reportId, undoes };
      const sealedEntry = await this.#options.keys.seal(
        JSON.stringify(content),
        reportId,
        this.recipients(null),
      );
      const version = this.#seenVersion;
      const { client } = this.#options;
      const result = await safe(client.addEntry({ kind: 'undone', entryId, reportId, version, sealedEntry }));
      if (!isStill()) return;
      if (result.isSuccess) {
        await this.take(result.data, true);
        this.#saying = { kind: 'undone' };
      } else if (result.isDefined && result.error.code === 'CHANGED') {
        await this.take(result.error.data, false);
        this.#saying = { kind: 'changed' };
      } else this.#refused(result.isDefined ? result.error.code : null);
    });
  }

  /** Puts the report among the calls of every desk. */
  async escalate(): Promise<void> {
    const report = this.#report;
    if (report === null || this.#isBusy) return;
    await this.#work(async (isStill) => {
      const result = await safe(this.#options.client.escalate({ reportId: report.reportId }));
      if (!isStill()) return;
      if (result.isSuccess) this.#saying = { kind: 'escalated' };
      else this.#refused(result.isDefined ? result.error.code : null);
    });
  }

  #refused(code: EntryRefusal | null): void {
    const kind = problemOf(this.#options.session, code);
    this.#saying = kind === null ? null : { kind };
  }

  async #takeFirst(opened: Standing): Promise<void> {
    const asked = this.#asked;
    const all = await this.#openAll(opened.entries);
    if (asked !== this.#asked) return;
    this.#all = all;
    this.#deeds = opened.deeds;
    this.#knownVersion = opened.review.version;
    this.#seenVersion = opened.review.version;
  }

  /** How the report stands, as the kiosk told it: after somebody here added to it, or in place of that. */
  async take(standing: Standing, isMine: boolean): Promise<void> {
    const asked = this.#asked;
    const all = await this.#openAll(standing.entries);
    const { version } = standing.review;
    if (asked !== this.#asked || version < this.#knownVersion) return;
    const known = this.#all.map(({ entry }) => entry.entryId);
    const added = all.filter(({ entry }) => !known.includes(entry.entryId));
    // The stream may tell of this desk's own entry before its answer comes.
    const others = added.filter(({ entry }) => !this.#own.includes(entry.entryId));
    const isNew = version > this.#knownVersion;
    this.#all = all;
    this.#deeds = standing.deeds;
    this.#knownVersion = version;
    this.#options.report.heard(standing.review);
    if (isMine) {
      this.seeAll();
      return;
    }
    this.#fresh = [...this.#fresh, ...others.map(({ entry }) => entry.entryId)];
    if (!this.#isHeld) this.#seenVersion = version;
    else if (isNew) {
      this.#news = [...this.#news, ...others];
      this.#hasOtherNews ||= added.length === 0;
    }
  }

  /** An action of this desk's own moves on from the version it was made on. */
  #acted({ version }: Review, step: ReviewStep): void {
    if (this.#seenVersion === version - 1) this.#seenVersion = version;
    this.#knownVersion = Math.max(this.#knownVersion, version);
    if (this.#seenVersion === this.#knownVersion) this.seeAll();
    const by = this.#options.session.staff?.displayName ?? null;
    this.#deeds = [...this.#deeds, ownDeed(step, this.#options.clock(), by)];
  }

  #openAll(entries: readonly Entry[]): Promise<readonly OpenedEntry[]> {
    return Promise.all(
      entries.map(async (entry) => {
        const known = this.#all.find((one) => one.entry.entryId === entry.entryId);
        const content = known?.content ?? (await this.#options.keys.openEntry(entry.sealedEntry, entry));
        return { entry, content };
      }),
    );
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

  #wipe(): void {
    this.#asked += 1;
    this.#report = null;
    this.#all = [];
    this.#deeds = [];
    this.#printChangedAt = null;
    this.#acknowledgedAt = null;
    this.#fresh = [];
    this.#saying = null;
    this.#isBusy = false;
    this.#isHeld = false;
    this.#news = [];
    this.#hasOtherNews = false;
    this.#seenVersion = 0;
    this.#knownVersion = 0;
  }
}
