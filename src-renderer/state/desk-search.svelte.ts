import { excerptOf, type ExcerptPart } from '../../src-main/domain/search-excerpt.ts';
import type { SearchPiece } from '../../src-main/domain/search-pieces.ts';
import { matches, matchesHidden, parseQuery, type SearchQuery } from '../../src-main/domain/search-query.ts';
import type { DeskArchive } from './desk-archive.svelte.ts';
import type { DeskQueue } from './desk-queue.svelte.ts';
import type { DeskSession } from './desk-session.svelte.ts';
import type { ArchivedReport } from './report-shelf.ts';
import {
  countFacet,
  facets,
  fitsFacets,
  fitsFilter,
  type ChosenFacets,
  type Facet,
  type FacetValue,
} from './search-filters.ts';

export interface DeskSearchOptions {
  readonly archive: DeskArchive;
  readonly queue: DeskQueue;
  readonly session: DeskSession;
  /** Of this page, a minute at a time: what waits too long is judged by it. */
  readonly minute: () => number;
}

/** Where in a report it was found. `hidden`: in a number that is not shown. */
export type Finding =
  | { readonly kind: 'text'; readonly piece: SearchPiece; readonly parts: readonly ExcerptPart[] }
  | { readonly kind: 'hidden' };

/** Searching and filtering among the opened reports. Nothing of it leaves this page. */
export class DeskSearch {
  #typed = $state('');
  #chosen = $state.raw<ChosenFacets>({});
  #isLateOnly = $state(false);
  readonly #options: DeskSearchOptions;
  readonly #query = $derived(parseQuery(this.#typed));
  readonly #found = $derived.by(() => this.#fitting(null));
  readonly #late = $derived.by(
    () => this.#fitting(null, false).filter((report) => this.#isLate(report)).length,
  );
  readonly #values = $derived.by(() => this.#countValues());

  constructor(options: DeskSearchOptions) {
    this.#options = options;
    options.session.onLock(() => this.clear());
  }

  get typed(): string {
    return this.#typed;
  }
  set typed(text: string) {
    this.#typed = text;
  }
  get query(): SearchQuery {
    return this.#query;
  }
  get chosen(): ChosenFacets {
    return this.#chosen;
  }
  /** Only opened reports can answer; without it the kiosk's own list stands. */
  get isActive(): boolean {
    return (
      this.#isLateOnly ||
      this.#query.terms.length > 0 ||
      facets.some((facet) => this.#chosen[facet] !== undefined)
    );
  }
  get found(): readonly ArchivedReport[] {
    return this.#found;
  }
  /** Most frequent first. */
  get values(): Readonly<Record<Facet, readonly FacetValue[]>> {
    return this.#values;
  }

  /** Only those that wait past the time that was promised. */
  get isLateOnly(): boolean {
    return this.#isLateOnly;
  }
  set isLateOnly(isOnly: boolean) {
    this.#isLateOnly = isOnly;
  }
  /** How many of what is chosen otherwise wait past it. */
  get late(): number {
    return this.#late;
  }

  choose(facet: Facet, value: string | null): void {
    const { [facet]: _before, ...others } = this.#chosen;
    this.#chosen = value === null ? others : { ...others, [facet]: value };
  }

  clear(): void {
    this.#typed = '';
    this.#chosen = {};
    this.#isLateOnly = false;
  }

  /** How many would be found here by words that somebody searches at another kiosk. */
  count(query: SearchQuery): number {
    const { archive, queue } = this.#options;
    return archive.reports.filter(
      ({ row, searched }) => fitsFilter(row, queue.filter) && matches(query, searched),
    ).length;
  }

  /** Where the words stand that were searched: the part with most of them; null where nothing is searched. */
  finding(report: ArchivedReport): Finding | null {
    const query = this.#query;
    if (query.terms.length === 0) return null;
    let best: Extract<Finding, { kind: 'text' }> | null = null;
    let most = 0;
    for (const piece of report.pieces) {
      const parts = excerptOf(piece.text, query);
      const count = parts.filter(({ isFound }) => isFound).length;
      if (count > most) [best, most] = [{ kind: 'text', piece, parts }, count];
    }
    return best ?? (matchesHidden(query, report.searched) ? { kind: 'hidden' } : null);
  }

  #isLate({ promisedUntil, row }: ArchivedReport): boolean {
    return promisedUntil !== null && row.state !== 'finished' && promisedUntil < this.#options.minute();
  }

  #fitting(but: Facet | null, isLateOnly = this.#isLateOnly): readonly ArchivedReport[] {
    const { archive, queue } = this.#options;
    const query = this.#query;
    const isSearched = query.terms.length > 0;
    const isFiltered = facets.some((facet) => facet !== but && this.#chosen[facet] !== undefined);
    return archive.reports.filter(
      (report) =>
        fitsFilter(report.row, queue.filter) &&
        (!isLateOnly || this.#isLate(report)) &&
        (!isFiltered || (report.facets !== null && fitsFacets(report.facets, this.#chosen, but))) &&
        (!isSearched || matches(query, report.searched)),
    );
  }

  #countValues(): Readonly<Record<Facet, readonly FacetValue[]>> {
    const count = (facet: Facet): readonly FacetValue[] =>
      countFacet(
        this.#fitting(facet).flatMap((report) => report.facets?.[facet] ?? []),
        this.#chosen[facet],
      );
    return {
      type: count('type'),
      language: count('language'),
      interpreter: count('interpreter'),
      flag: count('flag'),
      district: count('district'),
    };
  }
}
