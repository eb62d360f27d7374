import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { Report, ReportSummary } from '../../src-main/contract/report.ts';
import { LikenessIndex, likenessKeys, type Likely } from '../../src-main/domain/duplicates.ts';
import { groupReference } from '../../src-main/domain/reference-number.ts';
import { promisedUntil, type ReplyPromise } from '../../src-main/domain/reply-promise.ts';
import type { DanishTexts } from '../../src-main/domain/render-answer.ts';
import { makeSearchable, type Searchable } from '../../src-main/domain/search-pieces.ts';
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

/** The opened reports, by id. */
export class ReportShelf {
  readonly #byId = new Map<string, ArchivedReport>();
  readonly #likeness = new LikenessIndex();

  get size(): number {
    return this.#byId.size;
  }

  find(reportId: string): ArchivedReport | null {
    return this.#byId.get(reportId) ?? null;
  }

  add(archived: ArchivedReport, report: Report | null): void {
    this.#byId.set(archived.row.reportId, archived);
    if (report !== null) this.#likeness.add(archived.row.reportId, likenessKeys(report));
  }

  /** @returns whether it stands here. */
  replace(row: QueueStanding): boolean {
    const known = this.#byId.get(row.reportId);
    if (known !== undefined) this.#byId.set(row.reportId, { ...known, row });
    return known !== undefined;
  }

  remove(reportId: string): void {
    this.#byId.delete(reportId);
    this.#likeness.remove(reportId);
  }

  likeTo(reportId: string): readonly LikelyReport[] {
    return this.#likeness.likeTo(reportId).flatMap((likely) => {
      const other = this.#byId.get(likely.reportId);
      return other === undefined ? [] : [{ ...likely, row: other.row }];
    });
  }

  newestFirst(): readonly ArchivedReport[] {
    return [...this.#byId.values()].toSorted((a, b) => b.row.sequence - a.row.sequence);
  }

  clear(): void {
    this.#byId.clear();
    this.#likeness.clear();
  }
}
