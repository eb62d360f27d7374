import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const databaseName = 'skranke.db';
/** A database that was put back and found good, on its way to its place. While it is there, the older one is over. */
const restoredName = 'skranke.db.restored';

export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a checked, synced database file that stands in the data folder in the place of the one that is there. From the
 * first rename on it is decided: `finishRestore` goes on after a power cut. The lock of the folder is held.
 */
export function putInPlace(dataDir: string, checkedFile: string): void {
  renameSync(checkedFile, join(dataDir, restoredName));
  syncPath(dataDir);
  finishRestore(dataDir);
}

const unfinished = /^(restoring|current)-[0-9a-f-]{36}\.db/;

/**
 * Ends what a power cut interrupted: takes away what was not decided, and goes on with what was. The older log goes
 * first: SQLite would lay it over the newer file.
 */
export function finishRestore(dataDir: string): void {
  for (const name of readdirSync(dataDir)) if (unfinished.test(name)) rmSync(join(dataDir, name));
  const restored = join(dataDir, restoredName);
  if (!existsSync(restored)) return;
  for (const suffix of ['-wal', '-shm', '-journal'])
    rmSync(join(dataDir, `${databaseName}${suffix}`), { force: true });
  syncPath(dataDir);
  renameSync(restored, join(dataDir, databaseName));
  syncPath(dataDir);
}
