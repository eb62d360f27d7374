import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { lockFolder } from '../../../db/instance-lock.ts';
import { putInPlace, syncPath } from '../../../db/put-in-place.ts';
import { CommandFailed, runProgram } from '../../adapters/apt.ts';
import { askRunningKiosk } from '../admin.ts';
import { copyDatabaseFiles, databaseFile, makeBackup } from '../backup.ts';
import type { Config } from '../config.ts';
import { heldUntilFile } from '../held-until.ts';
import { giveToFolderOwner, keepAside } from '../restore.ts';
import type { UpdatedKiosk } from './run-update.ts';

const services = ['skranke.service', 'skranke-shell.service'] as const;
const screen = 'skranke-screen.service';
/** Longer than an update takes; if it never comes back, visitors are let in after that. */
const holdSeconds = 1800;
const comeUpMs = 240_000;
/** systemd started it anew this often: it will not come up. */
const mostRestarts = 3;

const doctorSchema = z.object({ checks: z.array(z.object({ id: z.string(), state: z.string() })) });

const isYes = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => true,
    (error: unknown) => {
      if (error instanceof CommandFailed) return false;
      throw error;
    },
  );

/** Units that IT has turned on: the others stay as they are. */
async function unitsInUse(): Promise<string[]> {
  const used: string[] = [];
  for (const unit of [...services, screen])
    if (await isYes(runProgram('systemctl', ['is-enabled', '--quiet', unit]))) used.push(unit);
  return used;
}

/** As a package writes it: npm knows no "~". */
const asProgram = (version: string): string => version.replace('~', '-');

async function hasGivenUp(units: readonly string[]): Promise<boolean> {
  for (const unit of units.filter((one) => one !== screen)) {
    const shown = await runProgram('systemctl', ['show', '--property=NRestarts', '--value', unit]);
    if (Number(shown) >= mostRestarts) return true;
  }
  return false;
}

async function serves(dataDir: string, version: string, units: readonly string[]): Promise<boolean> {
  const end = performance.now() + comeUpMs;
  while (performance.now() < end) {
    const answer = await askRunningKiosk(dataDir, { ask: 'station-status' });
    if (answer?.answer === 'station' && answer.station.version === asProgram(version)) return true;
    if (await hasGivenUp(units)) return false;
    await delay(500);
  }
  return false;
}

/** Doctor of the version that is installed now, as IT would ask it. Ends with 1 or 2 where it finds something. */
async function askDoctor(): Promise<string[]> {
  const told = await runProgram('sh', ['-c', '/usr/bin/skranke doctor --json || [ $? -le 2 ]']);
  return doctorSchema
    .parse(JSON.parse(told))
    .checks.filter((check) => check.state === 'fail')
    .map((check) => check.id);
}

/** Of the database's own header; null: there is no database. */
async function schemaOf(file: string): Promise<number | null> {
  if (!existsSync(file)) return null;
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.readInt32BE(60);
  } finally {
    await handle.close();
  }
}

/** Only where the version before would refuse it: otherwise what was added meanwhile stays. */
async function putBack(
  { dataDir }: Config,
  mode: 'enrolled' | 'demonstration',
  backup: string,
): Promise<void> {
  const [there, before] = [await schemaOf(databaseFile(dataDir)), await schemaOf(backup)];
  if (there === null || before === null || there <= before) return;
  const lock = lockFolder(dataDir);
  try {
    const candidate = join(dataDir, `restoring-${randomUUID()}.db`);
    await copyDatabaseFiles(backup, candidate);
    syncPath(candidate);
    const aside = await keepAside(dataDir, mode);
    await giveToFolderOwner(dataDir, candidate, aside);
    putInPlace(dataDir, candidate);
  } finally {
    lock.release();
  }
}

async function backUp(config: Config, folder: string, version: string): Promise<string | null> {
  if (!existsSync(databaseFile(config.dataDir))) return null;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder))
    if (name.startsWith('before-')) await rm(join(folder, name), { force: true });
  const answer = await makeBackup(config, join(folder, `before-${version}.db`));
  if (answer.kind === 'refused') throw new CommandFailed(answer.sentence);
  return answer.file;
}

/** The kiosk that is installed on this machine and run by systemd. */
export async function installedKiosk(config: Config, folder: string): Promise<UpdatedKiosk> {
  const { dataDir, district, kiosk, update } = config;
  const units = await unitsInUse();
  const systemctl = async (...args: readonly string[]): Promise<void> => {
    if (units.length > 0) await runProgram('systemctl', [...args, ...units]);
  };
  return {
    kioskId: `${district?.id ?? 'demonstration'} ${kiosk?.number ?? '000'}`,
    percent: update.percent,
    waitMs: update.waitMinutes * 60_000,
    holdDoor: async () => {
      const answer = await askRunningKiosk(dataDir, { ask: 'hold-door', forSeconds: holdSeconds });
      return answer === null || (answer.answer === 'door' && answer.isHeld);
    },
    openDoor: async () => {
      const answer = await askRunningKiosk(dataDir, { ask: 'open-door' });
      if (answer === null) heldUntilFile(dataDir).write(null);
    },
    stop: () => systemctl('stop'),
    start: async () => {
      await systemctl('reset-failed');
      await systemctl('start', '--no-block');
    },
    failedChecks: async (version) =>
      units.length === 0 || (await serves(dataDir, version, units)) ? askDoctor() : null,
    backUp: (version) => backUp(config, folder, version),
    putBack: (backup) => putBack(config, district === undefined ? 'demonstration' : 'enrolled', backup),
  };
}
