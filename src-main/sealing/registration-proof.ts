import { CompactSign, importJWK } from 'jose';
import type { Registration } from '../contract/kiosk-api.ts';
import type { KioskSigningKey } from '../contract/keys.ts';

/** That whoever registers a key has its private half, for this code and this log. */
export async function signRegistration(
  { d, ...publicKey }: KioskSigningKey,
  code: string,
  log: Registration['log'],
): Promise<Registration> {
  const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify({ code, log })))
    .setProtectedHeader({ alg: 'ES256', kid: publicKey.kid })
    .sign(await importJWK({ ...publicKey, d, alg: 'ES256' }));
  return { version: 1, code, publicKey, log, proof };
}
