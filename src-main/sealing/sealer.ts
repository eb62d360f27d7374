import { GeneralEncrypt, importJWK, type CryptoKey } from 'jose';
import type { PublicKey } from '../contract/keys.ts';
import type { Sealer } from '../domain/ports.ts';

export interface SealerKeys {
  readonly districtKeys: ReadonlyMap<string, PublicKey>;
  readonly homeDistrictId: string;
  /** Asked at each seal: a desk may pair while the kiosk runs. */
  readonly stationKey: () => PublicKey | null;
}

const encoder = new TextEncoder();

/** Seals for the home district, the routed districts whose keys are known, and the station. It can open nothing. */
export function createSealer(keys: SealerKeys): Sealer {
  const imported = new Map<string, Promise<CryptoKey>>();
  const importOnce = (key: PublicKey): Promise<CryptoKey> => {
    // By the key itself: two keys that claim one `kid` must not be taken for each other.
    const known = imported.get(key.n);
    if (known !== undefined) return known;
    const fresh = importPublicKey(key);
    imported.set(key.n, fresh);
    return fresh;
  };
  const recipients = (districtIds: readonly string[]): readonly PublicKey[] => {
    const home = keys.districtKeys.get(keys.homeDistrictId);
    if (home === undefined) return [];
    const routed = districtIds.map((districtId) => keys.districtKeys.get(districtId));
    const all = [home, ...routed, keys.stationKey()].filter((key) => key !== undefined && key !== null);
    return all.filter((key, index) => all.findIndex((other) => other.n === key.n) === index);
  };
  return {
    async seal(text, reportId, districtIds) {
      const sealedFor = recipients(districtIds);
      if (sealedFor.length === 0) throw new Error('no district key: nothing may be sealed');
      const document = new GeneralEncrypt(encoder.encode(text))
        .setProtectedHeader({ enc: 'A256GCM' })
        .setAdditionalAuthenticatedData(encoder.encode(reportId));
      for (const key of sealedFor) {
        document
          .addRecipient(await importOnce(key))
          .setUnprotectedHeader({ alg: 'RSA-OAEP-256', kid: key.kid });
      }
      return JSON.stringify(await document.encrypt());
    },
    recipients: () => recipients([]).map((key) => key.kid),
    hasStationKey: () => keys.stationKey() !== null,
  };
}

async function importPublicKey(key: PublicKey): Promise<CryptoKey> {
  const imported = await importJWK({ ...key, alg: 'RSA-OAEP-256' });
  if (imported instanceof Uint8Array) throw new Error('an RSA key was expected');
  return imported;
}
