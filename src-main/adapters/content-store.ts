import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { contentVersionSchema, mostPackageBytes, packageRefusalSchema } from '../contract/content-package.ts';
import { instantSchema, localTimeSchema } from '../contract/ids.ts';
import { emptyShelf, versionsOn, type ContentShelf } from '../domain/content-shelf.ts';
import type { ContentStore } from '../domain/ports.ts';
import { readIfThere, writePrivate } from './private-files.ts';

const shelvedSchema = z.strictObject({
  version: contentVersionSchema,
  activateAt: localTimeSchema.nullable(),
});

const shelfSchema = z.strictObject({
  live: shelvedSchema
    .extend({ since: instantSchema, isProven: z.boolean(), tries: z.int().min(0) })
    .nullable(),
  previous: shelvedSchema.nullable(),
  staged: z.array(shelvedSchema),
  refused: z.array(packageRefusalSchema),
  goesBack: z.boolean(),
  looking: z.strictObject({ version: contentVersionSchema, tries: z.int().min(0) }).nullable(),
});

/**
 * The folder `content` of the data folder: `shelf.json` and one file for each package that it names. A package is whole on
 * the disk before the shelf names it, and the shelf is written whole or not at all; so a kill leaves the one or the other.
 */
export function createContentStore(dataDir: string): ContentStore {
  const folder = join(dataDir, 'content');
  const shelfFile = join(folder, 'shelf.json');
  const packageFile = (version: number): string => join(folder, `${String(version)}.package`);
  return {
    async readShelf() {
      const text = await readIfThere(shelfFile);
      if (text === null) return { shelf: emptyShelf, isLost: false };
      const shelf = readShelf(text);
      if (shelf !== null) return { shelf, isLost: false };
      return { shelf: emptyShelf, isLost: true };
    },
    // Nothing is overwritten that somebody may want to look at.
    putAside: () => rename(shelfFile, `${shelfFile}.unreadable`),
    writeShelf: (shelf) => writePrivate(shelfFile, `${JSON.stringify(shelf)}\n`),
    async readPackage(version) {
      return readFile(packageFile(version)).catch(() => null);
    },
    writePackage: (version, bytes) => writePrivate(packageFile(version), bytes),
    async sweep(shelf) {
      const needed = new Set(['shelf.json', ...versionsOn(shelf).map((one) => `${String(one)}.package`)]);
      const names = await readdir(folder).catch(() => []);
      for (const name of names)
        if (/\.(package|new)$/.test(name) && !needed.has(name)) await rm(join(folder, name), { force: true });
    },
  };
}

function readShelf(text: string): ContentShelf | null {
  try {
    return shelfSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Reads one byte more than a package may have, and no further. */
export async function readPackageFile(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(mostPackageBytes + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}
