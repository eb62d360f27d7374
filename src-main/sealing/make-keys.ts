import { exportJWK, generateKeyPair } from 'jose';
import { keyIdOf } from './key-files.ts';

/** A key pair as the text of its two files. */
export interface KeyPairText {
  readonly keyId: string;
  readonly publicText: string;
  readonly privateText: string;
}

export function makeDistrictKey(): Promise<KeyPairText> {
  return makeKeyPair('RSA-OAEP-256');
}

/** Demonstration only: a real station key is made in the browser of the first paired desk. */
export function makeStationKey(): Promise<KeyPairText> {
  return makeKeyPair('RSA-OAEP-256');
}

export function makeKioskKey(): Promise<KeyPairText> {
  return makeKeyPair('ES256');
}

/** With which a district signs its content. */
export function makeContentKey(): Promise<KeyPairText> {
  return makeKeyPair('ES256');
}

async function makeKeyPair(alg: 'RSA-OAEP-256' | 'ES256'): Promise<KeyPairText> {
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 3072 });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = keyIdOf({ ...publicJwk });
  const privateJwk = await exportJWK(pair.privateKey);
  return {
    keyId: kid,
    publicText: `${JSON.stringify({ ...publicJwk, kid, alg }, null, 2)}\n`,
    privateText: `${JSON.stringify({ ...privateJwk, kid, alg }, null, 2)}\n`,
  };
}
