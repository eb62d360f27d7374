import { isDeepStrictEqual } from 'node:util';
import type { Report, Submission } from '../../src-main/contract/report.ts';

/** What a visitor was told of one report. `nothing`: the kiosk was killed first; it may be there or not. */
export interface Told {
  readonly submission: Submission;
  readonly kioskId: string;
  readonly outcome: 'shown' | 'not-stored' | 'nothing';
  /** The numbers on the screen: one, however often the same report was sent. */
  readonly references: readonly string[];
}

export interface LoggedEvent {
  readonly sequence: number;
  readonly kind: string;
  readonly reportId: string;
  readonly hash: string;
}

/** What one kiosk has in its own log at the end. */
export interface KioskLog {
  readonly kioskId: string;
  readonly events: readonly LoggedEvent[];
  /** The first event that does not fit its chain. */
  readonly firstBad: number | null;
}

/** What the district has at the end, row by row: nothing is taken together here. */
export interface DistrictCopy {
  readonly events: readonly (LoggedEvent & { readonly kioskId: string; readonly parked: string | null })[];
  readonly reports: readonly { readonly reportId: string }[];
  /** Opened with the district's key; null where it does not open. */
  readonly opened: ReadonlyMap<string, Report | null>;
  /** Places that the district's own check of its logs names. */
  readonly bad: readonly string[];
}

/** Each one a sentence with ids and numbers, never with words of a report. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly altered: readonly string[];
  readonly invented: readonly string[];
}

/** Compares what visitors were told, what the kiosks have and what the district has. */
export function judge(told: readonly Told[], kiosks: readonly KioskLog[], district: DistrictCopy): Verdict {
  const verdict = { lost: [], doubled: [], altered: [], invented: [] } satisfies Record<string, string[]>;
  judgeReports(told, district, verdict);
  judgeLogs(told, kiosks, district, verdict);
  return verdict;
}

type Findings = { readonly [Kind in keyof Verdict]: string[] };

function judgeReports(told: readonly Told[], district: DistrictCopy, found: Findings): void {
  const rows = countBy(district.reports, ({ reportId }) => reportId);
  const receipts = countBy(
    told.flatMap(({ references }) => references),
    (reference) => reference,
  );
  for (const [reference, times] of receipts)
    if (times > 1) found.doubled.push(`number ${reference} was shown for ${times} reports`);
  for (const one of told) {
    const { reportId } = one.submission;
    const times = rows.get(reportId) ?? 0;
    if (times === 0 && one.outcome === 'shown') found.lost.push(`report ${reportId} of ${one.kioskId}`);
    if (times > 1) found.doubled.push(`report ${reportId} has ${times} rows`);
    if (times > 0 && one.outcome === 'not-stored')
      found.invented.push(`report ${reportId} was called not stored`);
    if (times > 0 && !isWhatWasSaid(one, district.opened.get(reportId) ?? null))
      found.altered.push(`report ${reportId} is not what was submitted`);
  }
  const known = new Set<string>(told.map(({ submission }) => submission.reportId));
  for (const reportId of rows.keys())
    if (!known.has(reportId)) found.invented.push(`report ${reportId} was submitted by nobody`);
}

function isWhatWasSaid({ submission, kioskId, references }: Told, report: Report | null): boolean {
  return (
    report !== null &&
    report.kioskId === kioskId &&
    references.every((reference) => reference === report.reference) &&
    isDeepStrictEqual(report.submission, submission)
  );
}

const received = 'report-received';

function judgeLogs(
  told: readonly Told[],
  kiosks: readonly KioskLog[],
  district: DistrictCopy,
  found: Findings,
): void {
  const known = new Set<string>(told.map(({ submission }) => submission.reportId));
  const shown = new Set<string>(told.filter(isShown).map(({ submission }) => submission.reportId));
  const place = (kioskId: string, sequence: number): string => `event ${sequence} of ${kioskId}`;
  const there = new Map(district.events.map((event) => [place(event.kioskId, event.sequence), event]));
  const arrivals = countBy(
    district.events.filter(({ kind }) => kind === received),
    ({ reportId }) => reportId,
  );
  for (const [where, times] of countBy(district.events, (event) => place(event.kioskId, event.sequence)))
    if (times > 1) found.doubled.push(`${where} has ${times} rows`);
  for (const [reportId, times] of arrivals)
    if (times > 1) found.doubled.push(`report ${reportId} came in ${times} events`);
  const here = new Set<string>();
  for (const { kioskId, events, firstBad } of kiosks) {
    if (firstBad !== null) found.altered.push(`${place(kioskId, firstBad)} does not fit its chain`);
    for (const event of events) {
      const where = place(kioskId, event.sequence);
      here.add(where);
      const copy = there.get(where);
      // A report that was shown is counted by itself.
      if (copy === undefined && !(event.kind === received && shown.has(event.reportId)))
        found.lost.push(where);
      if (copy !== undefined && !isSame(event, copy)) found.altered.push(`${where} is another one`);
      if (event.kind === received && !known.has(event.reportId))
        found.invented.push(`${where} is a report that nobody submitted`);
    }
  }
  for (const [where, event] of there) {
    if (!here.has(where)) found.invented.push(`${where} is at the district only`);
    if (event.parked !== null) found.altered.push(`${where} is parked: ${event.parked}`);
  }
  found.altered.push(...district.bad);
}

const isShown = ({ outcome }: Told): boolean => outcome === 'shown';

function isSame(one: LoggedEvent, other: LoggedEvent): boolean {
  return one.hash === other.hash && one.kind === other.kind && one.reportId === other.reportId;
}

function countBy<T>(list: readonly T[], nameOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
  return counts;
}
