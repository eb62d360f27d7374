import { safe } from '@orpc/client';
import type { EntryContent } from '../../src-main/contract/entry.ts';
import type { EntryId, ReferenceNumber } from '../../src-main/contract/ids.ts';
import type { Report } from '../../src-main/contract/report.ts';
import {
  emptyDraft,
  isWorthKeeping,
  readDraft,
  type DraftField,
  type DraftKind,
  type EntryDraft,
} from '../../src-main/domain/entry-draft.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskDrafts } from './desk-drafts.ts';
import type { DeskEntries } from './desk-entries.svelte.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { ParsedDraft } from './desk-parse-entry.ts';
import type { DeskQueue } from './desk-queue.svelte.ts';
import type { DeskReport } from './desk-report.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';
import { isReference, problemOf, rejectionWords, sendEntry, type EntryProblem } from './entry-sending.ts';

export interface DeskFormOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly queue: DeskQueue;
  readonly report: DeskReport;
  readonly entries: DeskEntries;
  readonly drafts: DeskDrafts;
}

/** A form of this colleague that lies on this desk. */
export interface WaitingDraft {
  readonly reportId: string;
  readonly reference: ReferenceNumber;
  readonly kind: DraftKind;
}

/** The one form that is open at a report. What stands in it outlives the lock and a closed page, sealed. */
export class DeskForm {
  #draft = $state.raw<EntryDraft | null>(null);
  #fault = $state.raw<DraftField | null>(null);
  #problem = $state.raw<EntryProblem | null>(null);
  #saved = $state.raw<DraftKind | null>(null);
  #isBusy = $state(false);
  #isRestored = $state(false);
  #waiting = $state.raw<readonly WaitingDraft[]>([]);
  readonly #options: DeskFormOptions;
  #entryId: EntryId | null = null;
  #report: Report | null = null;
  /** What was sent under this id: other words get another one. */
  #sent: string | null = null;
  #asked = 0;
  /** Of a rejection, while a template stands in their place. */
  #ownWords = { text: '', own: '' };

  constructor(options: DeskFormOptions) {
    this.#options = options;
    options.report.listen({
      onOpened: (report) => {
        this.#report = report;
        void this.#restore(report);
      },
      onClosed: () => this.#wipe(),
      // What was saved before is no news any more.
      onActed: () => {
        this.#saved = null;
      },
    });
    options.session.onOpen(() => void this.#look());
    options.session.onLock(() => {
      this.#waiting = [];
    });
  }

  get draft(): EntryDraft | null {
    return this.#draft;
  }
  /** The field at which something is missing. */
  get fault(): DraftField | null {
    return this.#fault;
  }
  get problem(): EntryProblem | null {
    return this.#problem;
  }
  /** What was saved last, while nothing else happened. */
  get saved(): DraftKind | null {
    return this.#saved;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  /** These words lay on this desk since the lock, or since the page was closed. */
  get isRestored(): boolean {
    return this.#isRestored;
  }
  /** Forms of this colleague that were not saved, for the moment after signing in. */
  get waiting(): readonly WaitingDraft[] {
    return this.#waiting;
  }

  /** Another form that is open stays: its words are neither saved nor thrown away by a click on a third thing. */
  open(kind: DraftKind, first: Partial<EntryDraft> = {}): void {
    if (this.#draft !== null || this.#report === null) return;
    this.#draft = { ...emptyDraft(kind), ...first };
    this.#entryId = this.#options.entries.newId();
    this.#sent = null;
    this.#saved = null;
    this.#options.entries.hold();
  }

  change(changes: Partial<Omit<EntryDraft, 'kind'>>): void {
    if (this.#draft === null) return;
    this.#draft = { ...this.#draft, ...changes };
    this.#fault = null;
    this.#keep();
  }

  /** The words of a template, as the visitor is told them, and in Danish. Empty: in own words, those of before. */
  async useReason(reasonId: string): Promise<void> {
    const { session, client } = this.#options;
    const language = this.#report?.submission.language ?? 'da';
    if (this.#draft?.kind !== 'rejection' || this.#draft.reasonId === reasonId) return;
    const { text, own: alsoOwn } = this.#draft;
    if (this.#draft.reasonId === '') this.#ownWords = { text, own: alsoOwn };
    this.#problem = null;
    // Arrow keys pass many; what is chosen stands at once, its words follow.
    this.change(reasonId === '' ? { reasonId, ...this.#ownWords } : { reasonId, text: '', own: '' });
    if (reasonId === '') return;
    const own = language === 'da' ? null : await safe(client.texts({ language }));
    // Another report, form or reason meanwhile.
    if (this.draft?.reasonId !== reasonId) return;
    if (own?.isSuccess === false) {
      this.#problem = 'no-answer';
      return;
    }
    this.change({
      reasonId,
      text: rejectionWords(session.texts?.rights ?? {}, reasonId),
      own: own === null ? '' : rejectionWords(own.data.texts.rights, reasonId),
    });
  }

  /** Thrown away on purpose. */
  discard(): void {
    const report = this.#report;
    if (report !== null) this.#options.drafts.remove(report.reportId);
    this.#close();
  }

  /** @param hasSeen what came meanwhile was read: it is added to that. */
  async save(hasSeen = false): Promise<void> {
    const draft = this.#draft;
    const { session, keys, entries } = this.#options;
    const report = this.#report;
    if (draft === null || report === null || this.#isBusy) return;
    const reading = readDraft(draft, {
      entryId: this.#entryId ?? entries.newId(),
      reportId: report.reportId,
      language: report.submission.language,
      readableDistrictIds: (session.welcome?.sealingKeys.districts ?? []).map(({ districtId }) => districtId),
    });
    this.#fault = reading.ok ? null : reading.field;
    if (!reading.ok) return;
    // Told once, whoever saves again has decided.
    if (hasSeen || this.#problem === 'changed') entries.seeAll();
    const content = this.#named(reading.content);
    await this.#work(async (isStill) => {
      const handedTo = content.kind === 'transfer' ? content.districtId : null;
      const text = JSON.stringify(content);
      const sealedEntry = await keys.seal(text, report.reportId, entries.recipients(handedTo));
      const { entryId, reportId } = content;
      const sending = { reportId, entryId, version: entries.version, sealedEntry };
      const result = await sendEntry(this.#options.client, content, sending);
      if (!isStill()) return;
      if (result.isSuccess) {
        await entries.take(result.data, true);
        this.#finish(draft.kind, report);
      } else if (result.isDefined && result.error.code === 'CHANGED') {
        await entries.take(result.error.data, false);
        this.#problem = 'changed';
      } else this.#problem = problemOf(session, result.isDefined ? result.error.code : null);
    });
    await this.#options.queue.refresh();
  }

  /** Opens the report of a form that lies here; the form comes with it. */
  async goOn({ reference }: WaitingDraft): Promise<void> {
    const { client, session, report } = this.#options;
    const found = await safe(client.findReport({ reference }));
    if (found.isSuccess) {
      if (found.data.row !== null) await report.open(found.data.row);
    } else if (found.isDefined) session.refused(found.error.code);
  }

  /** The same words keep their id, so that sending them twice adds once; other words are another entry. */
  #named(content: EntryContent): EntryContent {
    const words = JSON.stringify({ ...content, entryId: '' });
    if (this.#sent !== null && this.#sent !== words) {
      this.#entryId = this.#options.entries.newId();
      this.#keep();
    }
    this.#sent = words;
    return { ...content, entryId: this.#entryId ?? content.entryId };
  }

  #finish(kind: DraftKind, { reportId }: Report): void {
    this.#options.drafts.remove(reportId);
    this.#close();
    this.#saved = kind;
    this.#waiting = this.#waiting.filter((draft) => draft.reportId !== reportId);
  }

  #isWorthKeeping(draft: EntryDraft): boolean {
    return isWorthKeeping(draft, this.#options.session.staff?.displayName ?? '');
  }

  #keep(): void {
    const report = this.#report;
    if (report === null || this.#draft === null || this.#entryId === null) return;
    const { reportId, reference } = report;
    if (this.#isWorthKeeping(this.#draft))
      this.#options.drafts.keep({ reportId, reference, entryId: this.#entryId, draft: this.#draft });
    else this.#options.drafts.remove(reportId);
  }

  /** What was written here before, unless it reached the kiosk after all. */
  async #restore({ reportId }: Report): Promise<void> {
    const asked = this.#asked;
    const [mine] = await Promise.all([this.#options.drafts.mine(), this.#options.entries.whenOpen()]);
    if (asked !== this.#asked || this.#draft !== null) return;
    const found = mine.find((draft) => draft.reportId === reportId);
    if (found === undefined) return;
    if (this.#options.entries.all.some(({ entry }) => entry.entryId === found.entryId)) {
      this.#options.drafts.remove(reportId);
      return;
    }
    this.#draft = found.draft;
    this.#entryId = found.entryId;
    this.#isRestored = true;
    this.#options.entries.hold();
  }

  async #look(): Promise<void> {
    const toWaiting = ({ reportId, reference, draft }: ParsedDraft): WaitingDraft[] =>
      isReference(reference) ? [{ reportId, reference, kind: draft.kind }] : [];
    const mine = await this.#options.drafts.mine();
    if (this.#options.session.staff !== null) this.#waiting = mine.flatMap(toWaiting);
  }

  async #work(task: (isStill: () => boolean) => Promise<void>): Promise<void> {
    const asked = this.#asked;
    const isStill = (): boolean => asked === this.#asked;
    this.#isBusy = true;
    this.#problem = null;
    try {
      await task(isStill);
    } finally {
      if (isStill()) this.#isBusy = false;
    }
  }

  #close(): void {
    this.#draft = null;
    this.#entryId = null;
    this.#sent = null;
    this.#fault = null;
    this.#problem = null;
    this.#isRestored = false;
    this.#ownWords = { text: '', own: '' };
    this.#options.entries.letGo();
  }

  /** The report is closed: what stood in the form lies on the disk. */
  #wipe(): void {
    this.#asked += 1;
    const report = this.#report;
    const draft = this.#draft;
    this.#report = null;
    if (report !== null && draft !== null && this.#isWorthKeeping(draft) && isReference(report.reference))
      this.#remember({ reportId: report.reportId, reference: report.reference, kind: draft.kind });
    this.#close();
    this.#saved = null;
    this.#isBusy = false;
  }

  #remember(draft: WaitingDraft): void {
    this.#waiting = [...this.#waiting.filter(({ reportId }) => reportId !== draft.reportId), draft];
  }
}
