import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpeningKey } from '../contract/keys.ts';
import type { PublicKey } from '../contract/keys.ts';
import { parseDistrictPrivateKey, parseDistrictPublicKey } from '../sealing/key-files.ts';
import { makeDistrictKey } from '../sealing/make-keys.ts';
import { ConfigError } from './config-error.ts';
import { readIfThere, readKeyFile, writePrivate } from './key-store.ts';

const privateFile = (folder: string): string => join(folder, 'private.jwk.json');

/** Makes a district's key pair; answers the file that goes to the kiosks. Never overwrites: old reports need the old key. */
export async function makeDistrictKeyFiles(folder: string, districtId: string): Promise<string> {
  if (!/^[a-z0-9-]{1,40}$/.test(districtId))
    throw new ConfigError(`--district ${districtId}: expected small letters, digits and hyphens.`);
  if ((await readIfThere(privateFile(folder))) !== null)
    throw new ConfigError(`${privateFile(folder)}: there is a key already; it is not overwritten.`);
  const key = await makeDistrictKey();
  const publicFile = join(folder, `${districtId}.jwk.json`);
  await writePrivate(publicFile, key.publicText);
  await writePrivate(privateFile(folder), key.privateText);
  return publicFile;
}

export function readDistrictKey(folder: string): Promise<OpeningKey> {
  return readKeyFile(privateFile(folder), parseDistrictPrivateKey);
}

/** The public keys in a folder, by the id of their district: what kiosks that register seal for. */
export async function readDistrictPublicKeys(folder: string): Promise<ReadonlyMap<string, PublicKey>> {
  const keys = new Map<string, PublicKey>();
  for (const name of (await readdir(folder)).toSorted()) {
    const districtId = /^([a-z0-9-]{1,40})\.jwk\.json$/.exec(name)?.[1];
    if (districtId === undefined || districtId === 'private') continue;
    keys.set(districtId, await readKeyFile(join(folder, name), parseDistrictPublicKey));
  }
  return keys;
}
