import { CompactSign, importJWK } from 'jose';
import type { KioskId } from '../contract/ids.ts';
import type { Renewal } from '../contract/kiosk-api.ts';
import type { KioskSigningKey } from '../contract/keys.ts';

/** The key of today vouches for the next one, and the next one shows that it is whole. */
export async function signRenewal(
  kioskId: KioskId,
  old: KioskSigningKey,
  { d, ...publicKey }: KioskSigningKey,
): Promise<Renewal> {
  const claims = { kioskId, oldKeyId: old.kid, newKeyId: publicKey.kid };
  const payload = new TextEncoder().encode(JSON.stringify(claims));
  const sign = async (key: KioskSigningKey): Promise<string> =>
    new CompactSign(payload)
      .setProtectedHeader({ alg: 'ES256', kid: key.kid })
      .sign(await importJWK({ ...key, alg: 'ES256' }));
  return {
    version: 1,
    ...claims,
    publicKey,
    vouched: await sign(old),
    proof: await sign({ ...publicKey, d }),
  };
}
