import Database from 'better-sqlite3';

/**
 * One process per PGlite folder: it has no lock of its own, and two at once destroy it. An exclusive SQLite transaction
 * is a lock of the kernel's, gone with the process however it ends. Null when another process holds it.
 */
export function lockFolder(file: string): { release(): void } | null {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => void lock.close() };
}
