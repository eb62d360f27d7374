import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../transaction.ts';

const settingsRow = z
  .object({
    version: z.int(),
    approved_at: z.string(),
    approved_by: z.string(),
    approved_by_name: z.string().nullable(),
    body: z.string().nullable(),
  })
  .transform(({ approved_at, approved_by, approved_by_name, ...row }) => ({
    ...row,
    approvedAt: approved_at,
    /** Staff id. */
    approvedBy: approved_by,
    approvedByName: approved_by_name,
  }));
export type StoredSettings = z.infer<typeof settingsRow>;

/** The last that was said; null before the first. */
export function findSettings(db: ReadableDb): StoredSettings | null {
  const row = db.get(
    `SELECT t.*, s.display_name AS approved_by_name FROM station_settings t
     LEFT JOIN staff s ON s.staff_id = t.approved_by ORDER BY t.version DESC LIMIT 1`,
  );
  return row === undefined ? null : settingsRow.parse(row);
}

const saidRow = z
  .object({ approved_at: z.string(), body: z.string().nullable() })
  .transform(({ approved_at, body }) => ({ approvedAt: approved_at, body }));

/** Everything that was said, oldest first. */
export function listSettings(db: ReadableDb): z.infer<typeof saidRow>[] {
  const rows = db.all('SELECT approved_at, body FROM station_settings ORDER BY version');
  return rows.map((row) => saidRow.parse(row));
}

export function insertSettings(db: WritableDb, said: Omit<StoredSettings, 'approvedByName'>): void {
  db.run(
    'INSERT INTO station_settings (version, approved_at, approved_by, body) VALUES (?, ?, ?, ?)',
    ...[said.version, said.approvedAt, said.approvedBy, said.body],
  );
}
