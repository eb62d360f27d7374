import { join } from 'node:path';
import { noSupervisor, systemdSupervisor, type Supervisor } from '../adapters/supervisor.ts';
import { ConfigError } from '../app/config-error.ts';
import { environment, type ConfigOptions } from '../app/config.ts';
import { openKiosk, type Kiosk } from '../app/kiosk.ts';
import { openDeskNetwork, type DeskNetwork } from '../hosts/network/desk-network.ts';
import { pageAnswers } from '../hosts/node/page-answers.ts';
import { startNodeHost, type NodeHost } from '../hosts/node/server.ts';
import { leaveAddress } from './address-file.ts';
import { tellPin } from './admin-line.ts';
import { openScreens } from './browser.ts';
import { buildWhenStale } from './build-when-stale.ts';
import { findElectron, runElectron } from './electron-runtime.ts';
import { parseOptions, parsePort, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { stayWatched } from './stay-watched.ts';
import { untilAskedToStop } from './until-stopped.ts';
import { UsageError } from './usage.ts';

interface Screens extends NodeHost {
  readonly network: DeskNetwork;
}

export interface HostOptions {
  readonly port: number;
  readonly isForProgram: boolean;
  readonly opensBrowser: boolean;
  readonly hostReason: string;
  /** Where the screen of another user finds the kiosk's address; null: nobody asks. */
  readonly addressFile: string | null;
}

function sayNetwork(network: DeskNetwork): void {
  if (network.kind === 'open')
    say(
      `skranke: desks over the network at ${network.address} (certificate until ${network.validUntil.toISOString().slice(0, 10)})`,
    );
  if (network.kind === 'refused') say(`skranke: no desks over the network: ${network.sentence}.`);
}

function sayReady(kiosk: Kiosk, host: Screens, options: HostOptions): void {
  const { mode } = kiosk.station.identity;
  if (options.isForProgram) {
    const { districtUrl, config } = kiosk;
    const ready = {
      kiosk: host.kiosk.address,
      desk: host.desk.address,
      deskNetwork: host.network.kind === 'open' ? host.network.address : null,
      district: districtUrl,
      dataDir: config.dataDir,
    };
    say(JSON.stringify({ ...ready, host: 'node', host_reason: options.hostReason }));
    return;
  }
  say(`skranke: kiosk at ${host.kiosk.address}`);
  say(`skranke: desk at ${host.desk.address}`);
  sayNetwork(host.network);
  if (kiosk.config.preview !== null)
    say('skranke: preview: a demonstration with this content; Ctrl+C ends it and leaves nothing behind.');
  else if (mode === 'demonstration')
    say(
      'skranke: demonstration: an invented station with a district of its own; nothing reaches the police.',
    );
  const { problems, overdue } = kiosk.station.contentProblems();
  for (const { file, path, message } of problems)
    say(`skranke: content: ${file}: ${path === '' ? '(the whole file)' : path}: ${message}`);
  if (overdue.length > 0)
    say(
      `skranke: content: ${String(overdue.length)} facts are past their review; "skranke content check" names them.`,
    );
  if (mode === 'unenrolled')
    say('skranke: not enrolled: information only; "skranke enrol" makes it take reports.');
}

/** Opens what there is to see; answers how to close it again. A preview's desk is an address, for whoever wants it. */
async function openBrowser(kiosk: Kiosk, host: NodeHost, options: HostOptions): Promise<() => void> {
  if (!options.opensBrowser) return () => undefined;
  const { dataDir, preview } = kiosk.config;
  const hasDesk = kiosk.hasDesk && preview === null;
  const addresses = { kiosk: host.kiosk.address, desk: hasDesk ? host.desk.address : null };
  const opened = await openScreens(addresses, join(dataDir, 'browser'));
  if (!opened.opened && !options.isForProgram)
    say(`skranke: open the addresses in a browser yourself: ${opened.why}.`);
  // A kiosk's browser outlives a restart of its services; a preview's has nothing left to show.
  return opened.opened && preview !== null ? () => opened.close() : () => undefined;
}

async function announce(kiosk: Kiosk, host: Screens, options: HostOptions): Promise<void> {
  if (kiosk.newPin !== null) await tellPin(kiosk.config.dataDir, kiosk.newPin, options.isForProgram);
  sayReady(kiosk, host, options);
}

function findSupervisor(): Supervisor {
  const { systemd } = environment();
  return systemd === null ? noSupervisor : systemdSupervisor(systemd.watchdogUsec);
}

/**
 * What a visitor needs: the page is handed out, the services behind it look at database and seal, and a page that was
 * shown has not fallen silent. Its browser is started again together with this program.
 */
async function proveAnswers({ station }: Kiosk, host: NodeHost, limitMs: number): Promise<boolean> {
  const answer = await station.handleAdmin({ ask: 'station-status' });
  if (answer.answer !== 'station' || answer.station.lobbyScreen.state === 'silent') return false;
  return pageAnswers(host.kiosk.address, limitMs);
}

/** Until the kiosk is asked to stop. */
async function serve(kiosk: Kiosk, host: Screens, options: HostOptions): Promise<void> {
  const stopping = untilAskedToStop();
  const { addressFile } = options;
  const takeAway = addressFile === null ? null : await leaveAddress(addressFile, host.kiosk.address);
  await announce(kiosk, host, options);
  const closeBrowser = await openBrowser(kiosk, host, options);
  const unwatch = await stayWatched(findSupervisor(), (limitMs) => proveAnswers(kiosk, host, limitMs));
  await stopping;
  unwatch();
  closeBrowser();
  await takeAway?.();
}

function portTaken(error: unknown, port: number): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    throw new ConfigError(
      `--port ${String(port)}: that port or the next one is taken; expected two free ports on 127.0.0.1, or 0 for any.`,
    );
  }
  throw error;
}

/** A kiosk on the Node host, until it is asked to stop. */
export async function runNodeHost(places: ConfigOptions, options: HostOptions): Promise<number> {
  const kiosk = await openKiosk(places);
  try {
    if (!buildWhenStale()) throw new ConfigError('the screens could not be built; the lines above say why.');
    const opening = startNodeHost(kiosk.station, kiosk.config.rendererDir, options.port);
    const host = await opening.catch((error: unknown) => portTaken(error, options.port));
    const network = await openDeskNetwork(kiosk);
    try {
      kiosk.station.start();
      await serve(kiosk, { ...host, network }, options);
      return 0;
    } finally {
      await network.close();
      await host.close();
    }
  } finally {
    await kiosk.close();
  }
}

/** `skranke start`. */
export async function startCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    host: { type: 'string' },
    port: { type: 'string' },
    'no-open': { type: 'boolean', default: false },
    'address-file': { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`start: "${positionals.join(' ')}" is not an option.`);
  if (values.host !== undefined && values.host !== 'electron' && values.host !== 'node') {
    throw new UsageError(`--host ${values.host}: expected electron or node.`);
  }
  const port = parsePort(values.port);
  const electron = findElectron();
  if (values.host !== 'node' && electron.found) return runElectron(electron.path, argv);
  const hostReason = values.host === 'node' || electron.found ? 'asked for' : electron.why;
  if (values.host === 'electron') {
    complain(`--host electron: ${hostReason}.`);
    return 2;
  }
  if (values.host === undefined && !values.json) say(`skranke: Node host, because ${hostReason}.`);
  const places = { configFile: values.config ?? null, dataDir: values['data-dir'] ?? null };
  return runNodeHost(places, {
    port,
    hostReason,
    isForProgram: values.json,
    opensBrowser: !values['no-open'],
    addressFile: values['address-file'] ?? null,
  });
}
