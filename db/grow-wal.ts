import { closeSync, fsyncSync, fstatSync, openSync, writeSync } from 'node:fs';

/** Two thousand pages and their frame heads, plus the commits that run over the mark before the checkpoint. */
export const pagesBeforeCheckpoint = 2000;
const grownBytes = (pagesBeforeCheckpoint + 100) * (4096 + 24) + 32;

/**
 * Lengthens the write-ahead log with zeros, once, so that a commit overwrites blocks instead of growing a file: growing
 * costs the file system a journal entry on every fsync. SQLite ends its reading at the first frame whose salt does not
 * fit, so zeros behind the last frame are nothing to it.
 * @throws when the log cannot be synced; a disk too full to lengthen it is no error.
 */
export function growWal(databaseFile: string): void {
  const descriptor = openSync(`${databaseFile}-wal`, 'r+');
  try {
    writeZeros(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeZeros(descriptor: number): void {
  const chunk = Buffer.alloc(1 << 20);
  try {
    for (let at = fstatSync(descriptor).size; at < grownBytes;) {
      at += writeSync(descriptor, chunk, 0, Math.min(chunk.length, grownBytes - at), at);
    }
  } catch (error) {
    const isFull =
      error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code));
    if (!isFull) throw error;
  }
}
