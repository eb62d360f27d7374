import { GeneralEncrypt, importJWK, type CryptoKey } from 'jose';
import type { PublicKey } from '../../../src-main/contract/keys.ts';

const encoder = new TextEncoder();

async function importPublicKey(key: PublicKey): Promise<CryptoKey> {
  const imported = await importJWK({ ...key, alg: 'RSA-OAEP-256' });
  if (imported instanceof Uint8Array) throw new Error('an RSA key was expected');
  return imported;
}

/** As the kiosk seals a report (src-main/sealing/sealer.ts): one recipient a key, the report id as additional data. */
export async function seal(text: string, reportId: string, keys: readonly PublicKey[]): Promise<string> {
  const recipients = keys.filter((key, index) => keys.findIndex((other) => other.n === key.n) === index);
  if (recipients.length === 0) throw new Error('nobody to seal for');
  const document = new GeneralEncrypt(encoder.encode(text))
    .setProtectedHeader({ enc: 'A256GCM' })
    .setAdditionalAuthenticatedData(encoder.encode(reportId));
  for (const key of recipients)
    document
      .addRecipient(await importPublicKey(key))
      .setUnprotectedHeader({ alg: 'RSA-OAEP-256', kid: key.kid });
  return JSON.stringify(await document.encrypt());
}
