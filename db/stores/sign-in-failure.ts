import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../transaction.ts';

/** Names somebody makes up at a desk must not fill the disk. */
const mostSubjects = 1000;

const failureRow = z.object({ subject: z.string(), failures: z.int() });

export function listFailures(db: ReadableDb): { readonly subject: string; readonly count: number }[] {
  return db
    .all('SELECT subject, failures FROM sign_in_failure')
    .map((row) => failureRow.parse(row))
    .map(({ subject, failures }) => ({ subject, count: failures }));
}

/** The oldest give way. */
export function saveFailures(db: WritableDb, subject: string, count: number, failedAt: string): void {
  db.run(
    `INSERT INTO sign_in_failure (subject, failures, failed_at) VALUES (?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, failed_at = excluded.failed_at`,
    subject,
    count,
    failedAt,
  );
  db.run(
    `DELETE FROM sign_in_failure WHERE subject IN
       (SELECT subject FROM sign_in_failure ORDER BY failed_at DESC LIMIT -1 OFFSET ?)`,
    mostSubjects,
  );
}

export function clearFailures(db: WritableDb, subject: string): void {
  db.run('DELETE FROM sign_in_failure WHERE subject = ?', subject);
}
