import { calculateJwkThumbprint, compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import type { KioskPublicKey } from '../src-main/contract/keys.ts';
import { renewalClaimsSchema, type Renewal, type RenewalRefusal } from '../src-main/contract/kiosk-api.ts';
import { readJson, type KioskKeyFinder } from './check-batch.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { transact } from './transact.ts';

export type RenewalOutcome = { readonly ok: true } | { readonly ok: false; readonly problem: RenewalRefusal };

/** The same renewal again is its first result: the answer may have been lost. */
export async function renewKey(
  database: IntakeDatabase,
  findKeys: KioskKeyFinder,
  renewal: Renewal,
): Promise<RenewalOutcome> {
  const { kioskId, oldKeyId, newKeyId, publicKey } = renewal;
  const old = (await findKeys(kioskId)).find(({ kid }) => kid === oldKeyId);
  if (old === undefined) return { ok: false, problem: 'unknown-key' };
  const isOwn = (await calculateJwkThumbprint(publicKey)) === newKeyId && publicKey.kid === newKeyId;
  const isSigned =
    isOwn &&
    (await isVouched(renewal, renewal.vouched, old)) &&
    (await isVouched(renewal, renewal.proof, publicKey));
  if (!isSigned || newKeyId === oldKeyId) return { ok: false, problem: 'proof' };
  return transact(database, async (transaction): Promise<RenewalOutcome> => {
    const kept = await readKeyState(transaction, kioskId, oldKeyId);
    const known = await readKeyState(transaction, kioskId, newKeyId);
    if (kept?.isRevoked === true || known?.isRevoked === true) return { ok: false, problem: 'unknown-key' };
    if (known?.renews === oldKeyId) return { ok: true };
    if (kept?.through !== undefined && kept.through !== null) return { ok: false, problem: 'unknown-key' };
    // The old one may have been known by its file alone.
    await insertKey(transaction, kioskId, old, null);
    await insertKey(transaction, kioskId, publicKey, oldKeyId);
    return { ok: true };
  });
}

async function isVouched(
  { kioskId, oldKeyId, newKeyId }: Renewal,
  signed: string,
  key: KioskPublicKey,
): Promise<boolean> {
  try {
    const verified = await compactVerify(signed, await importJWK({ ...key, alg: 'ES256' }), {
      algorithms: ['ES256'],
    });
    const said = renewalClaimsSchema.safeParse(readJson(new TextDecoder().decode(verified.payload)));
    return (
      said.success &&
      said.data.kioskId === kioskId &&
      said.data.oldKeyId === oldKeyId &&
      said.data.newKeyId === newKeyId
    );
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

async function insertKey(
  transaction: IntakeTransaction,
  kioskId: string,
  key: KioskPublicKey,
  renews: string | null,
): Promise<void> {
  await transaction.query(
    `INSERT INTO kiosk_key (kiosk_id, key_id, jwk, renews) VALUES ($1::text, $2::text, $3::text, nullif($4::text, ''))
     ON CONFLICT (kiosk_id, key_id) DO NOTHING`,
    [kioskId, key.kid, JSON.stringify(key), renews ?? ''],
  );
}

const stateRow = z
  .object({
    renews: z.string().nullable(),
    from_sequence: z.coerce.number().int().nullable(),
    through: z.coerce.number().int().nullable(),
    is_revoked: z.boolean(),
    is_long_retired: z.boolean(),
  })
  .transform(({ from_sequence, is_revoked, is_long_retired, ...row }) => ({
    ...row,
    from: from_sequence,
    isRevoked: is_revoked,
    isLongRetired: is_long_retired,
  }));
type KeyState = z.infer<typeof stateRow>;

/** Null: of a key that is known by its file alone. */
async function readKeyState(
  transaction: IntakeTransaction,
  kioskId: string,
  keyId: string,
): Promise<KeyState | null> {
  // What was on its way when the key was changed has arrived after ten minutes, or never will.
  const [row] = await transaction.query(
    `SELECT renews, from_sequence::text AS from_sequence, through_sequence::text AS through,
       revoked_at IS NOT NULL AS is_revoked,
       coalesce(retired_at < now() - interval '10 minutes', false) AS is_long_retired
     FROM kiosk_key WHERE kiosk_id = $1::text AND key_id = $2::text`,
    [kioskId, keyId],
  );
  return row === undefined ? null : stateRow.parse(row);
}

/**
 * Whether this key may vouch for events through `lastSequence`. The first batch of a renewed key ends those before it;
 * what a key that ended long ago signs since then comes from another machine.
 */
export async function settleKey(
  transaction: IntakeTransaction,
  signed: { readonly kioskId: string; readonly keyId: string; readonly lastSequence: number },
  heldThrough: number,
): Promise<'good' | 'ended' | 'other-machine'> {
  const { kioskId, keyId, lastSequence } = signed;
  const state = await readKeyState(transaction, kioskId, keyId);
  if (state === null) return 'good';
  if (state.through !== null && lastSequence > state.through)
    return state.isLongRetired ? 'other-machine' : 'ended';
  if (state.renews === null || state.from !== null) return 'good';
  await transaction.query(
    `UPDATE kiosk_key SET from_sequence = $3::text::bigint + 1 WHERE kiosk_id = $1::text AND key_id = $2::text`,
    [kioskId, keyId, String(heldThrough)],
  );
  await transaction.query(
    `UPDATE kiosk_key SET through_sequence = $3::text::bigint, retired_at = now()
     WHERE kiosk_id = $1::text AND key_id <> $2::text AND revoked_at IS NULL AND through_sequence IS NULL`,
    [kioskId, keyId, String(heldThrough)],
  );
  return 'good';
}
