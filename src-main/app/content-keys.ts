import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import type { ContentPublicKey } from '../contract/keys.ts';
import { parseContentPublicKey } from '../sealing/key-files.ts';
import { enrolledFolder, readKeyFile } from './key-store.ts';

const folderOf = (dataDir: string): string => join(enrolledFolder(dataDir), 'content');

/** Keys whose packages of content count here; a file that is none vouches for nothing. */
export async function readContentKeys(dataDir: string): Promise<readonly ContentPublicKey[]> {
  const names = await readdir(folderOf(dataDir)).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jwk.json')).toSorted();
  const texts = await Promise.all(files.map((name) => readIfThere(join(folderOf(dataDir), name))));
  return texts.flatMap((text) => {
    const reading = text === null ? null : parseContentPublicKey(text);
    return reading?.ok === true ? reading.key : [];
  });
}

/** Each stands in a file named by its thumbprint: a newer one takes nothing from packages that an older one signed. */
export async function keepContentKey(dataDir: string, key: ContentPublicKey): Promise<void> {
  await writePrivate(join(folderOf(dataDir), `${key.kid}.jwk.json`), `${JSON.stringify(key)}\n`);
}

/**
 * Trusts a key from a file that the district made.
 * @throws ConfigError for a file that is no such key.
 */
export async function trustContentKey(dataDir: string, file: string): Promise<ContentPublicKey> {
  const key = await readKeyFile(file, parseContentPublicKey);
  await keepContentKey(dataDir, key);
  return key;
}
