import { CompactSign, importJWK } from 'jose';
import type { ContentReport, ContentRequest } from '../contract/content-api.ts';
import type { KioskSigningKey } from '../contract/keys.ts';

/** What this kiosk says of its content, with its word for it. */
export async function signContentReport(
  key: KioskSigningKey,
  report: ContentReport,
): Promise<ContentRequest> {
  const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(report)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .sign(await importJWK({ ...key, alg: 'ES256' }));
  return { version: 1, kioskId: report.kioskId, report: signed };
}
