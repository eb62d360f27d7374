import { createPublicKey, verify } from 'node:crypto';
import type { DevicePublicKey } from '../contract/desk-devices.ts';

/** Whether WebCrypto's ECDSA (P-256, SHA-256, raw r and s) with this key made the signature. */
export function isSignedBy(key: DevicePublicKey, text: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    const given = Buffer.from(signature, 'base64url');
    return verify('sha256', Buffer.from(text), { key: publicKey, dsaEncoding: 'ieee-p1363' }, given);
  } catch {
    // Two numbers that are no point of the curve.
    return false;
  }
}
