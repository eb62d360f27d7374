import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContent } from '../content/load-content.ts';
import type { OpeningKey } from '../contract/keys.ts';
import type { IntakeDistrict } from '../../src-district/districts.ts';
import { parseDistrictPrivateKey, parseDistrictPublicKey } from '../sealing/key-files.ts';
import { localDate } from '../domain/local-time.ts';
import { makeDistrictKey } from '../sealing/make-keys.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import { readKeyFile } from './key-store.ts';

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

/** Every private key of the district: what was sealed before a newer one came needs the older. */
export async function readDistrictKeys(folder: string): Promise<readonly OpeningKey[]> {
  const earlier = (await readdir(folder)).filter((name) => /^private\..+\.jwk\.json$/.test(name)).toSorted();
  const files = [privateFile(folder), ...earlier.map((name) => join(folder, name))];
  return Promise.all(files.map((file) => readKeyFile(file, parseDistrictPrivateKey)));
}

/** The public keys in a folder: what kiosks that register seal for, and whom a report can be handed to. */
export async function readDistricts(
  folder: string,
  { resourcesDir }: Pick<Config, 'resourcesDir'>,
): Promise<readonly IntakeDistrict[]> {
  const today = localDate(new Date());
  const { library } = await loadContent({ resourcesDir, today, isDemonstration: false });
  const districts: IntakeDistrict[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const districtId = /^([a-z0-9-]{1,40})\.jwk\.json$/.exec(name)?.[1];
    if (districtId === undefined || districtId === 'private') continue;
    const key = await readKeyFile(join(folder, name), parseDistrictPublicKey);
    districts.push({ districtId, district: library.district(districtId)?.number ?? null, keys: [key] });
  }
  return districts;
}

/** Whose private keys these are. @throws ConfigError when its public half is not beside them. */
export function ownDistrict(
  folder: string,
  districts: readonly IntakeDistrict[],
  keys: readonly OpeningKey[],
): IntakeDistrict & { readonly district: string } {
  const own = districts.find((one) => one.keys.some(({ kid }) => keys.some((key) => key.kid === kid)));
  if (own === undefined)
    throw new ConfigError(
      `${folder}: expected the public half of private.jwk.json, named after the district.`,
    );
  const { district } = own;
  if (district === null)
    throw new ConfigError(
      `${folder}: content knows no district "${own.districtId}"; expected one of content.`,
    );
  return { ...own, district };
}
