import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { DatabaseRefusal } from '../../db/database-refusal.ts';
import { kioskIdSchema } from '../contract/ids.ts';
import { parseDistrictPrivateKey } from '../sealing/key-files.ts';
import type { OpeningKey } from '../contract/keys.ts';
import { createIntakeServer, type IntakeServerParts } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openDatabase } from '../../src-district/open-database.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './config.ts';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import { openDemonstrationKeys, readKeyFile, refuseEnrolledFolder } from './key-store.ts';
import type { DistrictAddress } from './district-address.ts';
import { openLog } from './log.ts';

/** Where the embedded intake of a running demonstration is read; in a file that only this user can read. */
const readingSchema = z.strictObject({ url: z.string(), token: z.string() });
export type DemonstrationReading = z.infer<typeof readingSchema>;

const folder = (dataDir: string): string => join(dataDir, 'demonstration');

export interface DemonstrationDistrict {
  readonly address: DistrictAddress;
  readonly url: string;
  close(): Promise<void>;
}

/** The address of the demonstration's database, for `openDatabase`. */
export function demonstrationDatabase(dataDir: string): string {
  return `pglite:${join(folder(dataDir), 'district')}`;
}

async function openDemonstrationDatabase(config: Config): Promise<IntakeDatabase> {
  const opened = await openDatabase(demonstrationDatabase(config.dataDir), {
    migrationsFolder: config.districtMigrationsDir,
  });
  if (opened.ok) return opened.database;
  if (opened.problem === 'in-use') throw new DatabaseRefusal('in-use', config.dataDir);
  throw new ConfigError(
    `${folder(config.dataDir)}: the demonstration's district cannot be opened (${opened.problem}).`,
  );
}

/** Starts the reference intake beside the kiosk, with the demonstration's kiosk as the only one it knows. */
export async function startDemonstrationDistrict(
  config: Config,
  districtNumber: string,
): Promise<DemonstrationDistrict> {
  await refuseEnrolledFolder(config.dataDir);
  const keys = await openDemonstrationKeys(config.dataDir);
  const database = await openDemonstrationDatabase(config);
  const kioskId = kioskIdSchema.parse(`${districtNumber}-000`);
  const intake = createIntake({ database, kioskKeys: new Map([[kioskId, keys.kioskPublic]]) });
  const token = randomBytes(32).toString('base64url');
  const log = openLog();
  const warn: IntakeServerParts['warn'] = (event, facts) => {
    log.warn(event, facts);
  };
  const server = createIntakeServer({ intake, reading: { database, token }, warn });
  const { url } = await server.listen(0, '127.0.0.1');
  await writePrivate(join(folder(config.dataDir), 'reading.json'), JSON.stringify({ url, token }));
  return {
    url,
    address: { url, certificateAuthority: null },
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

/** How to read the intake of a demonstration that is running on this data folder; null when none ever ran. */
export async function readDemonstrationReading(dataDir: string): Promise<DemonstrationReading | null> {
  const text = await readIfThere(join(folder(dataDir), 'reading.json'));
  return text === null ? null : readingSchema.parse(JSON.parse(text));
}

export function readDemonstrationDistrictKey(dataDir: string): Promise<OpeningKey> {
  return readKeyFile(join(folder(dataDir), 'district-private.jwk.json'), parseDistrictPrivateKey);
}
