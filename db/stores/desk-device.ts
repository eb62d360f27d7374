import { z } from 'zod';
import {
  deviceIdSchema,
  devicePublicKeySchema,
  keyBoxSchema,
  type DeviceId,
  type KeyBox,
} from '../../src-main/contract/desk-devices.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

const jsonText = z.string().transform((text): unknown => JSON.parse(text));
const deviceRow = z
  .object({
    device_id: deviceIdSchema,
    name: z.string(),
    sign_key: jsonText.pipe(devicePublicKeySchema),
    box_key: jsonText.pipe(devicePublicKeySchema),
    added_at: z.string(),
    seen_at: z.string(),
    release_secret: z.string().nullable(),
    station_key_id: z.string().nullable(),
    given_box: jsonText.pipe(keyBoxSchema).nullable(),
    revoked_at: z.string().nullable(),
  })
  .transform((row) => ({
    deviceId: row.device_id,
    name: row.name,
    signKey: row.sign_key,
    boxKey: row.box_key,
    addedAt: row.added_at,
    seenAt: row.seen_at,
    releaseSecret: row.release_secret,
    stationKeyId: row.station_key_id,
    givenBox: row.given_box,
    revokedAt: row.revoked_at,
  }));
export type StoredDevice = z.infer<typeof deviceRow>;

export type NewDevice = Pick<
  StoredDevice,
  'deviceId' | 'name' | 'signKey' | 'boxKey' | 'addedAt' | 'stationKeyId'
> & { readonly releaseSecret: string };

/** A desk that was removed and is let in again starts anew under its old id. */
export function saveDevice(db: WritableDb, device: NewDevice): void {
  db.run('DELETE FROM desk_device WHERE device_id = ?', device.deviceId);
  db.run(
    `INSERT INTO desk_device (device_id, name, sign_key, box_key, added_at, seen_at, release_secret, station_key_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    device.deviceId,
    device.name,
    JSON.stringify(device.signKey),
    JSON.stringify(device.boxKey),
    device.addedAt,
    device.addedAt,
    device.releaseSecret,
    device.stationKeyId,
  );
}

export function findDevice(db: ReadableDb, deviceId: DeviceId): StoredDevice | null {
  const row = db.get('SELECT * FROM desk_device WHERE device_id = ?', deviceId);
  return row === undefined ? null : deviceRow.parse(row);
}

/** The one in use under this name. */
export function findDeviceByName(db: ReadableDb, name: string): StoredDevice | null {
  const row = db.get('SELECT * FROM desk_device WHERE name = ? AND revoked_at IS NULL', name);
  return row === undefined ? null : deviceRow.parse(row);
}

/** Those in use, by name. */
export function listDevices(db: ReadableDb): StoredDevice[] {
  return db
    .all('SELECT * FROM desk_device WHERE revoked_at IS NULL ORDER BY name')
    .map((row) => deviceRow.parse(row));
}

export function touchDevice(db: WritableDb, deviceId: DeviceId, seenAt: string): void {
  db.run('UPDATE desk_device SET seen_at = ? WHERE device_id = ?', seenAt, deviceId);
}

export function giveBox(db: WritableDb, deviceId: DeviceId, box: KeyBox): void {
  db.run(
    'UPDATE desk_device SET given_box = ? WHERE device_id = ? AND revoked_at IS NULL',
    JSON.stringify(box),
    deviceId,
  );
}

export function keepStationKey(db: WritableDb, deviceId: DeviceId, keyId: string): void {
  db.run(
    'UPDATE desk_device SET station_key_id = ?, given_box = NULL WHERE device_id = ? AND revoked_at IS NULL',
    keyId,
    deviceId,
  );
}

/** Erased, not marked: secure_delete overwrites what the desk's wrapped key would need. */
export function revokeDevice(db: WritableDb, deviceId: DeviceId, revokedAt: string): void {
  db.run(
    `UPDATE desk_device SET revoked_at = ?, release_secret = NULL, station_key_id = NULL, given_box = NULL
     WHERE device_id = ? AND revoked_at IS NULL`,
    revokedAt,
    deviceId,
  );
}
