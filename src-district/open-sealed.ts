import { errors, generalDecrypt, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { OpeningKey } from '../src-main/contract/keys.ts';
import { entryContentSchema, type EntryContent } from '../src-main/contract/entry.ts';
import { reportSchema, type Report } from '../src-main/contract/report.ts';
import type { KeptEntry, KeptReport } from './reports.ts';

export interface OpenedReport {
  readonly kept: KeptReport;
  /** Null when it was not sealed for this key, was moved from another report, or does not hold a report. */
  readonly report: Report | null;
  /** What staff added, in the same order as in `kept`; null where it does not open or is another entry's. */
  readonly entries: readonly OpenedEntry[];
}

export interface OpenedEntry {
  readonly entryId: string;
  readonly content: EntryContent | null;
}

/** Opens reports with a district's private key, one after the other. */
export async function openReports(
  reports: readonly KeptReport[],
  key: OpeningKey,
): Promise<readonly OpenedReport[]> {
  const imported = await importJWK({ ...key, alg: 'RSA-OAEP-256' });
  const opened: OpenedReport[] = [];
  for (const kept of reports) {
    const entries: OpenedEntry[] = [];
    for (const entry of kept.entries)
      entries.push({
        entryId: entry.entryId,
        content: await openEntry(kept.sealed.reportId, entry, key.kid, imported),
      });
    opened.push({ kept, report: await openReport(kept, key.kid, imported), entries });
  }
  return opened;
}

const generalSchema = z.object({
  protected: z.string(),
  iv: z.string(),
  aad: z.string(),
  ciphertext: z.string(),
  tag: z.string(),
  recipients: z.array(
    z.object({
      encrypted_key: z.string(),
      header: z.object({ alg: z.literal('RSA-OAEP-256'), kid: z.string() }),
    }),
  ),
});

async function openReport(
  kept: KeptReport,
  kid: string,
  key: CryptoKey | Uint8Array,
): Promise<Report | null> {
  const { reportId, sealedReport } = kept.sealed;
  const report = reportSchema.safeParse(await openText(sealedReport, reportId, kid, key));
  return report.success && report.data.reportId === reportId ? report.data : null;
}

/** An entry names the report and itself, so that none can stand in for another. */
async function openEntry(
  reportId: string,
  { entryId, kind, sealedEntry }: KeptEntry,
  kid: string,
  key: CryptoKey | Uint8Array,
): Promise<EntryContent | null> {
  const content = entryContentSchema.safeParse(await openText(sealedEntry, reportId, kid, key));
  const isIt =
    content.success &&
    content.data.reportId === reportId &&
    content.data.entryId === entryId &&
    content.data.kind === kind;
  return isIt ? content.data : null;
}

/** The JSON under a seal that is bound to this report; null when it does not open. */
async function openText(
  sealedText: string,
  reportId: string,
  kid: string,
  key: CryptoKey | Uint8Array,
): Promise<unknown> {
  try {
    const document = generalSchema.parse(JSON.parse(sealedText));
    const mine = document.recipients.filter((recipient) => recipient.header.kid === kid);
    const opened = await generalDecrypt({ ...document, recipients: mine }, key, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const decoder = new TextDecoder();
    if (decoder.decode(opened.additionalAuthenticatedData) !== reportId) return null;
    return JSON.parse(decoder.decode(opened.plaintext));
  } catch (error) {
    const isExpected =
      error instanceof errors.JOSEError || error instanceof z.ZodError || error instanceof SyntaxError;
    if (isExpected) return null;
    throw error;
  }
}
