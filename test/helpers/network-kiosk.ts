import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Role } from '../../src-main/contract/staff.ts';
import { pinOf, type Authority } from './authority.ts';
import { freePort } from './free-port.ts';
import { runSkranke } from './kiosk-process.ts';
import { readPin } from './pin.ts';

export interface NetworkKioskOptions {
  /** Of the test: the kiosk gets a folder in it, and the district's keys are made there once. */
  readonly folder: string;
  readonly authority: Authority;
  readonly number: string;
  readonly port: number;
  /** As in the configuration. */
  readonly station?: readonly { readonly name: string; readonly origin: string }[];
}

/** An enrolled kiosk of Odense whose district is away, ready to serve desks over the network. */
export interface NetworkKiosk {
  readonly dataDir: string;
  /** What every command is told. */
  readonly place: readonly string[];
  /** Of its certificate's key, for a managed browser. */
  readonly pin: string;
  /** The one-time PIN of somebody new. */
  addStaff(userName: string, role: Role): Promise<string>;
  pairingCode(): Promise<string>;
}

async function run(argv: readonly string[]): Promise<string> {
  const { code, out, err } = await runSkranke(argv);
  if (code !== 0) throw new Error(`skranke ${argv.join(' ')} ended with ${String(code)}: ${err}`);
  return out;
}

async function districtKey(folder: string): Promise<string> {
  const keys = join(folder, 'district');
  if (!existsSync(keys)) await run(['district', 'key', keys, '--district', 'fyn']);
  return join(keys, 'fyn.jwk.json');
}

/** What IT does before a kiosk starts: configuration, enrolment by file, a certificate of the police's own authority. */
export async function setUpNetworkKiosk(options: NetworkKioskOptions): Promise<NetworkKiosk> {
  const { folder, authority, number, port, station } = options;
  const home = join(folder, `kiosk-${number}`);
  const dataDir = join(home, 'data');
  await mkdir(dataDir, { recursive: true });
  const configFile = join(home, 'config.json');
  const config = {
    district: { id: 'fyn', url: `http://127.0.0.1:${String(await freePort())}` },
    kiosk: { number, stationId: 'odense' },
    desk: { network: { address: '127.0.0.1', port, names: ['127.0.0.1'], station } },
  };
  await writeFile(configFile, JSON.stringify(config));
  const place = ['--config', configFile, '--data-dir', dataDir];
  await run(['enrol', ...place, '--district-key', await districtKey(folder), '--json']);
  const certificate = authority.sign(await run(['desk', 'csr', ...place]));
  await run(['desk', 'import', certificate, ...place]);
  return {
    ...{ dataDir, place },
    pin: pinOf(await readFile(certificate, 'utf8')),
    async addStaff(userName, role) {
      await run(['staff', 'add', userName, '--name', userName, '--role', role, ...place, '--json']);
      return readPin(dataDir, userName);
    },
    async pairingCode() {
      const out = await run(['desk', 'pair', ...place, '--json']);
      return z.object({ code: z.string() }).parse(JSON.parse(out)).code;
    },
  };
}
