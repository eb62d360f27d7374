import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DatabaseRefusal } from './database-refusal.ts';
import { sqliteCode } from './sqlite-code.ts';

export interface InstanceLock {
  release(): void;
}

/**
 * Makes this process the one owner of a data folder until it ends, however it ends: the lock is the operating system's,
 * held through an empty SQLite file, because Node has no flock and a file with a process id outlives a power cut.
 * @throws DatabaseRefusal `in-use` or `no-access`.
 */
export function lockFolder(dataDir: string): InstanceLock {
  const file = join(dataDir, 'owner.lock');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const holder = new Sqlite(file, { timeout: 0 });
    try {
      // Without a journal file nothing is written: the lock is to be had on a full disk too.
      holder.pragma('journal_mode = MEMORY');
      holder.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      holder.close();
      throw error;
    }
    return { release: () => holder.close() };
  } catch (error) {
    const problem = sqliteCode(error)?.startsWith('SQLITE_BUSY') === true ? 'in-use' : 'no-access';
    throw new DatabaseRefusal(problem, file, { cause: error });
  }
}
