import { ConfigError } from '../app/config-error.ts';
import { readConfig } from '../app/config.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openDatabase } from '../../src-district/open-database.ts';
import { UsageError } from './usage.ts';

const sentences = {
  'bad-url': 'expected postgres://…, pglite:FOLDER or pglite:memory',
  'newer-database': 'it was written by a newer version',
  unreachable: 'it does not answer',
} as const;

/** @throws ConfigError with one sentence that never holds the address. */
export async function openOrRefuse(url: string, migrationsFolder: string): Promise<IntakeDatabase> {
  const opened = await openDatabase(url, { migrationsFolder });
  if (opened.ok) return opened.database;
  if (opened.problem === 'in-use')
    throw new ConfigError('--database: another process holds it; ask that one, or stop it first.');
  // Never the address: it may hold a password.
  throw new ConfigError(`--database: ${sentences[opened.problem]} (${opened.detail}).`);
}

/** What is done to the database of an intake, which may be running over it (not over a PGlite folder). */
export async function administer(
  database: string | undefined,
  act: (opened: IntakeDatabase) => Promise<number>,
): Promise<number> {
  if (database === undefined) throw new UsageError('district: expected --database URL.');
  const { districtMigrationsDir } = await readConfig({ configFile: null, dataDir: null });
  const opened = await openOrRefuse(database, districtMigrationsDir);
  try {
    return await act(opened);
  } finally {
    await opened.close();
  }
}
