import { z } from 'zod';
import { publicKeySchema, type PublicKey } from '../../src-main/contract/keys.ts';
import { kioskIdSchema, type KioskId } from '../../src-main/contract/ids.ts';
import { modeSchema, type Mode } from '../../src-main/contract/status.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

export interface FolderOwner {
  readonly kioskId: KioskId;
  readonly mode: Mode;
}

const ownerRow = z.object({ kiosk_id: kioskIdSchema, mode: modeSchema });
const keyRow = z.object({ station_key: z.string().nullable() });

/** Which kiosk this folder belongs to; null before the first start. */
export function findOwner(db: ReadableDb): FolderOwner | null {
  const row = db.get('SELECT kiosk_id, mode FROM kiosk WHERE only = 1');
  if (row === undefined) return null;
  const { kiosk_id, mode } = ownerRow.parse(row);
  return { kioskId: kiosk_id, mode };
}

export function saveOwner(db: WritableDb, owner: FolderOwner, claimedAt: string): void {
  db.run(
    `INSERT INTO kiosk (only, kiosk_id, mode, claimed_at) VALUES (1, ?, ?, ?)
     ON CONFLICT (only) DO UPDATE SET kiosk_id = excluded.kiosk_id, mode = excluded.mode, claimed_at = excluded.claimed_at`,
    owner.kioskId,
    owner.mode,
    claimedAt,
  );
}

/** The station key of the paired desks; null while none is paired. */
export function findStationKey(db: ReadableDb): PublicKey | null {
  const row = db.get('SELECT station_key FROM kiosk WHERE only = 1');
  const text = row === undefined ? null : keyRow.parse(row).station_key;
  return text === null ? null : publicKeySchema.parse(JSON.parse(text));
}

/** @returns whether it was kept: false when the folder has a key or no owner yet. */
export function saveStationKey(db: WritableDb, key: PublicKey): boolean {
  return (
    db.run('UPDATE kiosk SET station_key = ? WHERE only = 1 AND station_key IS NULL', JSON.stringify(key)) ===
    1
  );
}

/** Reports sealed for it stay as they are; from now on the kiosk seals for the district alone. */
export function removeStationKey(db: WritableDb): void {
  db.run('UPDATE kiosk SET station_key = NULL WHERE only = 1');
}

/** The smallest write there is: whether the disk takes one. */
export function touchOwner(db: WritableDb): void {
  db.run('UPDATE kiosk SET claimed_at = claimed_at WHERE only = 1');
}
