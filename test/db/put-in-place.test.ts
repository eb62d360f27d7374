import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { putInPlace } from '../../db/put-in-place.ts';
import { settleCopy } from '../../db/settle-copy.ts';
import { openDatabase } from '../../db/open-database.ts';
import { countReports } from '../../db/stores/report.ts';
import { examineDatabase } from '../../src-main/services/database-findings.ts';
import { storeReport } from '../../src-main/services/reports.ts';
import { createFakeClock, makeSealedReport } from '../helpers/fakes.ts';
import { makeFolder, migrationsDir, openTestDatabase, openTestStore } from '../helpers/test-store.ts';

/** A folder as a killed kiosk leaves it: five reports, all of them in the log; and beside it a backup with two. */
async function makeScene(): Promise<{ folder: string; backup: string }> {
  const living = makeFolder();
  const store = openTestStore(createFakeClock(), living);
  const folder = makeFolder();
  const backup = join(folder, 'candidate.db');
  for (let n = 1; n <= 5; n += 1) {
    storeReport(store, makeSealedReport(2000), '80mm');
    if (n === 2) expect(await store.copyTo(backup)).toBe(true);
  }
  for (const name of ['skranke.db', 'skranke.db-wal']) copyFileSync(join(living, name), join(folder, name));
  settleCopy(backup);
  return { folder, backup };
}

async function expectRestored(folder: string): Promise<void> {
  const store = openTestStore(createFakeClock(), folder);
  expect(store.read(countReports)).toBe(2);
  expect(existsSync(join(folder, 'skranke.db.restored'))).toBe(false);
  store.close();
  const findings = await examineDatabase(openTestDatabase(folder));
  expect(findings).toMatchObject({ kind: 'readable', facts: { reports: 2, changed: [] } });
}

it('a copy taken while the kiosk writes is whole, one file, and opens as a database of its own', async () => {
  const { folder, backup } = await makeScene();
  expect(existsSync(`${backup}-wal`)).toBe(false);
  const database = openDatabase({ file: backup, migrationsDir });
  expect(await examineDatabase(database)).toMatchObject({ kind: 'readable', facts: { reports: 2 } });
  database.close();
  expect(statSync(join(folder, 'skranke.db-wal')).size).toBeGreaterThan(0);
});

it('a restore takes the place of the older database, whose log is not laid over it', async () => {
  const { folder, backup } = await makeScene();
  putInPlace(folder, backup);
  await expectRestored(folder);
});

it.each([
  ['was decided and nothing else was done', () => undefined],
  ['had taken the older log away', (folder: string) => rmSync(join(folder, 'skranke.db-wal'))],
])('a restore that the power ended when it %s is ended by the next start', async (_story, goOn) => {
  const { folder, backup } = await makeScene();
  renameSync(backup, join(folder, 'skranke.db.restored'));
  goOn(folder);
  await expectRestored(folder);
});

it('a restore that the power ended before it was decided changed nothing, and leaves no copy behind', async () => {
  const { folder, backup } = await makeScene();
  for (const name of ['restoring', 'current'])
    copyFileSync(backup, join(folder, `${name}-${randomUUID()}.db`));
  expect(openTestStore(createFakeClock(), folder).read(countReports)).toBe(5);
  expect(readdirSync(folder).filter((name) => /restoring|current/.test(name))).toEqual([]);
});

it('a copy that takes many steps is whole, though reports are written between them', async () => {
  const store = openTestStore();
  for (let n = 0; n < 300; n += 1) storeReport(store, makeSealedReport(8000), '80mm');
  const file = join(makeFolder(), 'copy.db');
  let isDone = false;
  const copying = store.copyTo(file).finally(() => (isDone = true));
  let between = 0;
  for (; !isDone; between += 1) {
    storeReport(store, makeSealedReport(8000), '80mm');
    await setImmediate();
  }
  expect(await copying).toBe(true);
  expect(between).toBeGreaterThan(2);
  settleCopy(file);
  const database = openDatabase({ file, migrationsDir });
  const findings = await examineDatabase(database);
  database.close();
  if (findings.kind !== 'readable') throw new Error(findings.damage.join());
  expect(findings.facts.changed).toEqual([]);
  expect(findings.facts.reports).toBeGreaterThanOrEqual(300);
});
