import { z } from 'zod';
import { staffMemberSchema, type StaffMember } from '../../src-main/contract/desk-staff.ts';
import { staffSchema, type Role, type Staff } from '../../src-main/contract/staff.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

export interface StoredStaff {
  readonly staff: Staff;
  readonly version: number;
  readonly isDisabled: boolean;
  readonly isPinOneTime: boolean;
  /** Encoded argon2id. */
  readonly pinHash: string;
}

const roles = z.string().transform((text): unknown => JSON.parse(text));
const storedRow = z
  .object({
    staff_id: z.string(),
    user_name: z.string(),
    display_name: z.string(),
    roles,
    version: z.int(),
    disabled_at: z.string().nullable(),
    is_pin_one_time: z.int(),
    pin_hash: z.string(),
  })
  .transform((row) => ({
    staff: staffSchema.parse({
      staffId: row.staff_id,
      userName: row.user_name,
      displayName: row.display_name,
      roles: row.roles,
    }),
    version: row.version,
    isDisabled: row.disabled_at !== null,
    isPinOneTime: row.is_pin_one_time === 1,
    pinHash: row.pin_hash,
  }));

export function memberOf({ staff, version, isDisabled, isPinOneTime }: StoredStaff): StaffMember {
  return staffMemberSchema.parse({ ...staff, version, isDisabled, isPinOneTime });
}

export interface NewStaff {
  readonly staff: Staff;
  readonly pinHash: string;
  readonly isPinOneTime?: boolean;
}

export function insertStaff(
  db: WritableDb,
  { staff, pinHash, isPinOneTime = false }: NewStaff,
  addedAt: string,
): void {
  db.run(
    `INSERT INTO staff (staff_id, user_name, display_name, roles, pin_hash, is_pin_one_time, added_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    staff.staffId,
    staff.userName,
    staff.displayName,
    JSON.stringify(staff.roles),
    pinHash,
    Number(isPinOneTime),
    addedAt,
  );
}

export function findStaff(db: ReadableDb, staffId: Staff['staffId']): StoredStaff | null {
  const row = db.get('SELECT * FROM staff WHERE staff_id = ?', staffId);
  return row === undefined ? null : storedRow.parse(row);
}

export function findStaffByUserName(db: ReadableDb, userName: string): StoredStaff | null {
  const row = db.get('SELECT * FROM staff WHERE user_name = ?', userName);
  return row === undefined ? null : storedRow.parse(row);
}

export function listStaff(db: ReadableDb): Staff[] {
  return db.all('SELECT * FROM staff ORDER BY user_name').map((row) => storedRow.parse(row).staff);
}

/** Everybody, also those who may no longer sign in: their names stand in the audit log. */
export function listMembers(db: ReadableDb): StaffMember[] {
  return db
    .all('SELECT * FROM staff ORDER BY disabled_at IS NOT NULL, user_name')
    .map((row) => memberOf(storedRow.parse(row)));
}

export function saveRoles(db: WritableDb, staffId: Staff['staffId'], given: readonly Role[]): void {
  db.run(
    'UPDATE staff SET roles = ?, version = version + 1 WHERE staff_id = ?',
    JSON.stringify(given),
    staffId,
  );
}

/** @param disabledAt null lets somebody in again. */
export function saveDisabled(db: WritableDb, staffId: Staff['staffId'], disabledAt: string | null): void {
  db.run('UPDATE staff SET disabled_at = ?, version = version + 1 WHERE staff_id = ?', disabledAt, staffId);
}

export function savePin(
  db: WritableDb,
  staffId: Staff['staffId'],
  { pinHash, isPinOneTime }: Pick<StoredStaff, 'pinHash' | 'isPinOneTime'>,
): void {
  db.run(
    'UPDATE staff SET pin_hash = ?, is_pin_one_time = ?, version = version + 1 WHERE staff_id = ?',
    pinHash,
    Number(isPinOneTime),
    staffId,
  );
}
