import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { KioskPublicKey, KioskSigningKey } from '../contract/keys.ts';
import {
  describeKeyFault,
  parseDistrictPublicKey,
  parseKioskPublicKey,
  parseKioskSigningKey,
  parseStationPublicKey,
  type KeyReading,
} from '../sealing/key-files.ts';
import { makeDistrictKey, makeKioskKey, makeStationKey } from '../sealing/make-keys.ts';
import { ConfigError } from './config-error.ts';

/** @throws ConfigError naming the file, what was expected and what was found. */
export async function readKeyFile<Key>(path: string, parse: (text: string) => KeyReading<Key>): Promise<Key> {
  const text = await readIfThere(path);
  if (text === null) throw new ConfigError(`${path}: expected a key file at that place, found none.`);
  const reading = parse(text);
  if (!reading.ok) throw new ConfigError(`${path}: ${describeKeyFault(reading.fault)}.`);
  return reading.key;
}

/** The keys of a demonstration: all halves in one folder, which is why the stolen-disk promise does not hold there. */
export interface DemonstrationKeys {
  readonly district: PublicKey;
  readonly districtPrivateText: string;
  readonly station: PublicKey;
  readonly stationPrivateText: string;
  readonly signing: KioskSigningKey;
  readonly kioskPublic: KioskPublicKey;
}

export async function hasDemonstration(dataDir: string): Promise<boolean> {
  return (await readIfThere(join(dataDir, 'demonstration', 'kiosk-public.jwk.json'))) !== null;
}

/** Reads the demonstration's keys, making them the first time. */
export async function openDemonstrationKeys(dataDir: string): Promise<DemonstrationKeys> {
  const folder = join(dataDir, 'demonstration');
  const place = (name: string) => join(folder, `${name}.jwk.json`);
  // The kiosk's public half is written last: while it is missing, the set is made anew.
  if ((await readIfThere(place('kiosk-public'))) === null) {
    const [district, station, kiosk] = await Promise.all([
      makeDistrictKey(),
      makeStationKey(),
      makeKioskKey(),
    ]);
    await writePrivate(place('district-private'), district.privateText);
    await writePrivate(place('district-public'), district.publicText);
    await writePrivate(place('station-private'), station.privateText);
    await writePrivate(place('station-public'), station.publicText);
    await writePrivate(place('kiosk-private'), kiosk.privateText);
    await writePrivate(place('kiosk-public'), kiosk.publicText);
  }
  return {
    district: await readKeyFile(place('district-public'), parseDistrictPublicKey),
    districtPrivateText: await readFile(place('district-private'), 'utf8'),
    station: await readKeyFile(place('station-public'), parseStationPublicKey),
    stationPrivateText: await readFile(place('station-private'), 'utf8'),
    signing: await readKeyFile(place('kiosk-private'), parseKioskSigningKey),
    kioskPublic: await readKeyFile(place('kiosk-public'), parseKioskPublicKey),
  };
}

/** What enrolment leaves behind: the kiosk's signing key and the districts' public keys. */
export interface EnrolledKeys {
  readonly signing: KioskSigningKey;
  readonly districts: ReadonlyMap<string, PublicKey>;
}

export const enrolledFolder = (dataDir: string): string => join(dataDir, 'keys');

/** Null before enrolment. */
export async function readEnrolledKeys(dataDir: string): Promise<EnrolledKeys | null> {
  const signingFile = join(enrolledFolder(dataDir), 'kiosk-private.jwk.json');
  if ((await readIfThere(signingFile)) === null) return null;
  const districts = new Map<string, PublicKey>();
  const folder = join(enrolledFolder(dataDir), 'districts');
  for (const name of await readdir(folder)) {
    const [districtId] = name.split('.jwk.json');
    if (districtId !== undefined && name.endsWith('.jwk.json')) {
      districts.set(districtId, await readKeyFile(join(folder, name), parseDistrictPublicKey));
    }
  }
  return { signing: await readKeyFile(signingFile, parseKioskSigningKey), districts };
}

const earlierFolder = (dataDir: string): string => join(enrolledFolder(dataDir), 'earlier');

/** Public halves of keys that this kiosk signed with before: slips of those days are as genuine as today's. */
export async function readEarlierKeys(dataDir: string): Promise<readonly KioskPublicKey[]> {
  const names = await readdir(earlierFolder(dataDir)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  return Promise.all(
    names
      .filter((name) => name.endsWith('.jwk.json'))
      .toSorted()
      .map((name) => readKeyFile(join(earlierFolder(dataDir), name), parseKioskPublicKey)),
  );
}

const nextKeyFile = (dataDir: string): string => join(enrolledFolder(dataDir), 'kiosk-next.jwk.json');

/** A key that was made to replace the one of today, and that the district may know already; null: none was begun. */
export async function readNextKey(dataDir: string): Promise<KioskSigningKey | null> {
  const file = nextKeyFile(dataDir);
  return (await readIfThere(file)) === null ? null : readKeyFile(file, parseKioskSigningKey);
}

/** On the disk before anybody hears of it: whatever is lost after that, the same key is asked for again. */
export async function openNextKey(dataDir: string): Promise<KioskSigningKey> {
  if ((await readNextKey(dataDir)) === null)
    await writePrivate(nextKeyFile(dataDir), (await makeKioskKey()).privateText);
  return readKeyFile(nextKeyFile(dataDir), parseKioskSigningKey);
}

/** Each step is whole, and repeated from the start after a crash: until the last one the next key stays. */
export async function keepNextKey(
  dataDir: string,
  old: KioskSigningKey,
  { d, ...publicKey }: KioskSigningKey,
): Promise<void> {
  const { d: _, ...oldPublic } = old;
  if (old.kid !== publicKey.kid)
    await writePrivate(join(earlierFolder(dataDir), `${old.kid}.jwk.json`), `${JSON.stringify(oldPublic)}\n`);
  await writePrivate(
    join(enrolledFolder(dataDir), 'kiosk-public.jwk.json'),
    `${JSON.stringify(publicKey)}\n`,
  );
  const text = `${JSON.stringify({ ...publicKey, d })}\n`;
  await writePrivate(join(enrolledFolder(dataDir), 'kiosk-private.jwk.json'), text);
  await rm(nextKeyFile(dataDir), { force: true });
}

/** The public half of the key that signs here, of an enrolled kiosk or of a demonstration; null where nothing signs. */
export async function readKioskPublicKey(dataDir: string): Promise<KioskPublicKey | null> {
  for (const folder of [enrolledFolder(dataDir), join(dataDir, 'demonstration')]) {
    const file = join(folder, 'kiosk-public.jwk.json');
    if ((await readIfThere(file)) !== null) return readKeyFile(file, parseKioskPublicKey);
  }
  return null;
}

/** @throws ConfigError when a demonstration is about to move into the folder of a real kiosk. */
export async function refuseEnrolledFolder(dataDir: string): Promise<void> {
  if ((await readEnrolledKeys(dataDir)) === null) return;
  throw new ConfigError(
    `${dataDir}: this data folder is enrolled; expected a configuration with "district", or another folder for a demonstration.`,
  );
}

/** By the id of their district. */
export async function keepDistrictKeys(
  dataDir: string,
  districts: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [districtId, text] of districts) {
    await writePrivate(join(enrolledFolder(dataDir), 'districts', `${districtId}.jwk.json`), text);
  }
}

/** Keeps the districts' public keys and makes the kiosk's own; answers the public half for the district. */
export async function enrolKeys(dataDir: string, districts: ReadonlyMap<string, string>): Promise<string> {
  await keepDistrictKeys(dataDir, districts);
  const kiosk = await makeKioskKey();
  await writePrivate(join(enrolledFolder(dataDir), 'kiosk-public.jwk.json'), kiosk.publicText);
  // The private half last: a kiosk is enrolled from the moment this file is there.
  await writePrivate(join(enrolledFolder(dataDir), 'kiosk-private.jwk.json'), kiosk.privateText);
  return kiosk.publicText;
}
