import { kioskIdSchema, type KioskId } from '../contract/ids.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { District, Station } from '../contract/station.ts';
import type { ContentLibrary } from '../domain/ports.ts';
import type { Mode } from '../contract/status.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import {
  hasDemonstration,
  openDemonstrationKeys,
  readEarlierKeys,
  readEnrolledKeys,
  refuseEnrolledFolder,
  type DemonstrationKeys,
} from './key-store.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The fictional station of a demonstration; its reference numbers start with 00-000. */
export const demonstrationStationId = 'fjordby';
const demonstrationKioskNumber = '000';

/** Who this kiosk is, and which keys it may seal and sign with. */
export interface Identity {
  readonly mode: Mode;
  readonly kioskId: KioskId;
  readonly kioskNumber: string;
  readonly station: Station;
  readonly district: District;
  /** Empty while unenrolled: nothing can be sealed, so nothing is accepted. */
  readonly districtKeys: ReadonlyMap<string, PublicKey>;
  readonly signing: SigningKeys | null;
  readonly demonstration: DemonstrationKeys | null;
}

function placeOf(
  library: ContentLibrary,
  stationId: string,
  districtId: string | null,
  where: string,
): { station: Station; district: District } {
  const station = library.station(stationId);
  if (station === null)
    throw new ConfigError(`${where}: "kiosk.stationId": content knows no station "${stationId}".`);
  const district = library.district(districtId ?? station.districtId);
  if (district === null)
    throw new ConfigError(
      `${where}: "district.id": content knows no district "${districtId ?? station.districtId}".`,
    );
  return { station, district };
}

/** @throws Error when content lacks the invented station, which a demonstration cannot be without. */
export function demonstrationKioskId(library: ContentLibrary): KioskId {
  const { district } = placeOf(library, demonstrationStationId, null, 'the configuration');
  return kioskIdSchema.parse(`${district.number}-${demonstrationKioskNumber}`);
}

async function openDemonstration(config: Config, library: ContentLibrary, where: string): Promise<Identity> {
  await refuseEnrolledFolder(config.dataDir);
  const place = placeOf(library, demonstrationStationId, null, where);
  const keys = await openDemonstrationKeys(config.dataDir);
  return {
    ...place,
    mode: 'demonstration',
    kioskNumber: demonstrationKioskNumber,
    kioskId: demonstrationKioskId(library),
    districtKeys: new Map([[place.district.id, keys.district]]),
    signing: createSigningKeys(keys.signing),
    demonstration: keys,
  };
}

/** @throws ConfigError for a station, district or key file that does not fit. */
export async function openIdentity(config: Config, library: ContentLibrary): Promise<Identity> {
  const where = config.configFile ?? 'the configuration';
  if (config.district === undefined || config.kiosk === undefined)
    return openDemonstration(config, library, where);
  if (await hasDemonstration(config.dataDir)) {
    throw new ConfigError(
      `${config.dataDir}: this data folder holds a demonstration; expected an empty one, so that no example ever reaches a district.`,
    );
  }
  const enrolled = await readEnrolledKeys(config.dataDir);
  const place = placeOf(library, config.kiosk.stationId, config.district.id, where);
  if (enrolled !== null && !enrolled.districts.has(place.district.id)) {
    throw new ConfigError(
      `${config.dataDir}: expected the public key of the district "${place.district.id}" among the enrolled keys.`,
    );
  }
  return {
    ...place,
    mode: enrolled === null ? 'unenrolled' : 'enrolled',
    kioskNumber: config.kiosk.number,
    kioskId: kioskIdSchema.parse(`${place.district.number}-${config.kiosk.number}`),
    districtKeys: enrolled?.districts ?? new Map(),
    signing:
      enrolled === null ? null : createSigningKeys(enrolled.signing, await readEarlierKeys(config.dataDir)),
    demonstration: null,
  };
}
