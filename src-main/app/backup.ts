import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, open, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { lockFolder } from '../../db/instance-lock.ts';
import { openDatabase } from '../../db/open-database.ts';
import { settleCopy } from '../../db/settle-copy.ts';
import { examineDatabase, type DatabaseFacts, type DatabaseFindings } from '../services/database-findings.ts';
import { askRunningKiosk, type AdminRequest } from './admin.ts';
import type { Config } from './config.ts';
import { diskSentence, nameFile, refuseTarget } from './new-file.ts';

export type { DatabaseFacts };

export type BackupAnswer =
  | { readonly kind: 'made'; readonly file: string; readonly bytes: number; readonly facts: DatabaseFacts }
  | { readonly kind: 'refused'; readonly sentence: string };

export const databaseFile = (dataDir: string): string => join(dataDir, 'skranke.db');

/** What SQLite may leave beside a file it had open. */
const besides = ['-wal', '-shm', '-journal'];

export async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', ...besides]) await rm(`${file}${suffix}`, { force: true });
}

/** A database file and its log, as they lie there. */
export async function copyDatabaseFiles(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o600);
  if (existsSync(`${from}-wal`)) await copyFile(`${from}-wal`, `${to}-wal`);
}

/**
 * Opens a copy as a kiosk would, which brings it to the newest version, and looks through all of it.
 * @throws DatabaseRefusal of the file it is a copy of.
 */
export async function examineCopy(
  copy: string,
  original: string,
  migrationsDir: string,
): Promise<DatabaseFindings> {
  try {
    const database = openDatabase({ file: copy, migrationsDir });
    try {
      return await examineDatabase(database);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    if (error.problem === 'broken') return { kind: 'damaged', damage: ['it cannot be opened'] };
    throw new DatabaseRefusal(error.problem, original, { cause: error });
  }
}

/**
 * Opens a second copy as a kiosk would, so that the file itself stays as it is, and looks through all of it.
 * @throws DatabaseRefusal when it is not ours or of a newer version.
 */
export async function examineFile(file: string, migrationsDir: string): Promise<DatabaseFindings> {
  const copy = `${file}.examined-${randomUUID()}`;
  try {
    await copyDatabaseFiles(file, copy);
    return await examineCopy(copy, file, migrationsDir);
  } finally {
    await removeDatabase(copy);
  }
}

/**
 * Takes the database as it is now to `to`: from the running kiosk, or, where none runs, as it lies there.
 * @returns a sentence when it cannot be had. @throws DatabaseRefusal
 */
export async function takeDatabase(
  dataDir: string,
  to: string,
  purpose: Extract<AdminRequest, { ask: 'copy-database' }>['purpose'],
): Promise<string | null> {
  const answer = await askRunningKiosk(dataDir, { ask: 'copy-database', purpose });
  if (answer?.answer === 'database-copy') {
    try {
      await copyDatabaseFiles(answer.file, to);
    } finally {
      await removeDatabase(answer.file);
    }
    return null;
  }
  if (answer !== null)
    return answer.answer === 'refused' ? answer.sentence : 'The kiosk gave another answer.';
  const file = databaseFile(dataDir);
  if (!existsSync(file)) throw new DatabaseRefusal('no-access', file);
  // Nobody starts a kiosk on it while it is being copied.
  const lock = lockFolder(dataDir);
  try {
    await copyDatabaseFiles(file, to);
  } finally {
    lock.release();
  }
  return null;
}

/**
 * Writes everything that this kiosk holds into one new file, looked through before it gets its name. It holds no key.
 * @throws ConfigError, DatabaseRefusal
 */
export async function makeBackup(config: Config, target: string): Promise<BackupAnswer> {
  const file = resolve(target);
  await refuseTarget(file);
  const part = `${file}.part-${randomUUID()}`;
  try {
    await (await open(part, 'wx', 0o600)).close();
    const sentence = await takeDatabase(config.dataDir, part, 'backup');
    if (sentence !== null) return { kind: 'refused', sentence };
    settleCopy(part);
    const findings = await examineFile(part, config.migrationsDir);
    if (findings.kind === 'damaged')
      return {
        kind: 'refused',
        sentence: `the database is damaged (${findings.damage.join('; ')}); no backup was written. Keep the data folder as it is.`,
      };
    const { size } = await stat(part);
    await nameFile(part, file);
    return { kind: 'made', file, bytes: size, facts: findings.facts };
  } catch (error) {
    const sentence = diskSentence(error);
    if (sentence === null) throw error;
    return { kind: 'refused', sentence: `${file}: ${sentence}; no backup was written.` };
  } finally {
    await removeDatabase(part);
  }
}
