import { parseDistrictPublicKey } from '../sealing/key-files.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { enrolKeys, hasDemonstration, readEnrolledKeys, readKeyFile } from './key-store.ts';
import { basename } from 'node:path';

/**
 * Keeps the districts' public keys and makes this kiosk's signing key; answers its public half.
 * A key file is named after its district, `<district id>.jwk.json`.
 * @throws ConfigError for a configuration without a district, a wrong key file, or a folder that is in use for something else.
 */
export async function enrol(config: Config, keyFiles: readonly string[]): Promise<string> {
  if (config.district === undefined) throw new ConfigError('enrol: expected --config with a "district".');
  if (await hasDemonstration(config.dataDir)) {
    throw new ConfigError(
      `${config.dataDir}: this data folder holds a demonstration; expected an empty one.`,
    );
  }
  if ((await readEnrolledKeys(config.dataDir)) !== null)
    throw new ConfigError(`${config.dataDir}: this kiosk is enrolled already.`);
  const districts = new Map<string, string>();
  for (const file of keyFiles) {
    const key = await readKeyFile(file, parseDistrictPublicKey);
    districts.set(basename(file).split('.')[0] ?? '', `${JSON.stringify(key)}\n`);
  }
  if (!districts.has(config.district.id))
    throw new ConfigError(
      `enrol: expected --district-key ${config.district.id}.jwk.json, the key of the kiosk's own district.`,
    );
  return enrolKeys(config.dataDir, districts);
}
