import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hrtime } from 'node:process';
import { promisify } from 'node:util';
import { diskSentence } from '../new-file.ts';
import { fail, ok, skipped, together, warn, type Finding, type KioskScene, type Scene } from './check.ts';

const gigabyte = 1_000_000_000;

/** The first folder on the way up that is there: a data folder is made at the first start. */
function standing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : standing(dirname(path));
}

/** Numbers of statfs(2) for file systems that keep nothing, or that another machine keeps. */
const volatileTypes = new Set([0x01021994, 0x858458f6]);
const remoteTypes = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x517b]);

export function judgeRoom(free: number, total: number): Finding {
  const told = `${(free / gigabyte).toFixed(1)} GB of ${(total / gigabyte).toFixed(1)} GB are free.`;
  const fix = 'Make room on the disk of the data folder.';
  if (free < gigabyte / 10) return fail(told, fix);
  return free < gigabyte || free < total / 20 ? warn(told, fix) : ok(told);
}

/** No disk writes so fast; whoever says so has the words in a memory that a power cut empties. */
const tooFastMicroseconds = 20;
const tooSlowMicroseconds = 300_000;

export function judgeSync(microseconds: number): Finding {
  const told = `The disk confirms a write in ${Math.round(microseconds)} µs`;
  if (microseconds < tooFastMicroseconds)
    return warn(
      `${told}: too fast to be true. After a power cut reports may be gone whose slips were printed.`,
      'Switch the write cache of the disk off, or use a disk or a host that keeps what it confirmed.',
    );
  return microseconds > tooSlowMicroseconds
    ? warn(`${told}: visitors wait for it.`, 'Look at the health of the disk.')
    : ok(`${told}.`);
}

/** The middle of some small synced writes. */
export function measureSync(folder: string, writes = 15): number {
  const file = join(folder, `doctor-${randomUUID()}`);
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    const taken: number[] = [];
    for (let n = 0; n < writes; n += 1) {
      writeSync(descriptor, Buffer.alloc(4096, n), 0, 4096, n * 4096);
      const start = hrtime.bigint();
      fsyncSync(descriptor);
      taken.push(Number(hrtime.bigint() - start) / 1000);
    }
    return taken.toSorted((a, b) => a - b)[Math.floor(writes / 2)] ?? 0;
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}

function judgeKind(folder: string, isDemonstration: boolean): Finding {
  const { type } = statfsSync(folder);
  const fix = 'Put the data folder on a disk of this machine.';
  if (remoteTypes.has(type))
    return fail('The data folder lies on another machine; locks do not hold there.', fix);
  if (!volatileTypes.has(type)) return ok('It lies on a disk.');
  const told = 'The data folder lies in memory: everything is gone when the power goes.';
  return isDemonstration ? warn(told, fix) : fail(told, fix);
}

export async function checkDisk({ config }: KioskScene): Promise<Finding> {
  const folder = standing(config.dataDir);
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    const kind = judgeKind(folder, config.district === undefined);
    const room = judgeRoom(bavail * bsize, blocks * bsize);
    if (folder !== config.dataDir) return together([room, kind]);
    return together([room, kind, judgeSync(measureSync(folder))]);
  } catch (error) {
    const sentence = diskSentence(error);
    if (sentence === null) throw error;
    return fail(
      `${folder}: ${sentence}.`,
      'Give the folder to the user of the kiosk, and run doctor as that user or as root.',
    );
  }
}

const farAheadMs = 10 * 365 * 86_400_000;

/** Null where the system does not say. */
async function isNetworkTimeKept(): Promise<boolean | null> {
  if (!existsSync('/run/systemd/system')) return null;
  try {
    const { stdout } = await promisify(execFile)(
      'timedatectl',
      ['show', '--property=NTPSynchronized', '--value'],
      { timeout: 5000 },
    );
    return stdout.trim() === 'yes';
  } catch {
    return null;
  }
}

export function judgeClock(now: Date, builtAt: Date, isTrusted: boolean, isKept: boolean | null): Finding {
  const told = `It is ${now.toISOString()}.`;
  const fix = 'Set the clock and let the system keep it by the network (timedatectl set-ntp true).';
  if (now < builtAt) return fail(`${told} That is before this program was made.`, fix);
  if (now.getTime() - builtAt.getTime() > farAheadMs)
    return fail(`${told} That is more than ten years after this program was made.`, fix);
  if (!isTrusted)
    return fail(`${told} The clock was set back while the kiosk ran; nothing is dated by it.`, fix);
  if (isKept === false) return warn(`${told} Nothing on the network keeps the clock.`, fix);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ok(
    zone === 'Europe/Copenhagen'
      ? told
      : `${told} The machine's zone is ${zone}; screens and paper use Copenhagen's all the same.`,
  );
}

export async function checkClock({ now, running }: Scene, builtAt: Date): Promise<Finding> {
  return judgeClock(now, builtAt, running?.isClockTrusted ?? true, await isNetworkTimeKept());
}

/** What others on this machine may do with the folder and the keys in it. */
export function checkRights(dataDir: string, secretFiles: readonly string[]): Finding {
  if (process.platform === 'win32') return skipped('Rights of files are not looked at on Windows.');
  const open = [dataDir, ...secretFiles].filter(
    (path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0,
  );
  return open.length === 0
    ? ok('Nobody else on this machine may read the data folder.')
    : fail(`Others on this machine may reach ${open.join(', ')}.`, `chmod go-rwx ${open.join(' ')}`);
}
