import { existsSync } from 'node:fs';
import { link, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncPath } from '../../db/put-in-place.ts';
import { ConfigError } from './config-error.ts';

const diskSentences: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing can be written there',
  EIO: 'the disk has a fault',
};

/** What a disk said, where it was one that said it. */
export function diskSentence(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return diskSentences[code] ?? null;
}

/** @throws ConfigError where something is in the way. */
export async function refuseTarget(file: string): Promise<void> {
  if (existsSync(file)) throw new ConfigError(`${file}: this file is there already; it is not overwritten.`);
  const folder = await stat(dirname(file)).catch(() => null);
  if (folder?.isDirectory() !== true)
    throw new ConfigError(`${dirname(file)}: expected a folder that the file can be written to.`);
}

/** Gives a finished, synced file its name, unless somebody took the name meanwhile. */
export async function nameFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await rm(from);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') await refuseTarget(to);
    // A memory stick's file system has no links.
    else if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP') await rename(from, to);
    else throw error;
  }
  syncPath(dirname(to));
}
