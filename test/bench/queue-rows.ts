import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../db/open-database.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { makeStaff } from '../helpers/fakes.ts';

const migrationsDir = join(import.meta.dirname, '../../db/migrations');

export interface RowShape {
  readonly reports: number;
  /** One in so many waits for somebody. */
  readonly newEach: number;
  /** However long the log: only so many are being worked on, and so many slips have not come out. */
  readonly claimed: number;
  readonly unprinted: number;
}

/** As in the first measurements: one report in twenty waits, spread over the whole time. */
export const queueShape = { newEach: 20, claimed: 40, unprinted: 40 } as const;

export const queueWorker: Staff = makeStaff('Bench');

/*
 * Clear columns alone; a body only has what a line of the queue reads of it. Numbers of a thousand kiosks, ids in order of
 * time, as the kiosk makes them.
 */
const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :reports)';
const reportId = "printf('%08x-0000-7000-8000-%012x', i / 60, i)";
const reference = "printf('07%03d%06d%d', i % 1000, (i / 1000) * 617 % 1000000, i % 10)";
const instant = "strftime('%Y-%m-%dT%H:%M:%S.000Z', 1700000000 + i * 30, 'unixepoch')";
const isNew = 'i % :newEach = 0';
/** Spread over the newest tenth. */
const isClaimed = 'i % :newEach = 1 AND (:reports - i) / :newEach < :claimed';

const inserts = [
  `${numbers} INSERT INTO event (sequence, kind, report_id, occurred_at, hash, body)
   SELECT i, 'report-received', ${reportId}, ${instant}, printf('%064x', i), '{"sealedSummary":"sealed"}' FROM n`,
  `${numbers} INSERT INTO report (sequence, report_id, reference, received_at, lane, state, version, claimed_by)
   SELECT i, ${reportId}, ${reference}, ${instant}, 'self',
     CASE WHEN ${isNew} THEN 'new' WHEN ${isClaimed} THEN 'claimed' ELSE 'finished' END,
     1, CASE WHEN ${isNew} THEN NULL ELSE :staffId END FROM n`,
  `${numbers} INSERT INTO print_job (reference, sequence, paper, variant, state, problem)
   SELECT ${reference}, i, '80mm', 'full',
     CASE WHEN i % 25 = 3 AND (:reports - i) / 25 < :unprinted THEN 'failed' ELSE 'printed' END, NULL FROM n`,
];

/** A database of so many reports, written past everything that makes a commit slow: nothing of it is measured. */
export function makeRows(folder: string, reports: number): void {
  const file = join(folder, 'skranke.db');
  const database = openDatabase({ file, migrationsDir });
  database.write((db) =>
    insertStaff(db, { staff: queueWorker, pinHash: '$argon2id$bench' }, '2026-11-21T12:00:00.000Z'),
  );
  database.close();
  const raw = new Sqlite(file);
  raw.pragma('journal_mode = OFF');
  raw.pragma('synchronous = OFF');
  raw.pragma('foreign_keys = OFF');
  const values = { ...queueShape, reports, staffId: queueWorker.staffId };
  for (const sql of inserts) {
    const named = Object.entries(values).filter(([name]) => sql.includes(`:${name}`));
    raw.prepare(sql).run(Object.fromEntries(named));
  }
  raw.exec("UPDATE report_tally SET touched = (SELECT count(*) FROM report WHERE state <> 'new')");
  raw.exec('ANALYZE');
  raw.close();
}
