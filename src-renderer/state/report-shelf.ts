import type { EntryContent } from '../../src-main/contract/entry.ts';
import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { Report, ReportSummary } from '../../src-main/contract/report.ts';
import { LikenessIndex, likenessKeys, type Likely } from '../../src-main/domain/duplicates.ts';
import { isAnswerHidden } from '../../src-main/domain/hidden-contact.ts';
import { groupReference } from '../../src-main/domain/reference-number.ts';
import { promisedUntil, type ReplyPromise } from '../../src-main/domain/reply-promise.ts';
import type { DanishTexts } from '../../src-main/domain/render-answer.ts';
import {
  entryPieces,
  makeSearchable,
  withPieces,
  type Searchable,
  type SearchPiece,
} from '../../src-main/domain/search-pieces.ts';
import { makeSearchText } from '../../src-main/domain/search-query.ts';
import type { Readable } from './desk-keys.svelte.ts';
import { facetValues, type Facet } from './search-filters.ts';

/** A report that was opened to be searched: in memory only, and without what is kept out of sight. */
export interface ArchivedReport extends Searchable {
  readonly row: QueueStanding;
  readonly summary: Readable<ReportSummary>;
  readonly facets: Readonly<Record<Facet, readonly string[]>> | null;
  /** Until when an answer was promised; null: none was. */
  readonly promisedUntil: number | null;
}

/** Another report that may be about the same thing. */
export interface LikelyReport extends Likely {
  readonly row: QueueStanding;
}

/** What can be searched of a report. One that does not open is found by its number alone. */
export function archive(
  danish: DanishTexts | null,
  promises: readonly ReplyPromise[],
  row: QueueStanding,
  readable: Readable<Report>,
): ArchivedReport {
  if (readable.ok && danish !== null) {
    const { summary } = readable.opened;
    const searchable = makeSearchable(danish, readable.opened, false);
    return {
      row,
      summary: { ok: true, opened: summary },
      facets: facetValues(summary),
      promisedUntil: promisedUntil(promises, danish.content, readable.opened),
      ...searchable,
    };
  }
  const text = groupReference(row.reference);
  return {
    row,
    summary: { ok: false, reason: readable.ok ? 'not-a-report' : readable.reason },
    facets: null,
    promisedUntil: null,
    pieces: [{ label: null, questionId: null, text }],
    searched: makeSearchText([text], []),
  };
}

/** An entry, as far as its report is found by it. */
export interface ShelvedEntry {
  readonly entryId: string;
  /** The entry that it takes back. */
  readonly undoes: string | null;
  /** The answer that it translates: as hidden as that. */
  readonly questionId: string | null;
  readonly pieces: readonly SearchPiece[];
}

export function shelveEntry(danish: DanishTexts, content: EntryContent): ShelvedEntry {
  return {
    entryId: content.entryId,
    undoes: content.kind === 'undone' ? content.undoes : null,
    questionId: content.kind === 'translation' ? content.questionId : null,
    pieces: entryPieces(danish.words, content),
  };
}

/** What a report is made of on the shelf. */
interface Shelved {
  /** Without what was added to it. */
  readonly own: ArchivedReport;
  readonly hiddenQuestions: readonly string[];
  readonly isContactShown: boolean;
  readonly entries: readonly ShelvedEntry[];
  /** With what was added, and stands, and may be shown. */
  readonly whole: ArchivedReport;
}

function hiddenQuestionsOf({ submission, summary }: Report): readonly string[] {
  return submission.answers
    .filter(({ answer }) => isAnswerHidden(summary, answer))
    .map(({ questionId }) => questionId);
}

function putTogether(parts: Omit<Shelved, 'whole'>): Shelved {
  const { own, hiddenQuestions, isContactShown, entries } = parts;
  const undone = new Set(entries.map(({ undoes }) => undoes));
  const shown = entries.filter(
    ({ entryId, questionId }) =>
      !undone.has(entryId) &&
      (isContactShown || questionId === null || !hiddenQuestions.includes(questionId)),
  );
  const pieces = shown.flatMap((entry) => entry.pieces);
  return { ...parts, whole: pieces.length === 0 ? own : { ...own, ...withPieces(own, pieces) } };
}

/** The opened reports, by id. */
export class ReportShelf {
  readonly #byId = new Map<string, Shelved>();
  readonly #likeness = new LikenessIndex();

  get size(): number {
    return this.#byId.size;
  }

  find(reportId: string): ArchivedReport | null {
    return this.#byId.get(reportId)?.whole ?? null;
  }

  add(own: ArchivedReport, report: Report | null, entries: readonly ShelvedEntry[] = []): void {
    const hiddenQuestions = report === null ? [] : hiddenQuestionsOf(report);
    this.#put({ own, hiddenQuestions, isContactShown: false, entries });
    if (report !== null) this.#likeness.add(own.row.reportId, likenessKeys(report));
  }

  /** What was added since; to a report that does not stand here yet it comes along with that. */
  addEntry(reportId: string, entry: ShelvedEntry): void {
    const known = this.#byId.get(reportId);
    if (known?.entries.some(({ entryId }) => entryId === entry.entryId) !== false) return;
    this.#put({ ...known, entries: [...known.entries, entry] });
  }

  /** Contact that is kept out of sight was asked for, or hidden again. @param searchable The report with or without it. */
  showContact(reportId: string, searchable: Searchable, isContactShown: boolean): void {
    const known = this.#byId.get(reportId);
    if (known !== undefined) this.#put({ ...known, own: { ...known.own, ...searchable }, isContactShown });
  }

  #put(parts: Omit<Shelved, 'whole'>): void {
    this.#byId.set(parts.own.row.reportId, putTogether(parts));
  }

  /** @returns whether it stands here. */
  replace(row: QueueStanding): boolean {
    const known = this.#byId.get(row.reportId);
    if (known !== undefined)
      this.#byId.set(row.reportId, {
        ...known,
        own: { ...known.own, row },
        whole: { ...known.whole, row },
      });
    return known !== undefined;
  }

  remove(reportId: string): void {
    this.#byId.delete(reportId);
    this.#likeness.remove(reportId);
  }

  likeTo(reportId: string): readonly LikelyReport[] {
    return this.#likeness.likeTo(reportId).flatMap((likely) => {
      const other = this.#byId.get(likely.reportId);
      return other === undefined ? [] : [{ ...likely, row: other.own.row }];
    });
  }

  newestFirst(): readonly ArchivedReport[] {
    return [...this.#byId.values()]
      .map(({ whole }) => whole)
      .toSorted((a, b) => b.row.sequence - a.row.sequence);
  }

  clear(): void {
    this.#byId.clear();
    this.#likeness.clear();
  }
}
