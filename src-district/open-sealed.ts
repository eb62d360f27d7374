import { errors, generalDecrypt, importJWK, type CryptoKey } from 'jose';
import { z } from 'zod';
import type { OpeningKey } from '../src-main/contract/keys.ts';
import { reportSchema, type Report } from '../src-main/contract/report.ts';
import type { KeptReport } from './reports.ts';

export interface OpenedReport {
  readonly kept: KeptReport;
  /** Null when it was not sealed for this key, was moved from another report, or does not hold a report. */
  readonly report: Report | null;
}

/** Opens reports with a district's private key, one after the other. */
export async function openReports(
  reports: readonly KeptReport[],
  key: OpeningKey,
): Promise<readonly OpenedReport[]> {
  const imported = await importJWK({ ...key, alg: 'RSA-OAEP-256' });
  const opened: OpenedReport[] = [];
  for (const kept of reports) opened.push({ kept, report: await openReport(kept, key.kid, imported) });
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
  try {
    const document = generalSchema.parse(JSON.parse(kept.sealed.sealedReport));
    const mine = document.recipients.filter((recipient) => recipient.header.kid === kid);
    const opened = await generalDecrypt({ ...document, recipients: mine }, key, {
      keyManagementAlgorithms: ['RSA-OAEP-256'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const decoder = new TextDecoder();
    if (decoder.decode(opened.additionalAuthenticatedData) !== kept.sealed.reportId) return null;
    const report = reportSchema.safeParse(JSON.parse(decoder.decode(opened.plaintext)));
    return report.success && report.data.reportId === kept.sealed.reportId ? report.data : null;
  } catch (error) {
    const isExpected =
      error instanceof errors.JOSEError || error instanceof z.ZodError || error instanceof SyntaxError;
    if (isExpected) return null;
    throw error;
  }
}
