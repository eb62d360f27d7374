import { calculateJwkThumbprint, type JWK } from 'jose';
import type { KeyBox } from '../../../src-main/contract/desk-devices.ts';
import type { PublicKey } from '../../../src-main/contract/keys.ts';
import type { Keyring, OpenedKey } from '../../state/desk-ports.ts';
import { checkCode, describeDevice, devicePairsOf, signProof } from './device-keys.ts';
import { closeBox, fromBase64Url, openBox, toBase64Url } from './key-box.ts';
import type { KeyStore } from './key-store.ts';
import { openSealed } from './open-sealed.ts';
import { seal } from './seal.ts';

const sealing = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;
const makingOfSealing = {
  ...sealing,
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
/** A gift is bound to nothing the kiosk keeps; the code both desks show stands for it. */
const noSecret = new Uint8Array(32);

function opened(key: CryptoKey, keyId: string): OpenedKey {
  return { keyId, openSealed: (sealedText, reportId) => openSealed(key, keyId, sealedText, reportId) };
}

function publicHalf(jwk: JsonWebKey, kid: string): PublicKey {
  if (jwk.n === undefined || jwk.e !== 'AQAB') throw new Error('the browser made a key of another kind');
  return { kty: 'RSA', n: jwk.n, e: 'AQAB', kid };
}

/** A key that cannot open what its public half has sealed must never be paired: every report would be lost to the desk. */
async function doesOpen(key: OpenedKey | null, publicKey: PublicKey): Promise<boolean> {
  const outcome = await key?.openSealed(await seal('probe', 'probe', [publicKey]), 'probe');
  return outcome?.ok === true && outcome.text === 'probe';
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

/** A station key that this profile keeps, taken out. */
async function takeOut(
  store: KeyStore,
  keyId: string,
  releaseSecret: string,
  mayLeave = false,
): Promise<CryptoKey | null> {
  const [device, kept] = await Promise.all([store.device(), store.box(keyId)]);
  if (device === null || kept === null || kept.keyId !== keyId) return null;
  const bound = { purpose: 'kept', salt: fromBase64Url(releaseSecret) } as const;
  return openBox(kept, device.box.privateKey, bound, mayLeave);
}

/** Keeps a key so that it opens with this profile and the secret the kiosk keeps for it, and with neither alone. */
async function keep(store: KeyStore, key: CryptoKey, keyId: string, releaseSecret: string): Promise<void> {
  const { boxKey } = await describeDevice(await devicePairsOf(store));
  const bound = { keyId, purpose: 'kept', salt: fromBase64Url(releaseSecret) } as const;
  await store.keepBox(await closeBox(key, boxKey, bound));
}

async function unlock(store: KeyStore, keyId: string, releaseSecret: string): Promise<OpenedKey | null> {
  const key = await takeOut(store, keyId, releaseSecret);
  return key === null ? null : opened(key, keyId);
}

async function take(store: KeyStore, box: KeyBox, releaseSecret: string): Promise<OpenedKey | null> {
  const device = await store.device();
  const gift = { purpose: 'given', salt: noSecret } as const;
  const key = device === null ? null : await openBox(box, device.box.privateKey, gift, true);
  if (key === null) return null;
  await keep(store, key, box.keyId, releaseSecret);
  return unlock(store, box.keyId, releaseSecret);
}

async function makeStationKey(store: KeyStore, releaseSecret: string): Promise<PublicKey> {
  const pair = await crypto.subtle.generateKey(makingOfSealing, true, ['encrypt', 'decrypt']);
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const keyId = await calculateJwkThumbprint({ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' }, 'sha256');
  const publicKey = publicHalf(jwk, keyId);
  await keep(store, pair.privateKey, keyId, releaseSecret);
  if (!(await doesOpen(await unlock(store, keyId, releaseSecret), publicKey)))
    throw new Error('the stored key does not open');
  return publicKey;
}

async function readText(jwkText: string): Promise<OpenedKey | null> {
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
}

/**
 * The boxes for one kiosk. Two kiosks may seal for the same key, and each keeps a secret of its own: what is wrapped for one
 * is kept beside what is wrapped for the other, under the address that was asked and not under what it says of itself.
 */
function boxesFor(store: KeyStore, origin: string | null): KeyStore {
  if (origin === null) return store;
  const nameOf = (keyId: string): string => `${origin} ${keyId}`;
  return {
    device: () => store.device(),
    addDevice: (pairs) => store.addDevice(pairs),
    box: (keyId) => store.box(nameOf(keyId)),
    keepBox: (box, name) => store.keepBox(box, nameOf(name ?? box.keyId)),
    removeBox: (keyId) => store.removeBox(nameOf(keyId)),
  };
}

/**
 * The keys of one browser profile.
 * @param origin of another kiosk than the one whose page this is.
 */
export function createKeyring(profile: KeyStore, origin: string | null = null): Keyring {
  const store = boxesFor(profile, origin);
  return {
    unlock: (keyId, releaseSecret) => unlock(store, keyId, releaseSecret),
    unlockText: readText,
    checkCode,
    async device() {
      const pairs = await store.device();
      return pairs === null ? null : describeDevice(pairs);
    },
    makeDevice: async () => describeDevice(await devicePairsOf(store)),
    sign: async (proof) => signProof(await devicePairsOf(store), proof),
    makeSecret: () => toBase64Url(crypto.getRandomValues(new Uint8Array(32))),
    makeStationKey: (releaseSecret) => makeStationKey(store, releaseSecret),
    take: (box, releaseSecret) => take(store, box, releaseSecret),
    async adopt({ box, publicKey }, releaseSecret) {
      const key = await take(store, box, releaseSecret);
      if (await doesOpen(key, publicKey)) return key;
      await store.removeBox(box.keyId);
      return null;
    },
    async give(keyId, releaseSecret, boxKey) {
      const key = await takeOut(store, keyId, releaseSecret, true);
      return key === null ? null : closeBox(key, boxKey, { keyId, purpose: 'given', salt: noSecret });
    },
    forget: (keyId) => store.removeBox(keyId),
    seal,
  };
}
