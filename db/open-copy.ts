import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DatabaseRefusal } from './database-refusal.ts';
import { refuseForeignFile } from './migrate.ts';
import { classify } from './sqlite-code.ts';
import { createTransactions, type ReadableDb } from './transaction.ts';

export interface DatabaseCopy {
  /** @throws DatabaseRefusal `broken` when a page cannot be read. */
  read<T>(ask: (db: ReadableDb) => T): T;
  close(): void;
}

/** Any number: a copy may come from a newer kiosk, whose older tables are what they were. */
const anyVersion = Number.MAX_SAFE_INTEGER;

/**
 * Opens what a database file and its log say, on a copy of both that is gone at the close: SQLite would otherwise write
 * beside a file that it only reads, and evidence stays as it was found.
 * @throws DatabaseRefusal
 */
export function openCopy(file: string): DatabaseCopy {
  if (!existsSync(file)) throw new DatabaseRefusal('no-access', file);
  const folder = mkdtempSync(join(tmpdir(), 'skranke-copy-'));
  const copy = join(folder, basename(file));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    refuseForeignFile(file, anyVersion);
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const connection = new Sqlite(copy);
    const transactions = createTransactions(connection);
    return {
      read: (ask) => guard(file, () => transactions.read(ask)),
      close: () => {
        connection.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error instanceof DatabaseRefusal ? error : new DatabaseRefusal('no-access', file, { cause: error });
  }
}

function guard<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (classify(error) === null) throw error;
    throw new DatabaseRefusal('broken', file, { cause: error });
  }
}
