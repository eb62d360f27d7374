import Sqlite from 'better-sqlite3';

/** What a failed statement means for whoever asked. `unknown`: the commit may or may not be on the disk. */
export type DatabaseTrouble = 'full' | 'read-only' | 'broken' | 'unknown';

/** SQLite's extended result code, or null for an error of another kind. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Sqlite.SqliteError ? error.code : null;
}

/** Null for errors that are bugs of ours and must be thrown on. */
export function classify(error: unknown): DatabaseTrouble | null {
  const code = sqliteCode(error);
  if (code === null) return null;
  // The shared index of the log could not be made long enough: that, too, is a full disk, before anything was written.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'full';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  // A failed fsync may have lost the pages it failed on: this connection is not asked again.
  if (code.startsWith('SQLITE_IOERR')) return 'unknown';
  const isBroken = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN', 'SQLITE_BUSY', 'SQLITE_PROTOCOL'];
  return isBroken.some((start) => code.startsWith(start)) ? 'broken' : null;
}

/** Whether an insert met a row with the same unique value; `column` as `table.column`. */
export function isDuplicate(error: unknown, column: string): boolean {
  const code = sqliteCode(error);
  return (
    error instanceof Error &&
    (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') &&
    error.message.endsWith(column)
  );
}
