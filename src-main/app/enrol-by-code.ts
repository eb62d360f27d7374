import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { registerAtDistrict, type RegistrationOutcome } from '../adapters/http-registration.ts';
import { createSilentLog } from '../adapters/log.ts';
import { loadContent } from '../content/load-content.ts';
import type { Registration } from '../contract/kiosk-api.ts';
import { genesisHash } from '../contract/envelope.ts';
import type { KioskId } from '../contract/ids.ts';
import type { KioskSigningKey, PublicKey } from '../contract/keys.ts';
import { localDate } from '../domain/local-time.ts';
import { parseKioskSigningKey } from '../sealing/key-files.ts';
import { makeKioskKey } from '../sealing/make-keys.ts';
import { signRegistration } from '../sealing/registration-proof.ts';
import { moveToNumber, readLogMark } from '../services/log-mark.ts';
import { openStore, type Store } from '../services/store.ts';
import { ConfigError } from './config-error.ts';
import { keepContentKey } from './content-keys.ts';
import type { Config } from './config.ts';
import { districtOf } from './district-address.ts';
import { openIdentity } from './identity.ts';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import { enrolledFolder, keepDistrictKeys, readEnrolledKeys, readKeyFile } from './key-store.ts';

const clock = createSystemClock(new Date(0));

/** The kiosk number and the district of the configuration. */
async function readWho(config: Config): Promise<{ kioskId: KioskId; districtId: string }> {
  if (config.district === undefined || config.kiosk === undefined)
    throw new ConfigError('enrol: expected --config with a "district" and a "kiosk".');
  const { library } = await loadContent({
    resourcesDir: config.resourcesDir,
    ...config.content,
    today: localDate(clock.now()),
    isDemonstration: false,
  });
  const { kioskId, district } = await openIdentity(config, library);
  return { kioskId, districtId: district.id };
}

const pendingFile = (dataDir: string): string => join(enrolledFolder(dataDir), 'kiosk-pending.jwk.json');

/**
 * The key this kiosk has, or one that is made now. It is on the disk before it is registered: when the answer is lost, the
 * same code works again for the same key.
 */
async function keyToRegister(dataDir: string): Promise<KioskSigningKey> {
  const enrolled = await readEnrolledKeys(dataDir);
  if (enrolled !== null) return enrolled.signing;
  const file = pendingFile(dataDir);
  if ((await readIfThere(file)) === null) await writePrivate(file, (await makeKioskKey()).privateText);
  return readKeyFile(file, parseKioskSigningKey);
}

/** The log of a folder that was used; null for a fresh one, which nobody opens before it is enrolled. */
function openUsed(config: Config): Store | null {
  if (!existsSync(join(config.dataDir, 'skranke.db'))) return null;
  const { dataDir, migrationsDir } = config;
  return openStore({ dataDir, migrationsDir, clock, log: createSilentLog() });
}

function markOf(store: Store | null, dataDir: string): Registration['log'] {
  const mark = store === null ? { throughSequence: 0, headHash: genesisHash } : readLogMark(store);
  if (mark !== null) return mark;
  throw new ConfigError(
    `${dataDir}: the log of this kiosk has a hole; keep the folder and start with an empty one.`,
  );
}

const sentences = {
  code: 'the code is unknown, over, or was used by another machine. Ask the district for a new one.',
  history:
    'the district holds another log under this number. Ask it for a number that was never used, and write it into the configuration.',
  proof: 'the district cannot check the key of this kiosk. The programs may be of different versions.',
  malformed: 'the district does not understand the request. The programs may be of different versions.',
} as const;

function refuse(outcome: Exclude<RegistrationOutcome, { outcome: 'registered' }>): ConfigError {
  return new ConfigError(
    outcome.outcome === 'refused'
      ? `enrol: ${sentences[outcome.problem]}`
      : `enrol: the district did not answer as it should (${outcome.problem}). The same code works again.`,
  );
}

/** @throws ConfigError, one sentence. @returns the number under which the kiosk is known now. */
export async function enrolByCode(config: Config, code: string): Promise<KioskId> {
  const who = await readWho(config);
  const address = await districtOf(config, null);
  if (address === null) throw new ConfigError('enrol: expected --config with a "district".');
  const store = openUsed(config);
  try {
    const signing = await keyToRegister(config.dataDir);
    const registration = await signRegistration(signing, code, markOf(store, config.dataDir));
    const outcome = await registerAtDistrict(address, registration);
    if (outcome.outcome !== 'registered') throw refuse(outcome);
    if (outcome.kioskId !== who.kioskId)
      throw new ConfigError(
        `enrol: the code is for kiosk ${outcome.kioskId}, the configuration says ${who.kioskId}. Mend the configuration and repeat.`,
      );
    await keep(config.dataDir, signing, new Map(Object.entries(outcome.districtKeys)), who.districtId);
    const contentKey = outcome.contentKeys[who.districtId];
    if (contentKey !== undefined) await keepContentKey(config.dataDir, contentKey);
    if (store !== null && !moveToNumber(store, clock, who.kioskId))
      throw new ConfigError(`${config.dataDir}: nothing can be written there. Repeat when that is mended.`);
    return who.kioskId;
  } finally {
    store?.close();
  }
}

async function keep(
  dataDir: string,
  signing: KioskSigningKey,
  districts: ReadonlyMap<string, PublicKey>,
  home: string,
): Promise<void> {
  const known = (await readEnrolledKeys(dataDir))?.districts;
  if (!districts.has(home) && known?.has(home) !== true)
    throw new ConfigError(
      `enrol: the district sent no key of "${home}" to seal for. It lays ${home}.jwk.json into its folder of keys; then repeat.`,
    );
  await keepDistrictKeys(
    dataDir,
    new Map([...districts].map(([id, key]) => [id, `${JSON.stringify(key)}\n`])),
  );
  const { d, ...publicKey } = signing;
  await writePrivate(
    join(enrolledFolder(dataDir), 'kiosk-public.jwk.json'),
    `${JSON.stringify(publicKey)}\n`,
  );
  // The private half last: a kiosk is enrolled from the moment this file is there.
  const text = `${JSON.stringify({ ...publicKey, d })}\n`;
  await writePrivate(join(enrolledFolder(dataDir), 'kiosk-private.jwk.json'), text);
  await rm(pendingFile(dataDir), { force: true });
}
