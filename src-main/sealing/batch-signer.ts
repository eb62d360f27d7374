import { CompactSign, importJWK, type CryptoKey } from 'jose';
import type { KioskSigningKey } from '../contract/keys.ts';
import type { BatchSigner } from '../domain/ports.ts';

const encoder = new TextEncoder();

/** Signs a batch's claims with the kiosk's key; the key is imported once, at the first batch. */
export function createBatchSigner(signingKey: KioskSigningKey): BatchSigner {
  let imported: Promise<CryptoKey | Uint8Array> | null = null;
  return {
    async sign(claims) {
      imported ??= importJWK({ ...signingKey, alg: 'ES256' });
      return new CompactSign(encoder.encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid })
        .sign(await imported);
    },
  };
}
