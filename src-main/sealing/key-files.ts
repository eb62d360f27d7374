import { createHash } from 'node:crypto';
import { z } from 'zod';
import { publicKeySchema, type PublicKey } from '../contract/keys.ts';
import {
  contentPublicKeySchema,
  contentSigningKeySchema,
  kioskPublicKeySchema,
  kioskSigningKeySchema,
  openingKeySchema,
  type ContentPublicKey,
  type ContentSigningKey,
  type KioskPublicKey,
  type KioskSigningKey,
  type OpeningKey,
} from '../contract/keys.ts';

/** What a key file was meant to be. */
export type KeyPurpose =
  | 'district-public'
  | 'district-private'
  | 'station-public'
  | 'kiosk-signing'
  | 'kiosk-public'
  | 'content-signing'
  | 'content-public';

export interface KeyFault {
  readonly problem: 'not-a-key-file' | 'wrong-kind' | 'damaged' | 'key-id';
  readonly purpose: KeyPurpose;
  /** What the file holds instead, in words. */
  readonly found: string;
}
export type KeyReading<Key> =
  { readonly ok: true; readonly key: Key } | { readonly ok: false; readonly fault: KeyFault };

const expected: Readonly<Record<KeyPurpose, string>> = {
  'district-public': "the district's public key (JWK, RSA, 3072 bits, public half only)",
  'district-private': "the district's private key (JWK, RSA, 3072 bits)",
  'station-public': "the station's public key (JWK, RSA, 3072 bits, public half only)",
  'kiosk-signing': "the kiosk's signing key (JWK, EC P-256, private)",
  'kiosk-public': "a kiosk's public key (JWK, EC P-256, public half only)",
  'content-signing': 'the key with which a district signs content (JWK, EC P-256, private)',
  'content-public': "the public key of a district's content (JWK, EC P-256, public half only)",
};

/** One sentence, after which the caller names the file. */
export function describeKeyFault(fault: KeyFault): string {
  return `expected ${expected[fault.purpose]}, found ${fault.found}`;
}

export function parseDistrictPublicKey(text: string): KeyReading<PublicKey> {
  return parseKey(text, 'district-public', publicKeySchema);
}

/** Only for the district's own command line and for demonstration. */
export function parseDistrictPrivateKey(text: string): KeyReading<OpeningKey> {
  return parseKey(text, 'district-private', openingKeySchema);
}

export function parseStationPublicKey(text: string): KeyReading<PublicKey> {
  return parseKey(text, 'station-public', publicKeySchema);
}

export function parseKioskSigningKey(text: string): KeyReading<KioskSigningKey> {
  return parseKey(text, 'kiosk-signing', kioskSigningKeySchema);
}

export function parseKioskPublicKey(text: string): KeyReading<KioskPublicKey> {
  return parseKey(text, 'kiosk-public', kioskPublicKeySchema);
}

/** Only for the district's own command line. */
export function parseContentSigningKey(text: string): KeyReading<ContentSigningKey> {
  return parseKey(text, 'content-signing', contentSigningKeySchema);
}

export function parseContentPublicKey(text: string): KeyReading<ContentPublicKey> {
  return parseKey(text, 'content-public', contentPublicKeySchema);
}

const members = z.record(z.string(), z.unknown());

function parseKey<Key>(text: string, purpose: KeyPurpose, schema: z.ZodType<Key>): KeyReading<Key> {
  const fault = (problem: KeyFault['problem'], found: string): KeyReading<Key> => ({
    ok: false,
    fault: { problem, purpose, found },
  });
  const jwk = readMembers(text);
  if (jwk === null) return fault('not-a-key-file', text.includes('-----BEGIN') ? 'a PEM file' : 'no JWK');
  const found = kindOf(jwk);
  if (found !== wanted[purpose]) return fault('wrong-kind', found);
  const keyId = keyIdOf(jwk);
  if (jwk['kid'] !== undefined && jwk['kid'] !== keyId) {
    return fault('key-id', `${found} whose "kid" is not its thumbprint`);
  }
  const parsed = schema.safeParse({ ...jwk, kid: keyId });
  if (!parsed.success) return fault('damaged', `${found} that is damaged or of another length`);
  return { ok: true, key: parsed.data };
}

const wanted: Readonly<Record<KeyPurpose, string>> = {
  'district-public': 'a public RSA key',
  'district-private': 'a private RSA key',
  'station-public': 'a public RSA key',
  'kiosk-signing': 'a private EC key',
  'kiosk-public': 'a public EC key',
  'content-signing': 'a private EC key',
  'content-public': 'a public EC key',
};

function kindOf(jwk: Readonly<Record<string, unknown>>): string {
  const half = jwk['d'] === undefined ? 'public' : 'private';
  if (jwk['kty'] === 'RSA') return `a ${half} RSA key`;
  if (jwk['kty'] === 'EC') return `a ${half} EC key`;
  return jwk['kty'] === undefined ? 'no JWK' : 'a key of another kind';
}

function readMembers(text: string): Record<string, unknown> | null {
  try {
    const parsed = members.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** RFC 7638 thumbprint of the public half. */
export function keyIdOf(jwk: Readonly<Record<string, unknown>>): string {
  const names = jwk['kty'] === 'RSA' ? ['e', 'kty', 'n'] : ['crv', 'kty', 'x', 'y'];
  const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(text).digest('base64url');
}
