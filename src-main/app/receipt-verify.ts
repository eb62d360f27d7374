import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { createKeyFinder } from '../../src-district/kiosk-registry.ts';
import { kioskIdSchema } from '../contract/ids.ts';
import type { KioskPublicKey } from '../contract/keys.ts';
import { kioskOf, readProof, type ReceiptClaims } from '../domain/receipt-proof.ts';
import { isSignedBy } from '../domain/receipt-signature.ts';
import { parseKioskPublicKey } from '../sealing/key-files.ts';
import { ConfigError } from './config-error.ts';
import { readEarlierKeys, readKeyFile, readKioskPublicKey } from './key-store.ts';

export type ReceiptVerdict =
  | { readonly kind: 'genuine'; readonly claims: ReceiptClaims; readonly kioskId: string }
  /** No code of a slip: something was left out or added. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'forged'; readonly kioskId: string }
  | { readonly kind: 'unknown-kiosk'; readonly kioskId: string };

/** Where the public halves are: at the district, in its database or its folder, or at the kiosk itself. */
export type VerifyingKeys =
  | { readonly kind: 'keys'; readonly path: string }
  | { readonly kind: 'data-dir'; readonly path: string }
  | { readonly kind: 'database'; readonly database: IntakeDatabase };

/** Every key that a kiosk signed with, today's and those that were renewed. */
type FindKeys = (kioskId: string) => Promise<readonly KioskPublicKey[]>;

async function openKeys(where: VerifyingKeys): Promise<FindKeys> {
  if (where.kind === 'database') {
    const find = createKeyFinder(where.database, new Map());
    return async (kioskId) => {
      const id = kioskIdSchema.safeParse(kioskId);
      return id.success ? find(id.data) : [];
    };
  }
  const { kind, path } = where;
  if (kind === 'data-dir') {
    const own = await readKioskPublicKey(path);
    if (own === null) throw new ConfigError(`${path}: expected the data folder of a kiosk that can sign.`);
    const keys = [own, ...(await readEarlierKeys(path))];
    return () => Promise.resolve(keys);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
    const one = await readKeyFile(path, parseKioskPublicKey);
    return () => Promise.resolve([one]);
  }
  const kiosks = await loadKioskKeys(join(path, 'kiosks'));
  if (!kiosks.ok)
    throw new ConfigError(`${kiosks.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  return (kioskId) => {
    const id = kioskIdSchema.safeParse(kioskId);
    const key = id.success ? kiosks.keys.get(id.data) : undefined;
    return Promise.resolve(key === undefined ? [] : [key]);
  };
}

/**
 * What a code from a slip is worth, without asking anybody.
 * @throws ConfigError when there are no keys to judge by.
 */
export async function verifyReceipt(code: string, keys: VerifyingKeys): Promise<ReceiptVerdict> {
  const findKeys = await openKeys(keys);
  const proof = readProof(code);
  if (proof === null) return { kind: 'unreadable' };
  // Of the kiosk whose number it is: one kiosk's key proves nothing about another's slips.
  const kioskId = kioskOf(proof.claims.reference);
  const candidates = await findKeys(kioskId);
  if (candidates.length === 0) return { kind: 'unknown-kiosk', kioskId };
  const isGenuine = (await Promise.all(candidates.map((key) => isSignedBy(proof, key)))).includes(true);
  return isGenuine ? { kind: 'genuine', claims: proof.claims, kioskId } : { kind: 'forged', kioskId };
}
