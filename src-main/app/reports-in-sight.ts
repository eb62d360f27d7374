import type { OpenedReport } from '../../src-district/open-sealed.ts';
import { isContactHidden, withoutHiddenContact, type ReportInSight } from '../domain/hidden-contact.ts';

/** A report as a list may show it. */
export type ListedReport = Omit<OpenedReport, 'report'> & { readonly report: ReportInSight | null };

/** Opened reports for a list or a file: where to find a visitor who is afraid is left out. */
export function reportsInSight(opened: readonly OpenedReport[]): readonly ListedReport[] {
  return opened.map(({ kept, report }) => ({
    kept,
    report: report === null ? null : withoutHiddenContact(report),
  }));
}

/** How many of them have something to hide. */
export function countHidden(opened: readonly OpenedReport[]): number {
  return opened.filter(({ report }) => report !== null && isContactHidden(report.summary)).length;
}
