import { z } from 'zod';
import { staffSchema, type Staff } from '../../src-main/contract/staff.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

export interface StoredStaff {
  readonly staff: Staff;
  /** Encoded argon2id. */
  readonly pinHash: string;
}

const roles = z.string().transform((text): unknown => JSON.parse(text));
const staffRow = z
  .object({ staff_id: z.string(), user_name: z.string(), display_name: z.string(), roles })
  .transform((row) => ({
    staffId: row.staff_id,
    userName: row.user_name,
    displayName: row.display_name,
    roles: row.roles,
  }))
  .pipe(staffSchema);
const pinRow = z.object({ pin_hash: z.string() });

export function insertStaff(db: WritableDb, { staff, pinHash }: StoredStaff, addedAt: string): void {
  db.run(
    'INSERT INTO staff (staff_id, user_name, display_name, roles, pin_hash, added_at) VALUES (?, ?, ?, ?, ?, ?)',
    staff.staffId,
    staff.userName,
    staff.displayName,
    JSON.stringify(staff.roles),
    pinHash,
    addedAt,
  );
}

export function findStaffByUserName(db: ReadableDb, userName: string): StoredStaff | null {
  const row = db.get('SELECT * FROM staff WHERE user_name = ?', userName);
  return row === undefined ? null : { staff: staffRow.parse(row), pinHash: pinRow.parse(row).pin_hash };
}

export function listStaff(db: ReadableDb): Staff[] {
  return db.all('SELECT * FROM staff ORDER BY user_name').map((row) => staffRow.parse(row));
}
