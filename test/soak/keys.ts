import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import {
  kioskSigningKeySchema,
  openingKeySchema,
  publicKeySchema,
  type OpeningKey,
  type PublicKey,
} from '../../src-main/contract/keys.ts';
import { makeDistrictKey, makeKioskKey, makeStationKey } from '../../src-main/sealing/make-keys.ts';

/** Keys of a district and a station, in a folder as `district key` makes it. */
export interface SoakKeys {
  readonly folder: string;
  readonly districtKey: PublicKey;
  readonly openingKey: OpeningKey;
  readonly stationKey: PublicKey;
}

export async function makeSoakKeys(folder: string): Promise<SoakKeys> {
  mkdirSync(path.join(folder, 'kiosks'), { recursive: true });
  const [district, station] = await Promise.all([makeDistrictKey(), makeStationKey()]);
  writeFileSync(path.join(folder, 'fjord.jwk.json'), district.publicText);
  return {
    folder,
    districtKey: publicKeySchema.parse(JSON.parse(district.publicText)),
    openingKey: openingKeySchema.parse(JSON.parse(district.privateText)),
    stationKey: publicKeySchema.parse(JSON.parse(station.publicText)),
  };
}

/** Known to the intakes that start after this; a number that was used before gets a new key. */
export async function enrolKiosk({ folder, districtKey, stationKey }: SoakKeys, id: string) {
  const kioskId = kioskIdSchema.parse(id);
  const keys = await makeKioskKey();
  writeFileSync(path.join(folder, 'kiosks', `${kioskId}.json`), keys.publicText);
  const signingKey = kioskSigningKeySchema.parse(JSON.parse(keys.privateText));
  return { kioskId, signingKey, districtKey, stationKey };
}
