import { calculateJwkThumbprint, compactVerify, errors, importJWK } from 'jose';
import { z } from 'zod';
import {
  registrationProofSchema,
  type Registration,
  type RegistrationRefusal,
} from '../src-main/contract/kiosk-api.ts';
import { genesisHash } from '../src-main/contract/envelope.ts';
import { kioskIdSchema, type KioskId } from '../src-main/contract/ids.ts';
import { kioskPublicKeySchema, type KioskPublicKey } from '../src-main/contract/keys.ts';
import { readJson, type KioskKeyFinder } from './check-batch.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { hashCode, makeCode } from './secrets.ts';

export type RegistrationOutcome =
  | { readonly ok: true; readonly kioskId: KioskId }
  | { readonly ok: false; readonly problem: RegistrationRefusal };

const keyRows = z.array(
  z.object({
    key_id: z.string(),
    jwk: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(kioskPublicKeySchema),
    is_revoked: z.boolean(),
  }),
);

/** A key that was revoked may still be taken for so long. */
const rememberMs = 5000;

/** Keys of the folder and those that were registered, without the revoked ones. */
export function createKeyFinder(
  database: IntakeDatabase,
  folder: ReadonlyMap<string, KioskPublicKey>,
): KioskKeyFinder {
  const remembered = new Map<string, { readonly keys: readonly KioskPublicKey[]; readonly atMs: number }>();
  return async (kioskId) => {
    const known = remembered.get(kioskId);
    if (known !== undefined && performance.now() - known.atMs < rememberMs) return known.keys;
    const rows = await database.transaction((transaction) =>
      transaction.query(
        'SELECT key_id, jwk, revoked_at IS NOT NULL AS is_revoked FROM kiosk_key WHERE kiosk_id = $1::text',
        [kioskId],
      ),
    );
    const registered = keyRows.parse(rows);
    const revoked = new Set(registered.filter((row) => row.is_revoked).map((row) => row.key_id));
    const inFolder = folder.get(kioskId);
    const candidates = [...(inFolder === undefined ? [] : [inFolder]), ...registered.map(({ jwk }) => jwk)];
    const keys = candidates.filter((key) => !revoked.has(key.kid));
    // A stranger who makes up numbers fills no memory.
    if (keys.length > 0) remembered.set(kioskId, { keys, atMs: performance.now() });
    return keys;
  };
}

/** A code with which one kiosk registers one key, once; earlier codes for it end. */
export async function makeEnrolmentCode(
  database: IntakeDatabase,
  kioskId: KioskId,
  validHours: number,
): Promise<string> {
  const code = makeCode();
  await database.transaction(async (transaction) => {
    await transaction.query('DELETE FROM enrolment_code WHERE kiosk_id = $1::text AND used_key_id IS NULL', [
      kioskId,
    ]);
    await transaction.query(
      `INSERT INTO enrolment_code (code_hash, kiosk_id, expires_at)
       VALUES ($1::text, $2::text, now() + ($3::text || ' hours')::interval)`,
      [hashCode(code), kioskId, String(validHours)],
    );
  });
  return code;
}

const codeRows = z.array(z.object({ kiosk_id: kioskIdSchema, used_key_id: z.string().nullable() }));

/** The same code with the same key again is its first result: the answer may have been lost. */
export async function registerKiosk(
  database: IntakeDatabase,
  registration: Registration,
): Promise<RegistrationOutcome> {
  if (!(await isOwnKey(registration))) return { ok: false, problem: 'proof' };
  const { publicKey, code, log } = registration;
  return database.transaction(async (transaction): Promise<RegistrationOutcome> => {
    const rows = await transaction.query(
      `SELECT kiosk_id, used_key_id FROM enrolment_code
       WHERE code_hash = $1::text AND expires_at > now() FOR UPDATE`,
      [hashCode(code)],
    );
    const [found] = codeRows.parse(rows);
    if (found === undefined || (found.used_key_id ?? publicKey.kid) !== publicKey.kid)
      return { ok: false, problem: 'code' };
    if (!(await isContinued(transaction, found.kiosk_id, log))) return { ok: false, problem: 'history' };
    await transaction.query(
      `INSERT INTO kiosk_key (kiosk_id, key_id, jwk) VALUES ($1::text, $2::text, $3::text)
       ON CONFLICT (kiosk_id, key_id) DO UPDATE SET revoked_at = NULL, through_sequence = NULL, retired_at = NULL`,
      [found.kiosk_id, publicKey.kid, JSON.stringify(publicKey)],
    );
    // What signed before it is not heard any more: the terminal was replaced, or its disk taken.
    await transaction.query(
      `UPDATE kiosk_key SET revoked_at = now()
       WHERE kiosk_id = $1::text AND key_id <> $2::text AND revoked_at IS NULL AND through_sequence IS NULL`,
      [found.kiosk_id, publicKey.kid],
    );
    await transaction.query('UPDATE enrolment_code SET used_key_id = $2::text WHERE code_hash = $1::text', [
      hashCode(code),
      publicKey.kid,
    ]);
    return { ok: true, kioskId: found.kiosk_id };
  });
}

/** Signed by the very key that is registered, over this code and this log; and the key id is what it says. */
async function isOwnKey({ publicKey, code, log, proof }: Registration): Promise<boolean> {
  try {
    if ((await calculateJwkThumbprint(publicKey)) !== publicKey.kid) return false;
    const verified = await compactVerify(proof, await importJWK({ ...publicKey, alg: 'ES256' }), {
      algorithms: ['ES256'],
    });
    const said = registrationProofSchema.safeParse(readJson(new TextDecoder().decode(verified.payload)));
    return (
      said.success &&
      said.data.code === code &&
      said.data.log.throughSequence === log.throughSequence &&
      said.data.log.headHash === log.headHash
    );
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

const heldRows = z.array(z.object({ through: z.coerce.number().int() }));

/**
 * A number that was never used takes a log where it is: from its start, or from where a machine that had another number
 * stopped. One that was used goes on with its own log only.
 */
async function isContinued(
  transaction: IntakeTransaction,
  kioskId: string,
  { throughSequence, headHash }: Registration['log'],
): Promise<boolean> {
  if (throughSequence === 0 && headHash !== genesisHash) return false;
  const made = await transaction.query(
    `INSERT INTO kiosk (kiosk_id, through_sequence, head_hash) VALUES ($1::text, $2::text::bigint, $3::text)
     ON CONFLICT (kiosk_id) DO NOTHING RETURNING kiosk_id`,
    [kioskId, String(throughSequence), headHash],
  );
  if (made.length > 0) return true;
  const [held] = heldRows.parse(
    await transaction.query(
      `SELECT k.through_sequence::text AS through FROM kiosk k
       WHERE k.kiosk_id = $1::text AND (
         (k.through_sequence = $2::text::bigint AND k.head_hash = $3::text) OR EXISTS (
           SELECT 1 FROM event e WHERE e.kiosk_id = k.kiosk_id AND e.sequence = $2::text::bigint AND e.hash = $3::text))`,
      [kioskId, String(throughSequence), headHash],
    ),
  );
  return held !== undefined;
}

/** Nothing signed with these is taken any more, and no code for the kiosk is left. */
export async function revokeKeys(
  database: IntakeDatabase,
  kioskId: KioskId,
  keys: readonly KioskPublicKey[],
): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const key of keys) {
      await transaction.query(
        `INSERT INTO kiosk_key (kiosk_id, key_id, jwk, revoked_at) VALUES ($1::text, $2::text, $3::text, now())
         ON CONFLICT (kiosk_id, key_id) DO UPDATE SET revoked_at = coalesce(kiosk_key.revoked_at, now())`,
        [kioskId, key.kid, JSON.stringify(key)],
      );
    }
    await transaction.query('DELETE FROM enrolment_code WHERE kiosk_id = $1::text AND used_key_id IS NULL', [
      kioskId,
    ]);
  });
}

/** Registered keys of a kiosk that count. */
export async function listKioskKeys(
  database: IntakeDatabase,
  kioskId: KioskId,
): Promise<readonly KioskPublicKey[]> {
  return createKeyFinder(database, new Map())(kioskId);
}

const overviewRow = z
  .object({
    kiosk_id: z.string(),
    through: z.coerce.number().int(),
    last_contact: z.string(),
    keys: z.coerce.number().int(),
    parked: z.coerce.number().int(),
    other_histories: z.coerce.number().int(),
  })
  .transform(({ kiosk_id, last_contact, other_histories, ...row }) => ({
    kioskId: kiosk_id,
    lastContactAt: last_contact,
    otherHistories: other_histories,
    ...row,
  }));
export type KioskOverview = z.infer<typeof overviewRow>;

/** Every kiosk that ever delivered or was registered. `keys`: registered ones, besides the folder's. */
export async function listKiosks(database: IntakeDatabase): Promise<readonly KioskOverview[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT k.kiosk_id, k.through_sequence::text AS through,
         to_char(k.acknowledged_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS last_contact,
         (SELECT count(*) FROM kiosk_key y WHERE y.kiosk_id = k.kiosk_id AND y.revoked_at IS NULL)::text AS keys,
         (SELECT count(*) FROM event e WHERE e.kiosk_id = k.kiosk_id AND e.parked IS NOT NULL)::text AS parked,
         (SELECT count(*) FROM other_history o WHERE o.kiosk_id = k.kiosk_id)::text AS other_histories
       FROM kiosk k ORDER BY k.kiosk_id`,
    ),
  );
  return z.array(overviewRow).parse(rows);
}
