import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { DatabaseRefusal } from './database-refusal.ts';
import { growWal, pagesBeforeCheckpoint } from './grow-wal.ts';
import { migrate, readMigrations, refuseForeignFile } from './migrate.ts';
import { classify } from './sqlite-code.ts';
import { createTransactions, type Transactions } from './transaction.ts';

export interface DatabaseOptions {
  readonly file: string;
  readonly migrationsDir: string;
  /** Pages in the log before SQLite moves them into the file; 0: never by itself. */
  readonly autoCheckpointPages?: number;
}

export interface Database extends Transactions {
  /** Moves what it can of the log into the file, so that no commit has to. */
  tidy(): void;
  /** Moves the whole log into the file and syncs both; false when the disk did not confirm it. Call it once after opening. */
  flush(): boolean;
  /** Copies everything as it stands into a new file, in small steps: others read and write in between. */
  copyTo(file: string): Promise<void>;
  /** What SQLite itself finds wrong in the file, and rows that point nowhere; empty: nothing. */
  findDamage(): readonly string[];
  close(): void;
}

/**
 * Opens and migrates the database.
 * @throws DatabaseRefusal; a newer or foreign file is then as it was.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const migrations = readMigrations(options.migrationsDir);
  const connection = connect(options, migrations.length);
  try {
    setPragmas(connection, options.autoCheckpointPages ?? pagesBeforeCheckpoint);
    migrate(connection, migrations);
  } catch (error) {
    connection.close();
    throw refusalOf(error, options.file);
  }
  return {
    ...createTransactions(connection),
    tidy: () => void connection.pragma('wal_checkpoint(PASSIVE)'),
    flush: () => isFlushed(connection, options.file),
    copyTo: async (file) => {
      await connection.backup(file);
    },
    findDamage: () => findDamage(connection),
    close: () => connection.close(),
  };
}

function connect({ file }: DatabaseOptions, newestVersion: number): Sqlite.Database {
  try {
    refuseForeignFile(file, newestVersion);
    return new Sqlite(file, { timeout: 5000 });
  } catch (error) {
    if (error instanceof DatabaseRefusal) throw error;
    throw new DatabaseRefusal('no-access', file, { cause: error });
  }
}

/**
 * better-sqlite3 is compiled so that a database which is already in WAL mode opens with synchronous=NORMAL, and then no
 * commit is ever synced. So it is set on every connection, and asked for again.
 */
function setPragmas(connection: Sqlite.Database, autoCheckpointPages: number): void {
  // Nobody else opens it: no locks to take and no shared index for every commit. Before WAL, or it comes too late.
  connection.pragma('locking_mode = EXCLUSIVE');
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  connection.pragma('cell_size_check = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('cache_size = -64000');
  connection.pragma(`wal_autocheckpoint = ${autoCheckpointPages}`);
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, secure_delete: 1 };
  for (const [name, value] of Object.entries(expected)) {
    const actual = connection.pragma(name, { simple: true });
    if (actual !== value) throw new Error(`${name} is ${String(actual)}, expected ${value}`);
  }
}

function refusalOf(error: unknown, file: string): unknown {
  const trouble = classify(error);
  if (trouble === null) return error;
  const problems = { full: 'full', 'read-only': 'no-access', broken: 'broken', unknown: 'broken' } as const;
  return new DatabaseRefusal(problems[trouble], file, { cause: error });
}

function isFlushed(connection: Sqlite.Database, file: string): boolean {
  const rows: unknown = connection.pragma('wal_checkpoint(TRUNCATE)');
  const row: unknown = Array.isArray(rows) ? rows[0] : undefined;
  const isMoved = typeof row === 'object' && row !== null && 'busy' in row && row.busy === 0;
  return isMoved && isLogSynced(file);
}

/** Synced empty as well: an older log found again after a power cut would be laid over the newer file. */
function isLogSynced(file: string): boolean {
  try {
    growWal(file);
    return true;
  } catch {
    return false;
  }
}

const mostToldDamage = 10;
const integrityRows = z.array(z.object({ integrity_check: z.string() }));

function findDamage(connection: Sqlite.Database): string[] {
  const rows = integrityRows.parse(connection.pragma(`integrity_check(${mostToldDamage})`));
  const told = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  const broken: unknown = connection.pragma('foreign_key_check');
  return Array.isArray(broken) && broken.length > 0 ? [...told, 'rows point to rows that are missing'] : told;
}
