import { GeneralEncrypt, importJWK } from 'jose';
import { reportIdSchema, kioskIdSchema } from '../src-main/contract/ids.ts';
import type { PublicKey } from '../src-main/contract/keys.ts';
import type { HandedKey, TransferRequest } from '../src-main/contract/transfer-api.ts';
import type { EventOfReport } from './report-events.ts';
import { openDocument, wrapFor, type Opener } from './sealed-document.ts';
import { keysOfPlace, sealedParts, type Turn } from './turns.ts';

export interface Handing {
  readonly reportId: string;
  readonly events: readonly EventOfReport[];
  readonly turns: readonly Turn[];
  readonly openers: readonly Opener[];
  readonly to: { readonly district: string; readonly key: PublicKey };
  readonly reason: { readonly text: string; readonly alsoFor: PublicKey } | null;
}

/** What a district posts to hand a report over: made where its private key is, never at the intake. */
export async function makeTransfer(handing: Handing): Promise<{
  readonly request: TransferRequest;
  /** Documents that did not open here, and so cannot be handed over. */
  readonly unreadable: number;
}> {
  const keys: HandedKey[] = [];
  let unreadable = 0;
  for (const event of handing.events) {
    for (const part of sealedParts(event.body).keys()) {
      const key = await handKey(handing, event, part);
      if (key === null) unreadable += 1;
      else keys.push(key);
    }
  }
  const reportId = reportIdSchema.parse(handing.reportId);
  const sealedReason = await sealReason(handing);
  return { request: { reportId, to: handing.to.district, sealedReason, keys }, unreadable };
}

async function handKey(
  { reportId, turns, openers, to }: Handing,
  { kioskId, sequence, body }: EventOfReport,
  part: HandedKey['part'],
): Promise<HandedKey | null> {
  const handed = keysOfPlace(turns, { kioskId, sequence, part });
  const document = await openDocument(sealedParts(body).get(part) ?? '', reportId, openers, handed);
  if (document === null) return null;
  const encryptedKey = await wrapFor(document, openers, to.key);
  return { kioskId: kioskIdSchema.parse(kioskId), sequence, part, kid: to.key.kid, encryptedKey };
}

async function sealReason({ reportId, reason, to }: Handing): Promise<string | null> {
  if (reason === null) return null;
  const encoder = new TextEncoder();
  const document = new GeneralEncrypt(encoder.encode(JSON.stringify({ reportId, reason: reason.text })))
    .setProtectedHeader({ enc: 'A256GCM' })
    .setAdditionalAuthenticatedData(encoder.encode(reportId));
  for (const key of [to.key, reason.alsoFor])
    document
      .addRecipient(await importJWK({ ...key, alg: 'RSA-OAEP-256' }))
      .setUnprotectedHeader({ alg: 'RSA-OAEP-256', kid: key.kid });
  return JSON.stringify(await document.encrypt());
}
