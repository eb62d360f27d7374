import { calculateJwkThumbprint, GeneralEncrypt, type JWK } from 'jose';
import type { PublicKey } from '../../../src-main/contract/keys.ts';
import type { Keyring, OpenedKey } from '../../state/desk-ports.ts';
import type { KeyStore, WrappedKey } from './key-store.ts';
import { openSealed } from './open-sealed.ts';
import { seal } from './seal.ts';

const sealing = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;
const makingOfSealing = {
  ...sealing,
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
const wrapping = { name: 'AES-GCM', length: 256 } as const;
const encoder = new TextEncoder();

/** The key's id goes along as additional data, so that no wrapped key can stand in for another. */
function wrapWith(keyId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: encoder.encode(keyId) };
}

function opened(key: CryptoKey, keyId: string): OpenedKey {
  return { keyId, openSealed: (sealedText, reportId) => openSealed(key, keyId, sealedText, reportId) };
}

async function deviceKeyOf(store: KeyStore): Promise<CryptoKey> {
  const known = await store.deviceKey();
  if (known !== null) return known;
  // Not extractable: the profile's files hold it, no script can read it out.
  const fresh = await crypto.subtle.generateKey(wrapping, false, ['wrapKey', 'unwrapKey']);
  return store.addDeviceKey(fresh);
}

async function unwrap(deviceKey: CryptoKey, kept: WrappedKey): Promise<CryptoKey | null> {
  try {
    const parameters = wrapWith(kept.keyId, kept.iv);
    return await crypto.subtle.unwrapKey('pkcs8', kept.wrapped, deviceKey, parameters, sealing, false, [
      'decrypt',
    ]);
  } catch (error) {
    // Wrapped by a device key this profile no longer has, or damaged on disk: the same to whoever stands here.
    if (error instanceof DOMException) return null;
    throw error;
  }
}

function publicHalf(jwk: JsonWebKey, kid: string): PublicKey {
  if (jwk.n === undefined || jwk.e !== 'AQAB') throw new Error('the browser made a key of another kind');
  return { kty: 'RSA', n: jwk.n, e: 'AQAB', kid };
}

/** A key that cannot open what its public half has sealed must never be paired: every report would be lost to the desk. */
async function prove(key: OpenedKey | null, publicKey: CryptoKey): Promise<void> {
  const probe = new GeneralEncrypt(encoder.encode('probe'))
    .setProtectedHeader({ enc: 'A256GCM' })
    .setAdditionalAuthenticatedData(encoder.encode('probe'));
  probe.addRecipient(publicKey).setUnprotectedHeader({ alg: 'RSA-OAEP-256', kid: key?.keyId ?? '' });
  const outcome = await key?.openSealed(JSON.stringify(await probe.encrypt()), 'probe');
  if (outcome?.ok !== true || outcome.text !== 'probe') throw new Error('the stored key does not open');
}

function isKey(value: unknown): value is JWK & { kty: 'RSA' } {
  return typeof value === 'object' && value !== null && 'kty' in value && value.kty === 'RSA';
}

function parseKey(jwkText: string): (JWK & { kty: 'RSA' }) | null {
  try {
    const parsed: unknown = JSON.parse(jwkText);
    return isKey(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The keys of one browser profile. */
export function createKeyring(store: KeyStore): Keyring {
  const unlock = async (keyId: string): Promise<OpenedKey | null> => {
    const [deviceKey, kept] = await Promise.all([store.deviceKey(), store.wrappedKey(keyId)]);
    if (deviceKey === null || kept === null) return null;
    const key = await unwrap(deviceKey, kept);
    return key === null ? null : opened(key, keyId);
  };
  return {
    unlock,
    async unlockText(jwkText) {
      const jwk = parseKey(jwkText);
      if (jwk === null) return null;
      const { kty, n, e, d, p, q, dp, dq, qi } = jwk;
      const bare = Object.fromEntries(
        Object.entries({ kty, n, e, d, p, q, dp, dq, qi }).filter(([, part]) => part !== undefined),
      );
      try {
        const key = await crypto.subtle.importKey('jwk', bare, sealing, false, ['decrypt']);
        return opened(key, await calculateJwkThumbprint(bare, 'sha256'));
      } catch (error) {
        if (error instanceof DOMException || error instanceof TypeError) return null;
        throw error;
      }
    },
    async makeStationKey() {
      const deviceKey = await deviceKeyOf(store);
      const pair = await crypto.subtle.generateKey(makingOfSealing, true, ['encrypt', 'decrypt']);
      const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
      const keyId = await calculateJwkThumbprint({ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' }, 'sha256');
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const wrapped = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, deviceKey, wrapWith(keyId, iv));
      await store.keepWrappedKey({ keyId, iv, wrapped });
      await prove(await unlock(keyId), pair.publicKey);
      return publicHalf(jwk, keyId);
    },
    forget: (keyId) => store.removeWrappedKey(keyId),
    seal,
  };
}
