import type { KioskSigningKey } from '../contract/keys.ts';
import type { ReceiptSigner } from '../domain/ports.ts';
import { claimText, writeProof } from '../domain/receipt-proof.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
const encoder = new TextEncoder();

/** Signs what a slip says with the kiosk's key; the key is imported once, at the first slip. */
export function createReceiptSigner({ kty, crv, x, y, d }: KioskSigningKey): ReceiptSigner {
  let imported: Promise<CryptoKey> | null = null;
  return {
    async sign(claims) {
      imported ??= crypto.subtle.importKey('jwk', { kty, crv, x, y, d }, curve, false, ['sign']);
      const signed = encoder.encode(claimText(claims));
      return writeProof(claims, new Uint8Array(await crypto.subtle.sign(algorithm, await imported, signed)));
    },
  };
}
