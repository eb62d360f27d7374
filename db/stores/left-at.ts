import { z } from 'zod';
import { languageSchema } from '../../src-main/contract/ids.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

const cellRow = z.object({ screen: z.string(), language: languageSchema, count: z.int() });
export type LeftCell = z.infer<typeof cellRow>;
const dayRow = z.object({ day: z.string(), count: z.int() });

/** One more visit that was left on this screen. */
export function countLeft(db: WritableDb, day: string, screen: string, language: string): void {
  db.run(
    `INSERT INTO left_at (day, screen, language, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (day, screen, language) DO UPDATE SET count = count + 1`,
    ...[day, screen, language],
  );
}

/** Forgets what is older than a day. */
export function forgetLeftBefore(db: WritableDb, day: string): void {
  db.run('DELETE FROM left_at WHERE day < ?', day);
}

/** Screens and languages since a day, the most first. */
export function listLeft(db: ReadableDb, fromDay: string): LeftCell[] {
  const sql = `SELECT screen, language, sum(count) AS count FROM left_at WHERE day >= ?
    GROUP BY screen, language ORDER BY 3 DESC, 1, 2`;
  return db.all(sql, fromDay).map((row) => cellRow.parse(row));
}

export function listLeftByDay(db: ReadableDb, fromDay: string): z.infer<typeof dayRow>[] {
  const sql = 'SELECT day, sum(count) AS count FROM left_at WHERE day >= ? GROUP BY day';
  return db.all(sql, fromDay).map((row) => dayRow.parse(row));
}
