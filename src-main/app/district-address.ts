import { readFile } from 'node:fs/promises';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';

/** Where batches go; null sends nothing (IT's commands, an unenrolled kiosk). */
export interface DistrictAddress {
  readonly url: string;
  /** PEM of the authority that signed the district's certificate; null trusts the system's. */
  readonly certificateAuthority: string | null;
}

/** @param embedded the district of a demonstration, for a configuration without one. */
export async function districtOf(
  config: Config,
  embedded: { readonly address: DistrictAddress } | null,
): Promise<DistrictAddress | null> {
  if (config.district === undefined) return embedded?.address ?? null;
  const { caFile, url } = config.district;
  if (caFile === undefined) return { url, certificateAuthority: null };
  try {
    return { url, certificateAuthority: await readFile(caFile, 'utf8') };
  } catch {
    throw new ConfigError(
      `${config.configFile ?? 'the configuration'}: "district.caFile": expected a readable PEM file at ${caFile}.`,
    );
  }
}
