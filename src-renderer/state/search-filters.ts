import type { ReportSummary } from '../../src-main/contract/report.ts';
import type { QueueStanding } from '../../src-main/contract/desk-search.ts';
import type { QueueFilter } from './desk-queue.svelte.ts';

/** What the sealed part of a report can be filtered by. */
export const facets = ['type', 'language', 'interpreter', 'flag', 'district'] as const;
export type Facet = (typeof facets)[number];
export type ChosenFacets = Readonly<Partial<Record<Facet, string>>>;

/** Not a flag of its own: the kiosk did not know which district it is for. */
export const fallbackFlag = 'fallback';
export const anonymousFlag = 'anonymous';

/** Of one report; flags may be several. */
export function facetValues(summary: ReportSummary): Readonly<Record<Facet, readonly string[]>> {
  const { reportType, language, interpreterLanguage, flags, districtId } = summary;
  const wantsInterpreter = interpreterLanguage !== undefined || flags.includes('interpreter');
  return {
    type: [reportType],
    language: [language],
    interpreter: wantsInterpreter ? [interpreterLanguage ?? language] : [],
    flag: [
      ...flags.filter((flag) => flag !== 'interpreter'),
      ...(summary.isFallbackRouting ? [fallbackFlag] : []),
      ...(summary.isAnonymous ? [anonymousFlag] : []),
    ],
    district: [districtId],
  };
}

/** @param but A facet that is left open: for counting what choosing another of its values would give. */
export function fitsFacets(
  values: Readonly<Record<Facet, readonly string[]>>,
  chosen: ChosenFacets,
  but: Facet | null = null,
): boolean {
  return facets.every((facet) => {
    const wanted = chosen[facet];
    return wanted === undefined || facet === but || values[facet].includes(wanted);
  });
}

/** What the kiosk itself filters by, asked of a line that is here already. */
export function fitsFilter(row: QueueStanding, filter: QueueFilter): boolean {
  if (filter === 'finished') return row.state === 'finished' && !row.isRejected;
  if (filter === 'rejected') return row.isRejected;
  if (filter === 'unprinted') return row.printState === 'failed' || row.printState === 'unknown';
  if (filter === 'new') return row.state === 'new';
  return filter === 'all' || (row.state === 'claimed' && row.isMine);
}

/** A value of a facet that some report has, and how many there are of it among what is chosen otherwise. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Most frequent first. What is chosen stands among them even when nothing has it any more. */
export function countFacet(values: readonly string[], chosen: string | undefined): readonly FacetValue[] {
  const counts = new Map<string, number>(chosen === undefined ? [] : [[chosen, 0]]);
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}
