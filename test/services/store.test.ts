import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { listAudit } from '../../db/stores/audit.ts';
import { countReports } from '../../db/stores/report.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { openStore, StoreUnusable } from '../../src-main/services/store.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createFakeClock, createFakeLog, makeSealedReport } from '../helpers/fakes.ts';
import { makeFolder, migrationsDir, openTestStore, testKiosk } from '../helpers/test-store.ts';

it('a second start on the same folder is refused; after the first has ended it is not', () => {
  const dataDir = makeFolder();
  const options = { dataDir, migrationsDir, clock: createFakeClock(), log: createFakeLog() };
  const first = openStore(options);
  try {
    openStore(options);
    expect.fail('opened twice');
  } catch (error) {
    expect(error instanceof DatabaseRefusal && error.problem).toBe('in-use');
  }
  first.close();
  openStore(options).close();
});

it('a disk without room says "full", nothing half is kept, and it heals by itself when there is room', () => {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const healths: string[] = [];
  store.onHealth((health) => healths.push(health));
  const pages = store.read((db) => Number(Object.values(Object(db.get('PRAGMA page_count')))[0]));
  store.read((db) => db.get(`PRAGMA max_page_count = ${pages}`));
  const outcome = storeReport(store, makeSealedReport(100_000), '80mm');
  expect(outcome).toEqual({ kind: 'not-written', reason: 'full' });
  expect([store.health(), store.read(countReports)]).toEqual(['full', 0]);
  store.read((db) => db.get('PRAGMA max_page_count = 100000'));
  clock.advance(10_000);
  expect(store.health()).toBe('healthy');
  expect(storeReport(store, makeSealedReport(100_000), '80mm')).toEqual({ kind: 'written', value: 'stored' });
  expect(healths).toEqual(['full', 'healthy']);
});

it('a file found damaged while the kiosk runs: broken, and no answer is made up', () => {
  const store = openTestStore();
  expect(() =>
    store.read(() => {
      throw new Sqlite.SqliteError('as SQLite says it', 'SQLITE_CORRUPT');
    }),
  ).toThrow(StoreUnusable);
  expect(store.health()).toBe('broken');
});

it('a folder belongs to its kiosk once it holds an event', () => {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const other = { kioskId: kioskIdSchema.parse('07-121'), mode: 'enrolled' } as const;
  expect(claimFolder(store, clock, other)).toEqual({ kind: 'ours' });
  expect(claimFolder(store, clock, { kioskId: testKiosk, mode: 'unenrolled' })).toEqual({ kind: 'ours' });
  storeReport(store, makeSealedReport(), '80mm');
  expect(claimFolder(store, clock, { kioskId: testKiosk, mode: 'enrolled' })).toEqual({ kind: 'ours' });
  expect(claimFolder(store, clock, other)).toEqual({ kind: 'other', kioskId: testKiosk, mode: 'enrolled' });
  const before = store.read((db) => listAudit(db, 1));
  const demonstration = { kioskId: testKiosk, mode: 'demonstration' } as const;
  expect(claimFolder(store, clock, demonstration)).toMatchObject({ kind: 'other' });
  expect(store.read((db) => listAudit(db, 1))).toEqual(before);
});

it('the data folder holds the database, its log and the lock, for this user only', () => {
  const dataDir = join(makeFolder(), 'made', 'by-us');
  const store = openTestStore(createFakeClock(), dataDir);
  storeReport(store, makeSealedReport(), '80mm');
  expect(store.health()).toBe('healthy');
});

it('after a hundred writes the log moves into the file, and not while a visitor waits', () => {
  const dataDir = makeFolder();
  const clock = createFakeClock();
  const store = openStore({ dataDir, migrationsDir, clock, timers: clock, log: createFakeLog() });
  const size = (): number => statSync(join(dataDir, 'skranke.db')).size;
  const before = size();
  for (let n = 0; n < 100; n += 1) storeReport(store, makeSealedReport(4000), '80mm');
  expect(size()).toBe(before);
  clock.advance(500);
  expect(size()).toBeGreaterThan(before + 100 * 4000);
  expect(store.read(countReports)).toBe(100);
  store.close();
});
