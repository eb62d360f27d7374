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
import { makeDistrictKeyFiles, readDistrictKeys } from '../app/district-keys.ts';
import { countHidden, reportsInSight } from '../app/reports-in-sight.ts';
import { fetchReports } from '../../src-district/fetch-reports.ts';
import { describeIntakeApi } from '../../src-district/openapi.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { openReports } from '../../src-district/open-sealed.ts';
import { listReports, type KeptReport } from '../../src-district/reports.ts';
import type { OpeningKey } from '../contract/keys.ts';
import { districtContentCommand } from './district-content-commands.ts';
import {
  adminCommand,
  kioskCommand,
  readerCommand,
  verifyCommand,
  type AdminOptions,
} from './district-admin-commands.ts';
import { administer, openOrRefuse } from './district-database.ts';
import { serveCommand } from './district-serve-command.ts';
import { transferCommand } from './district-transfer-command.ts';
import { parseOptions, parsePort, placeOptions } from './options.ts';
import { importCommand } from './district-import-command.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

async function keyCommand(folder: string | undefined, district: string | undefined): Promise<number> {
  if (folder === undefined || district === undefined)
    throw new UsageError('district key: expected a folder and --district ID.');
  await mkdir(join(folder, 'kiosks'), { recursive: true, mode: 0o700 });
  say(
    `skranke: ${await makeDistrictKeyFiles(folder, district)} goes to the kiosks; private.jwk.json stays here.`,
  );
  return 0;
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

async function openingKeys(place: Place): Promise<readonly OpeningKey[]> {
  if (place.keys !== undefined) return readDistrictKeys(place.keys);
  const { dataDir } = await readConfig({ configFile: null, dataDir: place.dataDir ?? null });
  return [await readDemonstrationDistrictKey(dataDir)];
}

async function openedReports(place: Place, showsContact: boolean): Promise<readonly object[]> {
  const opened = await openReports(await readReports(place), await openingKeys(place));
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
  host: { type: 'string', default: '127.0.0.1' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  to: { type: 'string' },
  reason: { type: 'string' },
  open: { type: 'boolean', default: false },
  'show-contact': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parseOptions<typeof districtOptions>>['values'];
type Act = (opened: IntakeDatabase, rest: readonly string[], values: Values) => Promise<number>;

/** What needs the database and no running intake. */
const acts: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['kiosk', (opened, rest, values) => kioskCommand(opened, rest, administrationOf(values))],
  ['reader', (opened, rest, values) => readerCommand(opened, rest, administrationOf(values))],
  ['admin', (opened, rest, values) => adminCommand(opened, rest, administrationOf(values))],
  ['import', (opened, [file], { keys, json }) => importCommand(opened, file, { keys, json })],
  [
    'transfer',
    (opened, rest, { json, keys, to, reason, 'show-contact': showsContact }) =>
      transferCommand(opened, rest, { json, keys, to, reason, showsContact }),
  ],
  ['verify', (opened, _, { json }) => verifyCommand(opened, json)],
]);

function administrationOf({ json, keys, district, 'valid-hours': validHours }: Values): AdminOptions {
  return { json, keys, district, validHours };
}

/** `skranke district key|serve|reports|import|transfer|kiosk|reader|admin|verify|api`. */
export async function districtCommand(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'content') return districtContentCommand(argv.slice(1));
  const { values, positionals } = parseOptions(argv, districtOptions);
  const { database, keys } = values;
  const [action = '', ...rest] = positionals;
  switch (action) {
    case 'key':
      return keyCommand(rest[0], values.district);
    case 'serve':
      if (database === undefined || keys === undefined)
        throw new UsageError('district serve: expected --database URL and --keys DIR.');
      return serveCommand({
        ...{ database, keys, port: parsePort(values.port), host: values.host },
        ...{ tlsCert: values['tls-cert'], tlsKey: values['tls-key'], isForProgram: values.json },
      });
    case 'reports': {
      const place = { database, keys, dataDir: values['data-dir'] };
      return reportsCommand(place, values.open, values['show-contact']);
    }
    case 'api':
      say(JSON.stringify(describeIntakeApi(), null, 2));
      return 0;
  }
  const act = acts.get(action);
  if (act !== undefined) return administer(database, (opened) => act(opened, rest, values));
  const known = ['key', 'serve', 'reports', ...acts.keys(), 'api'].map((one) => `"${one}"`).join(', ');
  throw new UsageError(`district: expected one of ${known}.`);
}
