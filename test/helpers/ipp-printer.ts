import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createIppPrinter } from '../../src-main/adapters/ipp-printer.ts';
import { freePort } from './free-port.ts';

/** CUPS's own stand-in for a driverless printer. */
export interface IppEvePrinter {
  readonly url: string;
  /** What came out. */
  printed(): readonly Buffer[];
  /** The state it took ends, and the job goes on. */
  release(): void;
  stop(): Promise<void>;
}

/**
 * `prints`, or a state it takes as soon as a job starts (as its command tells it: `+media-empty`), and keeps until the job
 * is let go on.
 */
export type IppEveBehaviour = 'prints' | `+${string}`;

const startLimitMs = 60_000;

/** Starts dbus and avahi where they are installed, not running, and this is root; ippeveprinter needs them. */
export function prepareIppEvePrinter(): void {
  if (process.getuid?.() !== 0 || spawnSync('avahi-daemon', ['--check']).status !== 1) return;
  if (!existsSync('/run/dbus/system_bus_socket')) {
    mkdirSync('/run/dbus', { recursive: true });
    spawnSync('dbus-daemon', ['--system', '--fork'], { stdio: 'ignore', timeout: 30_000 });
  }
  spawnSync('avahi-daemon', ['--daemonize', '--no-drop-root', '--no-chroot'], {
    stdio: 'ignore',
    timeout: 30_000,
  });
}

/** Null when it cannot run on this machine: it leaves at once when DNS-SD does not answer. */
export async function startIppEvePrinter(
  behaviour: IppEveBehaviour,
  visibility: 'announced' | 'hidden' = 'hidden',
): Promise<IppEvePrinter | null> {
  const dir = mkdtempSync(join(tmpdir(), 'skranke-ipp-'));
  const released = join(dir, 'released');
  const out = join(dir, 'out');
  mkdirSync(out);
  const command = join(dir, 'command.sh');
  const print = `cp "$1" "${out}/$$.pdf"`;
  const script =
    behaviour === 'prints'
      ? print
      : `echo 'STATE: ${behaviour}' >&2
while [ ! -e "${released}" ]; do sleep 0.1; done
echo 'STATE: -${behaviour.slice(1)}' >&2
${print}`;
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  const port = await freePort();
  const options = [
    '-c',
    command,
    '-k',
    '-d',
    dir,
    '-f',
    'application/pdf',
    '-p',
    String(port),
    ...(visibility === 'hidden' ? ['-r', 'off'] : []),
  ];
  const child = spawn('ippeveprinter', [...options, `Skranke ${port}`], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    writeFileSync(released, '');
    child.kill();
    await ended;
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = `ipp://127.0.0.1:${port}/ipp/print`;
  const isUp = await Promise.race([waitForPrinter(url), ended.then(() => false)]);
  if (!isUp) {
    await stop();
    return null;
  }
  return {
    url,
    release: () => writeFileSync(released, ''),
    printed: () => readdirSync(out).map((file) => readFileSync(join(out, file))),
    stop,
  };
}

async function waitForPrinter(url: string): Promise<boolean> {
  const printer = createIppPrinter({ url, kioskId: '07120' });
  const giveUp = AbortSignal.timeout(startLimitMs);
  while (!giveUp.aborted) {
    if ((await printer.status(giveUp)).state === 'ready') return true;
    await delay(100);
  }
  return false;
}
