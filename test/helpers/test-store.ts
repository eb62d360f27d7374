import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase, type Database } from '../../db/open-database.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { claimFolder } from '../../src-main/services/claim-folder.ts';
import { openStore, type Store } from '../../src-main/services/store.ts';
import { createFakeClock, createFakeLog, type FakeClock } from './fakes.ts';

export const migrationsDir = join(import.meta.dirname, '../../db/migrations');
export const testKiosk = kioskIdSchema.parse('07-120');

/** An empty folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database without the store around it. */
export function openTestDatabase(folder = makeFolder()): Database {
  const database = openDatabase({ file: join(folder, 'skranke.db'), migrationsDir });
  onTestFinished(() => database.close());
  return database;
}

/** A claimed store in a folder of its own, or in the one given. */
export function openTestStore(clock: FakeClock = createFakeClock(), dataDir = makeFolder()): Store {
  const store = openStore({ dataDir, migrationsDir, clock, log: createFakeLog() });
  onTestFinished(() => store.close());
  claimFolder(store, clock, { kioskId: testKiosk, mode: 'enrolled' });
  return store;
}
