import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Where files of content stand: a folder on the disk, or a package in memory. */
export interface ContentSource {
  /** Null when there is no such file; throws when it cannot be read. */
  read(file: string): Promise<string | null>;
  /** Names of files right under a folder, with any ending; null when there is no such folder. */
  list(folder: string): Promise<readonly string[] | null>;
  /** Every file, with its folders before it; null when nothing can be looked into. */
  all(): Promise<readonly string[] | null>;
}

export function folderSource(folder: string): ContentSource {
  return {
    async read(file) {
      try {
        return await readFile(path.join(folder, file), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    list: (under) => readdir(path.join(folder, under)).catch(() => null),
    async all() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
      return (
        entries
          ?.filter((entry) => !entry.isDirectory())
          .map((entry) =>
            path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
          ) ?? null
      );
    },
  };
}

/** Files that are in memory whole; nothing of them is ever a path on the disk. `under` ends with a slash, or is empty. */
export function memorySource(files: ReadonlyMap<string, string>, under = ''): ContentSource {
  const names = [...files.keys()].flatMap((name) =>
    name.startsWith(under) ? [name.slice(under.length)] : [],
  );
  return {
    read: (file) => Promise.resolve(files.get(`${under}${file}`) ?? null),
    list: (folder) => {
      const found = names.filter((name) => path.posix.dirname(name) === folder);
      return Promise.resolve(found.length === 0 ? null : found.map((name) => path.posix.basename(name)));
    },
    all: () => Promise.resolve(names),
  };
}
