import type { OpenedEntry, OpenedReport } from '../../src-district/open-sealed.ts';
import type { Report } from '../contract/report.ts';
import {
  isContactHidden,
  isEntryHidden,
  withoutHiddenContact,
  type ReportInSight,
} from '../domain/hidden-contact.ts';

/** An entry that says only that it is there. */
interface ListedEntry {
  readonly entryId: string;
  readonly content: OpenedEntry['content'] | { readonly kind: 'hidden' };
}

/** A report as a list may show it. */
export type ListedReport = Omit<OpenedReport, 'report' | 'entries'> & {
  readonly report: ReportInSight | null;
  readonly entries: readonly ListedEntry[];
};

/** Nothing says what may be seen of an entry whose report does not open. */
function inSight(report: Report | null, { entryId, content }: OpenedEntry): ListedEntry {
  if (content === null) return { entryId, content };
  const isHidden = report === null || isEntryHidden(report, content);
  return { entryId, content: isHidden ? { kind: 'hidden' } : content };
}

/** Opened reports for a list or a file: where to find a visitor who is afraid is left out. */
export function reportsInSight(opened: readonly OpenedReport[]): readonly ListedReport[] {
  return opened.map(({ kept, report, entries }) => ({
    kept,
    report: report === null ? null : withoutHiddenContact(report),
    entries: entries.map((entry) => inSight(report, entry)),
  }));
}

/** How many of them have something to hide. */
export function countHidden(opened: readonly OpenedReport[]): number {
  return opened.filter(({ report }) => report !== null && isContactHidden(report.summary)).length;
}
