import { readFile } from 'node:fs/promises';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import type { DemonstrationDistrict } from './demonstration.ts';
import type { DistrictAddress } from './station-services.ts';

/**
 * Where reports are delivered: the configured district, or the one embedded in a demonstration.
 * @throws ConfigError when the district's certificate file cannot be read.
 */
export async function districtAddress(
  config: Config,
  embedded: DemonstrationDistrict | null,
): Promise<DistrictAddress | null> {
  if (config.district === undefined) return embedded?.address ?? null;
  const { caFile, url } = config.district;
  if (caFile === undefined) return { url: new URL(url), certificateAuthority: null };
  try {
    return { url: new URL(url), certificateAuthority: await readFile(caFile, 'utf8') };
  } catch {
    throw new ConfigError(
      `${config.configFile ?? 'the configuration'}: "district.caFile": expected a readable PEM file at ${caFile}.`,
    );
  }
}
