import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../app/config-error.ts';
import { openLog } from '../app/log.ts';
import { readConfig } from '../app/config.ts';
import {
  demonstrationDatabase,
  readDemonstrationDistrictKey,
  readDemonstrationReading,
} from '../app/demonstration.ts';
import { makeDistrictKeyFiles, readDistrictKey, readDistrictPublicKeys } from '../app/district-keys.ts';
import { countHidden, reportsInSight } from '../app/reports-in-sight.ts';
import { fetchReports } from '../../src-district/fetch-reports.ts';
import { describeIntakeApi } from '../../src-district/openapi.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { listKiosks } from '../../src-district/kiosk-registry.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { openDatabase } from '../../src-district/open-database.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { listReports, type KeptReport } from '../../src-district/reports.ts';
import type { OpeningKey } from '../contract/keys.ts';
import { untilAskedToStop } from './until-stopped.ts';
import { kioskCommand, readerCommand, verifyCommand } from './district-admin-commands.ts';
import { parseOptions, parsePort, placeOptions } from './options.ts';
import { importCommand } from './district-import-command.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

const sentences = {
  'bad-url': 'expected postgres://…, pglite:FOLDER or pglite:memory',
  'newer-database': 'it was written by a newer version',
  unreachable: 'it does not answer',
} as const;

async function openOrRefuse(url: string, migrationsFolder: string) {
  const opened = await openDatabase(url, { migrationsFolder });
  if (opened.ok) return opened.database;
  if (opened.problem === 'in-use')
    throw new ConfigError('--database: another process holds it; ask that one, or stop it first.');
  // Never the address: it may hold a password.
  throw new ConfigError(`--database: ${sentences[opened.problem]} (${opened.detail}).`);
}

async function keyCommand(folder: string | undefined, district: string | undefined): Promise<number> {
  if (folder === undefined || district === undefined)
    throw new UsageError('district key: expected a folder and --district ID.');
  await mkdir(join(folder, 'kiosks'), { recursive: true, mode: 0o700 });
  say(
    `skranke: ${await makeDistrictKeyFiles(folder, district)} goes to the kiosks; private.jwk.json stays here.`,
  );
  return 0;
}

interface Serve {
  readonly database: string;
  readonly keys: string;
  readonly port: number;
  readonly isForProgram: boolean;
}

async function serveCommand({ database, keys, port, isForProgram }: Serve): Promise<number> {
  const { districtMigrationsDir } = await readConfig({ configFile: null, dataDir: null });
  const kiosks = await loadKioskKeys(join(keys, 'kiosks'));
  if (!kiosks.ok)
    throw new ConfigError(`${kiosks.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  const districtKeys = await readDistrictPublicKeys(keys);
  const opened = await openOrRefuse(database, districtMigrationsDir);
  const log = openLog();
  const server = createIntakeServer({
    intake: createIntake({ database: opened, kioskKeys: kiosks.keys }),
    administration: { database: opened, districtKeys },
    note: (event, facts) => log.note(event, facts),
    warn: (event, facts) => log.warn(event, facts),
  });
  try {
    const { url } = await server.listen(port, '127.0.0.1');
    const known = (await listKiosks(opened)).length;
    if (isForProgram) say(JSON.stringify({ url, kioskKeys: kiosks.keys.size, kiosks: known }));
    else
      say(
        `skranke: intake at ${url}, ${String(kiosks.keys.size)} kiosks known by file, ${String(known)} seen`,
      );
    await untilAskedToStop();
    return 0;
  } finally {
    await server.close();
    await opened.close();
  }
}

/** What is done to the database of an intake, which may be running over it (not over a PGlite folder). */
async function administer(
  database: string | undefined,
  act: (opened: IntakeDatabase) => Promise<number>,
): Promise<number> {
  if (database === undefined) throw new UsageError('district: expected --database URL.');
  const { districtMigrationsDir } = await readConfig({ configFile: null, dataDir: null });
  const opened = await openOrRefuse(database, districtMigrationsDir);
  try {
    return await act(opened);
  } finally {
    await opened.close();
  }
}

interface Place {
  readonly database: string | undefined;
  readonly keys: string | undefined;
  readonly dataDir: string | undefined;
}

async function readReports(place: Place): Promise<readonly KeptReport[]> {
  const { dataDir, districtMigrationsDir } = await readConfig({
    configFile: null,
    dataDir: place.dataDir ?? null,
  });
  if (place.database === undefined) {
    // A running demonstration holds its database; it is asked first.
    const reading = await readDemonstrationReading(dataDir);
    if (reading === null)
      throw new ConfigError(`${dataDir}: expected --database, or the data folder of a demonstration.`);
    const fetched = await fetchReports(reading.url, reading.token);
    if (fetched !== null) return fetched;
  }
  const database = await openOrRefuse(
    place.database ?? demonstrationDatabase(dataDir),
    districtMigrationsDir,
  );
  try {
    return await listReports(database);
  } finally {
    await database.close();
  }
}

async function openingKey(place: Place): Promise<OpeningKey> {
  if (place.keys !== undefined) return readDistrictKey(place.keys);
  const { dataDir } = await readConfig({ configFile: null, dataDir: place.dataDir ?? null });
  return readDemonstrationDistrictKey(dataDir);
}

async function openedReports(place: Place, showsContact: boolean): Promise<readonly object[]> {
  const opened = await openReports(await readReports(place), await openingKey(place));
  if (!showsContact) return reportsInSight(opened);
  openLog().note('contact-shown', { reports: countHidden(opened) });
  return opened;
}

/** One JSON line a report: sealed as it is kept, or opened with the district's key; hidden contact only when asked for. */
async function reportsCommand(place: Place, isOpened: boolean, showsContact: boolean): Promise<number> {
  if (showsContact && !isOpened) throw new UsageError('district reports: --show-contact needs --open.');
  const shown = isOpened ? await openedReports(place, showsContact) : await readReports(place);
  for (const one of shown) say(JSON.stringify(one));
  return 0;
}

const districtOptions = {
  ...placeOptions,
  database: { type: 'string' },
  district: { type: 'string' },
  keys: { type: 'string' },
  port: { type: 'string' },
  'valid-hours': { type: 'string' },
  open: { type: 'boolean', default: false },
  'show-contact': { type: 'boolean', default: false },
} as const;

/** `skranke district key|serve|reports|import|kiosk|reader|verify|api`. */
export async function districtCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, districtOptions);
  const { database, keys, json, district } = values;
  const administration = { json, keys, district, validHours: values['valid-hours'] };
  switch (positionals[0]) {
    case 'key':
      return keyCommand(positionals[1], values.district);
    case 'serve':
      if (database === undefined || keys === undefined)
        throw new UsageError('district serve: expected --database URL and --keys DIR.');
      return serveCommand({ database, keys, port: parsePort(values.port), isForProgram: values.json });
    case 'reports':
      return reportsCommand(
        { database, keys, dataDir: values['data-dir'] },
        values.open,
        values['show-contact'],
      );
    case 'kiosk':
      return administer(database, (opened) => kioskCommand(opened, positionals.slice(1), administration));
    case 'reader':
      return administer(database, (opened) => readerCommand(opened, positionals.slice(1), administration));
    case 'import':
      return administer(database, (opened) => importCommand(opened, positionals[1], { keys, json }));
    case 'verify':
      return administer(database, (opened) => verifyCommand(opened, json));
    case 'api':
      say(JSON.stringify(describeIntakeApi(), null, 2));
      return 0;
    default:
      throw new UsageError(
        'district: expected "district key", "serve", "reports", "import", "kiosk", "reader", "verify" or "api".',
      );
  }
}
