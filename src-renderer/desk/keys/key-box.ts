import type { DevicePublicKey, KeyBox } from '../../../src-main/contract/desk-devices.ts';

/* ECDH and HKDF, not AES key wrapping: the latter has failed in Electron's WebCrypto. */

const agreement = { name: 'ECDH', namedCurve: 'P-256' } as const;
const stationKey = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;
const encoder = new TextEncoder();

/** What a box is for stands in the key it is wrapped with: a gift cannot be passed off as what a desk keeps. */
export type BoxPurpose = 'kept' | 'given';

export function toBase64Url(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export async function exportPublic(key: CryptoKey): Promise<DevicePublicKey> {
  const { x, y } = await crypto.subtle.exportKey('jwk', key);
  if (x === undefined || y === undefined) throw new Error('the browser made a key of another kind');
  return { kty: 'EC', crv: 'P-256', x, y };
}

interface Sharing {
  readonly own: CryptoKey;
  readonly other: CryptoKey;
  readonly keyId: string;
  readonly purpose: BoxPurpose;
  /** 256 bits that the kiosk keeps, or nothing for a gift. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

async function wrappingKey({ own, other, keyId, purpose, salt }: Sharing): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
  const base = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const info = encoder.encode(`skranke station key 1\n${purpose}\n${keyId}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
}

export interface BoxOptions {
  readonly keyId: string;
  readonly purpose: BoxPurpose;
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** Wraps a private station key so that only the holder of the other half of `boxKey` takes it out. */
export async function closeBox(
  key: CryptoKey,
  boxKey: DevicePublicKey,
  options: BoxOptions,
): Promise<KeyBox> {
  const other = await crypto.subtle.importKey('jwk', boxKey, agreement, true, []);
  const once = await crypto.subtle.generateKey(agreement, false, ['deriveBits']);
  const wrapping = await wrappingKey({ ...options, own: once.privateKey, other });
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = encoder.encode(options.keyId);
  const wrapped = await crypto.subtle.wrapKey('pkcs8', key, wrapping, {
    name: 'AES-GCM',
    iv,
    additionalData,
  });
  return {
    keyId: options.keyId,
    ephemeralKey: await exportPublic(once.publicKey),
    iv: toBase64Url(iv),
    wrapped: toBase64Url(wrapped),
  };
}

/**
 * Takes a station key out; null when it was closed for another desk, with another salt, or was damaged.
 * @param mayLeave only for the moment in which it is wrapped for somebody else.
 */
export async function openBox(
  box: KeyBox,
  own: CryptoKey,
  { purpose, salt }: Pick<BoxOptions, 'purpose' | 'salt'>,
  mayLeave = false,
): Promise<CryptoKey | null> {
  try {
    const other = await crypto.subtle.importKey('jwk', box.ephemeralKey, agreement, true, []);
    const unwrapping = await wrappingKey({ own, other, keyId: box.keyId, purpose, salt });
    const parameters = {
      name: 'AES-GCM',
      iv: fromBase64Url(box.iv),
      additionalData: encoder.encode(box.keyId),
    };
    const wrapped = fromBase64Url(box.wrapped);
    return await crypto.subtle.unwrapKey('pkcs8', wrapped, unwrapping, parameters, stationKey, mayLeave, [
      'decrypt',
    ]);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
