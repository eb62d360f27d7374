import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveAdmin } from '../app/admin.ts';
import { ConfigError } from '../app/config-error.ts';
import { readConfig, type Config } from '../app/config.ts';
import { startDemonstrationDistrict, type DemonstrationDistrict } from '../app/demonstration.ts';
import { openStation, type Station } from '../app/station.ts';
import type { DistrictAddress } from '../app/station-services.ts';
import { startNodeHost, type NodeHost } from '../hosts/node/server.ts';
import { tellPin } from './admin-commands.ts';
import { openScreens } from './browser.ts';
import { buildWhenStale } from './build-when-stale.ts';
import { findElectron, runElectron } from './electron-runtime.ts';
import { parseOptions, parsePort, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { untilAskedToStop } from './until-stopped.ts';
import { UsageError } from './usage.ts';

interface StartOptions {
  readonly port: number;
  readonly isForProgram: boolean;
  readonly opensBrowser: boolean;
  readonly hostReason: string;
}

const demonstrationUser = 'demo';
/** The fictional district of a demonstration. */
const demonstrationDistrictNumber = '00';

async function districtOf(
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

/** In a demonstration somebody must be able to sign in at once. */
async function addDemonstrationStaff(config: Config, station: Station, isForProgram: boolean): Promise<void> {
  if (station.identity.mode !== 'demonstration' || station.services.staffAccess.hasStaff()) return;
  const answer = await station.handleAdmin({
    ask: 'add-staff',
    userName: demonstrationUser,
    displayName: 'D. Demo',
    roles: ['front-desk', 'officer', 'supervisor'],
  });
  if (answer.answer === 'staff-added')
    await tellPin(config.dataDir, demonstrationUser, answer.pin, isForProgram);
}

async function announce(
  config: Config,
  host: NodeHost,
  station: Station,
  embedded: DemonstrationDistrict | null,
  options: StartOptions,
): Promise<void> {
  await addDemonstrationStaff(config, station, options.isForProgram);
  if (options.isForProgram) {
    say(
      JSON.stringify({
        kiosk: host.kiosk.address,
        desk: host.desk.address,
        district: config.district?.url ?? embedded?.url ?? null,
        dataDir: config.dataDir,
        host: 'node',
        host_reason: options.hostReason,
      }),
    );
  } else {
    say(`skranke: kiosk at ${host.kiosk.address}`);
    say(`skranke: desk at ${host.desk.address}`);
    if (embedded !== null)
      say(
        'skranke: demonstration: an invented station, its own district beside it, and nothing reaches the police.',
      );
    if (station.identity.mode === 'unenrolled')
      say('skranke: not enrolled: information only; run "skranke enrol" to take reports.');
  }
  if (!options.opensBrowser) return;
  const showsDesk = station.identity.mode === 'demonstration' || config.desk.onKiosk;
  const opened = await openScreens(
    { kiosk: host.kiosk.address, desk: showsDesk ? host.desk.address : null },
    join(config.dataDir, 'browser'),
  );
  if (!opened.opened && !options.isForProgram)
    say(`skranke: open the addresses in a browser yourself: ${opened.why}.`);
}

function portTaken(error: unknown, port: number): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    throw new ConfigError(
      `--port ${String(port)}: that port or the next one is taken; expected two free ports on 127.0.0.1, or 0 for any.`,
    );
  }
  throw error;
}

/** Each thing that was opened is closed in the opposite order, also when a later one failed to open. */
async function runNodeHost(config: Config, options: StartOptions): Promise<number> {
  const closers: (() => Promise<void>)[] = [];
  const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
    closers.unshift(() => thing.close());
    return thing;
  };
  try {
    if (!buildWhenStale()) throw new ConfigError('the screens could not be built; the lines above say why.');
    const embedded =
      config.district === undefined
        ? opened(await startDemonstrationDistrict(config, demonstrationDistrictNumber))
        : null;
    const station = opened(await openStation(config, { district: await districtOf(config, embedded) }));
    opened(await serveAdmin(config.dataDir, station.handleAdmin));
    const host = opened(
      await startNodeHost(station, config.rendererDir, options.port).catch((error: unknown) =>
        portTaken(error, options.port),
      ),
    );
    station.start();
    const stopping = untilAskedToStop();
    await announce(config, host, station, embedded, options);
    await stopping;
    return 0;
  } finally {
    for (const close of closers) await close();
  }
}

/** `skranke start`. */
export async function startCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    host: { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw new UsageError(`start: "${positionals.join(' ')}" is not an option.`);
  if (values.host !== undefined && values.host !== 'electron' && values.host !== 'node')
    throw new UsageError(`--host ${values.host}: expected electron or node.`);
  const port = parsePort(values.port);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const electron = findElectron();
  if (values.host !== 'node' && electron.found) return runElectron(electron.path, argv);
  const hostReason = values.host === 'node' ? 'asked for' : electron.found ? '' : electron.why;
  if (values.host === 'electron') {
    complain(`--host electron: ${hostReason}.`);
    return 2;
  }
  if (values.host === undefined && !values.json) say(`skranke: Node host, because ${hostReason}.`);
  return runNodeHost(config, {
    port,
    hostReason,
    isForProgram: values.json,
    opensBrowser: !values['no-open'],
  });
}
