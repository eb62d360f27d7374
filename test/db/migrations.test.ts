import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { readMigrations } from '../../db/migrate.ts';
import { openDatabase } from '../../db/open-database.ts';
import { listDevices } from '../../db/stores/desk-device.ts';
import { countUnprinted } from '../../db/stores/print-job.ts';
import { findStaffByUserName } from '../../db/stores/staff.ts';
import { eventDigestText, genesisHash } from '../../src-main/contract/envelope.ts';
import { newReportId } from '../helpers/fakes.ts';
import { makeFolder, migrationsDir } from '../helpers/test-store.ts';

/** A database as a kiosk of an earlier version left it, with rows of that version. */
function leaveBehind(version: number, rows: string): string {
  const file = join(makeFolder(), 'skranke.db');
  const old = new Sqlite(file);
  for (const migration of readMigrations(migrationsDir).slice(0, version)) old.exec(migration.sql);
  old.pragma('application_id = 0x534b5241');
  old.pragma(`user_version = ${version}`);
  old.exec(rows);
  old.close();
  return file;
}

const reportOfVersion1 = `
  INSERT INTO event VALUES (1, 'report-received', '${'e'.repeat(36)}', '2026-11-20T13:32:00.000Z', '${'0'.repeat(64)}', '{"sealedSummary":"-"}');
  INSERT INTO report VALUES (1, '${'e'.repeat(36)}', '071204837395', '2026-11-20T13:32:00.000Z', 'self', 'new', 1, NULL);
  INSERT INTO print_job VALUES ('071204837395', 1, '80mm', 'discreet', 'unprinted');
`;

it('1 to the newest: a slip that did not come out is still there, and still waits for a desk', () => {
  const file = leaveBehind(1, reportOfVersion1);
  const database = openDatabase({ file, migrationsDir });
  expect(database.read(countUnprinted)).toBe(1);
  const job = database.read((db) => db.get('SELECT reference, paper, variant FROM print_job'));
  expect(job).toEqual({ reference: '071204837395', paper: '80mm', variant: 'discreet' });
  expect(database.read((db) => db.all('PRAGMA foreign_key_check'))).toEqual([]);
  database.close();
  expect(readFileSync(file).readInt32BE(60)).toBe(readMigrations(migrationsDir).length);
});

it('4 to 5: the log is copied, its chain still holds, and a report that was finished before cannot be opened again', () => {
  const staffId = 'a'.repeat(36);
  const eventId = newReportId();
  const received = {
    sequence: 1,
    kind: 'report-received' as const,
    reportId: eventId,
    occurredAt: '2026-11-20T13:32:00.000Z',
    body: '{"sealedSummary":"-"}',
  };
  const hash = createHash('sha256').update(eventDigestText(genesisHash, received)).digest('hex');
  const file = leaveBehind(
    4,
    `INSERT INTO staff VALUES ('${staffId}', 'anna', 'Anna', '["officer"]', '$argon2id$test', '2026-11-20T13:00:00.000Z');
     INSERT INTO event VALUES (1, 'report-received', '${eventId}', '${received.occurredAt}', '${hash}', '${received.body}');
     INSERT INTO report VALUES (1, '${eventId}', '071204837395', '${received.occurredAt}', 'self', 'finished', 3, '${staffId}');
     INSERT INTO print_job VALUES ('071204837395', 1, '80mm', 'full', 'printed', NULL);
     INSERT INTO parked_event VALUES (1, 'unreadable', '2026-11-20T14:00:00.000Z');`,
  );
  const database = openDatabase({ file, migrationsDir });
  expect(database.read((db) => db.get('SELECT hash, body FROM event'))).toEqual({
    hash,
    body: received.body,
  });
  expect(database.read((db) => db.get('SELECT state, finished_at FROM report'))).toEqual({
    state: 'finished',
    finished_at: null,
  });
  expect(database.read((db) => db.all('PRAGMA foreign_key_check'))).toEqual([]);
  // Nothing may point into the void from now on.
  expect(() => database.write((db) => db.run('DELETE FROM event'))).toThrow(/FOREIGN KEY/);
  database.close();
});

it('2 to 3: only what a printer called printed is printed; of the rest nobody knows, and staff see it', () => {
  const states = ['waiting', 'sent', 'printed', 'unprinted'];
  const rows = states.map((state, index) => {
    const sequence = index + 1;
    const reportId = String(sequence).repeat(36);
    const reference = String(sequence).repeat(12);
    return `
      INSERT INTO event VALUES (${sequence}, 'report-received', '${reportId}', '2026-11-20T13:32:00.000Z', '${'0'.repeat(64)}', '{"sealedSummary":"-"}');
      INSERT INTO report VALUES (${sequence}, '${reportId}', '${reference}', '2026-11-20T13:32:00.000Z', 'self', 'new', 1, NULL);
      INSERT INTO print_job VALUES ('${reference}', ${sequence}, 'a4', 'tip', '${state}');`;
  });
  const database = openDatabase({ file: leaveBehind(2, rows.join('')), migrationsDir });
  const jobs = database.read((db) =>
    db.all('SELECT paper, variant, state, problem FROM print_job ORDER BY sequence'),
  );
  expect(jobs).toEqual(
    [
      { state: 'unknown', problem: 'interrupted' },
      { state: 'unknown', problem: 'cannot-tell' },
      { state: 'printed', problem: null },
      { state: 'unknown', problem: 'interrupted' },
    ].map((slip) => ({ paper: 'a4', variant: 'tip', ...slip })),
  );
  expect(database.read(countUnprinted)).toBe(3);
  database.close();
});

it('10 to 11: what was rejected says so from now on; what was opened again and finished does not', () => {
  const staffId = '00000000-0000-4000-8000-0000000000aa';
  const at = '2026-11-20T13:32:00.000Z';
  const report = (sequence: number, finishedAt: string): string => {
    const id = String(sequence).repeat(36);
    const event = (number: number, kind: string): string =>
      `INSERT INTO event VALUES (${number}, '${kind}', '${id}', '${at}', '${'0'.repeat(64)}', '{"sealedSummary":"-"}');`;
    return `${event(sequence, 'report-received')} ${event(sequence + 4, 'entry-added')}
      INSERT INTO report VALUES (${sequence}, '${id}', '${String(sequence).repeat(12)}', '${at}', 'self', 'finished', 4, '${staffId}', '${finishedAt}');
      INSERT INTO entry VALUES (${sequence + 4}, '${String(sequence + 4).repeat(36)}', '${id}', '${sequence === 3 ? 'note' : 'rejection'}', '${staffId}');`;
  };
  const staff = `INSERT INTO staff (staff_id, user_name, display_name, roles, pin_hash, added_at) VALUES ('${staffId}', 'anna', 'Anna', '["officer"]', '$argon2id$test', '${at}');`;
  const rows = [staff, report(1, at), report(2, '2026-11-20T13:40:00.000Z'), report(3, at)].join('');
  const database = openDatabase({ file: leaveBehind(10, rows), migrationsDir });
  expect(database.read((db) => db.all('SELECT is_rejected FROM report ORDER BY sequence'))).toEqual([
    { is_rejected: 1 },
    { is_rejected: 0 },
    { is_rejected: 0 },
  ]);
  database.close();
});

it('9 to 10: staff sign in as before, with every role and PIN they had, and nobody is shut out', () => {
  const staffId = '00000000-0000-4000-8000-0000000000aa';
  const file = leaveBehind(
    9,
    `INSERT INTO staff VALUES ('${staffId}', 'anna', 'Anna', '["officer","supervisor"]', '$argon2id$test', '2026-11-20T13:00:00.000Z');`,
  );
  const database = openDatabase({ file, migrationsDir });
  expect(database.read((db) => findStaffByUserName(db, 'anna'))).toEqual({
    staff: { staffId, userName: 'anna', displayName: 'Anna', roles: ['officer', 'supervisor'] },
    pinHash: '$argon2id$test',
    version: 1,
    isDisabled: false,
    isPinOneTime: false,
  });
  expect(database.read(listDevices)).toEqual([]);
  database.close();
});
