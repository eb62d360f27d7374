import type { KioskPublicKey } from '../contract/keys.ts';
import type { ReceiptProof } from './receipt-proof.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const algorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Whether this kiosk signed it, as it stands. The desk's page and the command line ask the same question here. */
export async function isSignedBy(proof: ReceiptProof, { kty, crv, x, y }: KioskPublicKey): Promise<boolean> {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, proof.signature, new TextEncoder().encode(proof.signedText));
}
