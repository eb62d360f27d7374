import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { lockFolder } from '../../db/instance-lock.ts';
import { openDatabase } from '../../db/open-database.ts';
import { readMigrations } from '../../db/migrate.ts';
import { findHead } from '../../db/stores/event.ts';
import { countReports, insertReport } from '../../db/stores/report.ts';
import { makeSealedReport } from '../helpers/fakes.ts';
import { makeFolder, migrationsDir, openTestDatabase } from '../helpers/test-store.ts';

const snapshotFile = join(import.meta.dirname, '../../db/tables.snapshot.sql');

function problemOf(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof DatabaseRefusal) return error.problem;
    throw error;
  }
  return 'none';
}

it('the tables are those of the snapshot', async () => {
  const tables = openTestDatabase().read((db) =>
    db.all('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name'),
  );
  const text = tables.map((row) => `${Object(row).sql};\n`).join('\n');
  await expect(text).toMatchFileSnapshot(snapshotFile);
});

it('every table is STRICT and holds no column that could carry what a visitor typed', () => {
  const schema = readMigrations(migrationsDir)
    .map(({ sql }) => sql)
    .join('\n');
  expect(schema.match(/CREATE TABLE/g)?.length).toBe(schema.match(/\) STRICT/g)?.length);
});

it('a reopened database is synced at every commit, with foreign keys and without remains', () => {
  const file = join(makeFolder(), 'skranke.db');
  openDatabase({ file, migrationsDir }).close();
  const database = openDatabase({ file, migrationsDir });
  for (const [name, value] of [
    ['synchronous', 2],
    ['journal_mode', 'wal'],
    ['foreign_keys', 1],
    ['secure_delete', 1],
  ] as const) {
    expect(Object.values(Object(database.read((db) => db.get(`PRAGMA ${name}`))))).toEqual([value]);
  }
  database.close();
});

it('a migration that fails leaves the version and the tables as they were; mended, it goes on', () => {
  const folder = makeFolder();
  const file = join(folder, 'skranke.db');
  const [first] = readMigrations(migrationsDir);
  const next = join(makeFolder(), '0002-next.sql');
  const dir = join(next, '..');
  writeFileSync(join(dir, '0001-initial.sql'), first?.sql ?? '');
  openDatabase({ file, migrationsDir: dir }).close();
  writeFileSync(next, 'CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE half (id INTEGER) STRICT;');
  expect(() => openDatabase({ file, migrationsDir: dir })).toThrow('half');
  const look = new Sqlite(file);
  expect(look.pragma('user_version', { simple: true })).toBe(1);
  expect(look.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  look.close();
  writeFileSync(next, 'CREATE TABLE half (id INTEGER) STRICT;');
  const database = openDatabase({ file, migrationsDir: dir });
  expect(database.read((db) => db.all('SELECT * FROM half'))).toEqual([]);
  database.close();
});

it('a newer database is refused and not touched by a byte', () => {
  const folder = makeFolder();
  const file = join(folder, 'skranke.db');
  openDatabase({ file, migrationsDir }).close();
  const newer = new Sqlite(file);
  newer.pragma('user_version = 99');
  newer.close();
  const before = readFileSync(file);
  expect(problemOf(() => openDatabase({ file, migrationsDir }))).toBe('newer');
  expect(readFileSync(file).equals(before)).toBe(true);
});

it.each([
  [
    'a text file',
    'not a database, only some words that are long enough to fill the header of one. '.repeat(3),
  ],
  ['the database of another program', ''],
])('%s is refused and not touched', (name, words) => {
  const file = join(makeFolder(), 'skranke.db');
  if (words === '') new Sqlite(file).exec('CREATE TABLE other (id); PRAGMA user_version = 1').close();
  else writeFileSync(file, words);
  const before = readFileSync(file);
  expect(
    problemOf(() => openDatabase({ file, migrationsDir })),
    name,
  ).toBe('not-ours');
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('a damaged database is refused', () => {
  const file = join(makeFolder(), 'skranke.db');
  const database = openDatabase({ file, migrationsDir });
  for (let n = 0; n < 20; n += 1) database.write((db) => insertReport(db, makeSealedReport(4000)));
  database.close();
  const bytes = readFileSync(file);
  bytes.fill(0x55, 100, 4096);
  writeFileSync(file, bytes);
  expect(problemOf(() => openDatabase({ file, migrationsDir }).close())).toBe('broken');
});

it('one process owns a folder; the lock goes with it', () => {
  const folder = makeFolder();
  const lock = lockFolder(folder);
  expect(problemOf(() => lockFolder(folder))).toBe('in-use');
  lock.release();
  lockFolder(folder).release();
});

it('a transaction that throws changes nothing, and the next one works', () => {
  const database = openTestDatabase();
  expect(() =>
    database.write((db) => {
      insertReport(db, makeSealedReport());
      throw new Error('in the middle');
    }),
  ).toThrow('in the middle');
  expect(database.read((db) => [countReports(db), findHead(db).sequence])).toEqual([0, 0]);
  database.write((db) => insertReport(db, makeSealedReport()));
  expect(database.read(countReports)).toBe(1);
});

it('zeros behind the log change nothing: what a killed process committed is there', () => {
  const folder = makeFolder();
  const file = join(folder, 'skranke.db');
  const database = openDatabase({ file, migrationsDir });
  expect(database.flush()).toBe(true);
  for (let n = 0; n < 10; n += 1) database.write((db) => insertReport(db, makeSealedReport(4000)));
  // A copy of the files of a running kiosk is what a kill leaves.
  const copy = join(makeFolder(), 'skranke.db');
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  const found = openDatabase({ file: copy, migrationsDir });
  expect(found.read(countReports)).toBe(10);
  expect(found.flush()).toBe(true);
  found.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});
