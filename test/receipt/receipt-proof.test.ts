import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KioskPublicKey, KioskSigningKey } from '../../src-main/contract/keys.ts';
import { fromBase32, toBase32 } from '../../src-main/domain/base32.ts';
import { kioskOf, readProof, writeProof } from '../../src-main/domain/receipt-proof.ts';
import { isSignedBy } from '../../src-main/domain/receipt-signature.ts';
import { parseKioskPublicKey, parseKioskSigningKey } from '../../src-main/sealing/key-files.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { createReceiptSigner } from '../../src-main/sealing/receipt-signer.ts';

const claims = {
  reference: '071204837395',
  stationId: 'lokal-koebenhavns-hovedbanegaard',
  day: '2026-11-20',
};

async function makeKeys(): Promise<{ signing: KioskSigningKey; own: KioskPublicKey }> {
  const { privateText, publicText } = await makeKioskKey();
  const [signing, own] = [parseKioskSigningKey(privateText), parseKioskPublicKey(publicText)];
  if (!signing.ok || !own.ok) throw new Error('keys that were just made can be read');
  return { signing: signing.key, own: own.key };
}

const { signing, own } = await makeKeys();
const code = await createReceiptSigner(signing).sign(claims);

/** What a desk says of a code that was scanned. */
async function isGenuine(scanned: string, key = own): Promise<boolean> {
  const proof = readProof(scanned);
  return proof !== null && isSignedBy(proof, key);
}

describe('the code on a slip', () => {
  test('says which report, where and when, and that this kiosk said so', async () => {
    expect(readProof(code)?.claims).toEqual(claims);
    expect(await isGenuine(code)).toBe(true);
    expect(kioskOf(claims.reference)).toBe('07-120');
    expect(code.startsWith('SK1.071204837395.20261120.LOKAL.KOEBENHAVNS.HOVEDBANEGAARD.')).toBe(true);
  });

  test('is of signs that QR holds short and every keyboard layout types alike', () => {
    expect(code).toMatch(/^[A-Z0-9.]+$/);
  });

  test('survives a scanner with caps lock on, and one that breaks the line', async () => {
    expect(await isGenuine(code.toLowerCase())).toBe(true);
    expect(await isGenuine(` ${code.slice(0, 80)}\r\n${code.slice(80)}\n`)).toBe(true);
  });

  test('of another kiosk proves nothing', async () => {
    expect(await isGenuine(code, (await makeKeys()).own)).toBe(false);
  });

  test('with any one character changed, left out or added is found out', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.'.split('');
    const oneChanged = fc
      .record({
        at: fc.nat(code.length - 1),
        sign: fc.constantFrom(...alphabet),
        change: fc.constantFrom('changed', 'left out', 'added'),
      })
      .map(({ at, sign, change }) =>
        change === 'left out'
          ? code.slice(0, at) + code.slice(at + 1)
          : code.slice(0, at) + sign + code.slice(change === 'added' ? at : at + 1),
      )
      .filter((other) => other !== code);
    await fc.assert(
      fc.asyncProperty(oneChanged, async (other) => {
        expect(await isGenuine(other)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('cannot be made of a batch that the same key signed', async () => {
    const signed = new TextEncoder().encode('eyJhbGciOiJFUzI1NiJ9.eyJraW9za0lkIjoiMDctMTIwIn0');
    const key = await crypto.subtle.importKey(
      'jwk',
      { ...signing },
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    );
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, signed);
    expect(await isGenuine(writeProof(claims, new Uint8Array(signature)))).toBe(false);
  });
});

test('base 32 gives back every row of bytes, and takes one text for each', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(Uint8Array.from(bytes));
    }),
  );
  // "foobar", from RFC 4648.
  expect(toBase32(new TextEncoder().encode('foobar'))).toBe('MZXW6YTBOI');
  expect([fromBase32('MY'), fromBase32('MZ'), fromBase32('M1')]).toEqual([Uint8Array.of(102), null, null]);
});
