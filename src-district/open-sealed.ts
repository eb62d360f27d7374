import type { OpeningKey } from '../src-main/contract/keys.ts';
import { entryContentSchema, type EntryContent } from '../src-main/contract/entry.ts';
import { reportSchema, type Report } from '../src-main/contract/report.ts';
import type { KeptEntry, KeptReport } from './reports.ts';
import { importKeys, openDocument, type Opener } from './sealed-document.ts';
import { keysOfPlace } from './turns.ts';

export interface OpenedReport {
  readonly kept: KeptReport;
  /** Null when it was not sealed for these keys, was moved from another report, or does not hold a report. */
  readonly report: Report | null;
  /** What staff added, in the same order as in `kept`; null where it does not open or is another entry's. */
  readonly entries: readonly OpenedEntry[];
}

export interface OpenedEntry {
  readonly entryId: string;
  readonly content: EntryContent | null;
}

/** Opens reports with a district's private keys, also those that were handed to it, one after the other. */
export async function openReports(
  reports: readonly KeptReport[],
  keys: readonly OpeningKey[],
): Promise<readonly OpenedReport[]> {
  const openers = await importKeys(keys);
  const opened: OpenedReport[] = [];
  for (const kept of reports) {
    const entries: OpenedEntry[] = [];
    for (const entry of kept.entries)
      entries.push({ entryId: entry.entryId, content: await openEntry(kept, entry, openers) });
    opened.push({ kept, report: await openReport(kept, openers), entries });
  }
  return opened;
}

async function openReport(kept: KeptReport, openers: readonly Opener[]): Promise<Report | null> {
  const { kioskId, sequence, transfers } = kept;
  const { reportId, sealedReport } = kept.sealed;
  const handed = keysOfPlace(transfers, { kioskId, sequence, part: 'sealedReport' });
  const document = await openDocument(sealedReport, reportId, openers, handed);
  const report = reportSchema.safeParse(document?.content);
  return report.success && report.data.reportId === reportId ? report.data : null;
}

/** An entry names the report and itself, so that none can stand in for another. */
async function openEntry(
  { sealed: { reportId }, transfers }: KeptReport,
  { entryId, kind, sealedEntry, kioskId, sequence }: KeptEntry,
  openers: readonly Opener[],
): Promise<EntryContent | null> {
  const handed = keysOfPlace(transfers, { kioskId, sequence, part: 'sealedEntry' });
  const content = entryContentSchema.safeParse(
    (await openDocument(sealedEntry, reportId, openers, handed))?.content,
  );
  const isIt =
    content.success &&
    content.data.reportId === reportId &&
    content.data.entryId === entryId &&
    content.data.kind === kind;
  return isIt ? content.data : null;
}
