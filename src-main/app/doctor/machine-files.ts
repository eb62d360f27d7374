import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of the system as a check reads them. */
export interface MachineFiles {
  /** Null: there is no such file. @throws NotAllowed when this user may not read it. */
  text(path: string): Promise<string | null>;
  isThere(path: string): Promise<boolean>;
  /** Turned off for good by systemd: the name leads to /dev/null. */
  isMasked(unit: string): Promise<boolean>;
  /** Text of each file in a folder whose name ends so, in the order of names; none where there is no folder. */
  texts(folder: string, ending: string): Promise<readonly string[]>;
  /** Names in a folder; none where there is no folder. */
  names(folder: string): Promise<readonly string[]>;
  /** Owner and rights; null: not there. */
  owner(
    path: string,
  ): Promise<{ readonly uid: number; readonly mode: number; readonly device: number } | null>;
}

/** Only root may look there. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function orNull<T>(path: string, read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EINVAL')) return null;
    if (hasCode(error, 'EACCES', 'EPERM')) throw new NotAllowed(path, { cause: error });
    throw error;
  }
}

/** @param root "/" but in tests. */
export function readMachineFiles(root: string): MachineFiles {
  const at = (path: string): string => join(root, path);
  const text = (path: string): Promise<string | null> => orNull(path, readFile(at(path), 'utf8'));
  const names = async (folder: string): Promise<readonly string[]> =>
    (await orNull(folder, readdir(at(folder))))?.toSorted() ?? [];
  return {
    text,
    names,
    isThere: async (path) => (await orNull(path, stat(at(path)))) !== null,
    isMasked: async (unit) =>
      (await orNull(unit, readlink(at(`/etc/systemd/system/${unit}`)))) === '/dev/null',
    texts: async (folder, ending) => {
      const found = (await names(folder)).filter((name) => name.endsWith(ending));
      const read = await Promise.all(found.map((name) => text(`${folder}/${name}`)));
      return read.filter((one) => one !== null);
    },
    owner: async (path) => {
      const found = await orNull(path, stat(at(path)));
      return found === null ? null : { uid: found.uid, mode: found.mode, device: found.dev };
    },
  };
}
