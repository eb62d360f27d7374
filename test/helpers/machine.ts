import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { imageFolder } from './machine-image.ts';

// What a machine is given is read there by users who are not root, whatever the habits of whoever runs the tests.
process.umask(0o022);

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A Debian that has booted with a systemd and a network of its own, and is gone after the test. */
export interface Machine {
  /** Its file system, as this machine sees it. */
  readonly root: string;
  /** Runs a command in it as root, to its end. */
  run(...argv: readonly string[]): Ended;
  /** The same; fails the test when the command does. Answers what it wrote. */
  must(...argv: readonly string[]): string;
  /** Arguments of `nsenter` with which a command runs there. */
  enter(...argv: readonly string[]): string[];
  /** A program on this machine that sees the network of that one: a browser at its screen. */
  wrap(program: string): string;
  close(): Promise<void>;
}

/** Empty once nspawn is gone. */
const leaderOf = (pid: number): string => {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? (readFileSync(file, 'utf8').trim().split(' ')[0] ?? '') : '';
};

/** Waits for a condition; a machine that is busy takes its time. */
export async function until(
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  limitMs = 120_000,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await delay(100);
  }
}

const must = (command: string, args: readonly string[]): void => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
};

/** @param shared folders of this machine, by the place where that one sees them. */
export async function bootMachine(shared: Readonly<Record<string, string>>): Promise<Machine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'skranke-machine-'));
  const [root = '', upper = '', work = ''] = ['root', 'upper', 'work'].map((name) => {
    const made = path.join(folder, name);
    mkdirSync(made);
    // The upper folder's rights are those of the machine's own root.
    chmodSync(made, 0o755);
    return made;
  });
  must('mount', [
    '-t',
    'overlay',
    'overlay',
    '-o',
    `lowerdir=${imageFolder},upperdir=${upper},workdir=${work}`,
    root,
  ]);
  const binds = Object.entries(shared).map(([inside, outside]) => `--bind-ro=${outside}:${inside}`);
  const nspawn = spawn(
    'systemd-nspawn',
    [
      ...['--quiet', '--boot', '--register=no', '--keep-unit', '--private-network', '--console=pipe'],
      ...['--resolv-conf=off', '--timezone=off', `--machine=${path.basename(folder).toLowerCase()}`],
      ...[`--directory=${root}`, ...binds, 'systemd.show_status=0'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  nspawn.stderr.on('data', (chunk) => (said += String(chunk)));
  const gone = once(nspawn, 'exit');
  const leader = (): string => leaderOf(nspawn.pid ?? 0);
  const enter = (...argv: readonly string[]): string[] => [
    ...['-t', leader(), '-m', '-u', '-i', '-n', '-p', '-r', '-w', '--'],
    ...argv,
  ];
  const run = (...argv: readonly string[]): Ended => {
    const done = spawnSync('nsenter', enter(...argv), {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        LC_ALL: 'C.UTF-8',
        DEBIAN_FRONTEND: 'noninteractive',
        HOME: '/root',
      },
    });
    return { code: done.status ?? 1, out: done.stdout, err: done.stderr };
  };
  const close = async (): Promise<void> => {
    // Its first process takes all others along; without it they would outlive nspawn.
    if (/^\d+$/.test(leader())) process.kill(Number(leader()), 'SIGKILL');
    else nspawn.kill('SIGKILL');
    await gone;
    spawnSync('umount', ['--lazy', root]);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    let state = 'not begun';
    await until('the machine boots', () => {
      if (nspawn.exitCode !== null) throw new Error(`systemd-nspawn ended: ${said}`);
      if (/^\d+$/.test(leader())) state = run('systemctl', 'is-system-running').out.trim();
      if (state === 'degraded') throw new Error(run('systemctl', 'list-units', '--failed', '--plain').out);
      return state === 'running';
    }).catch((error: unknown) => {
      throw new Error(`the machine does not boot (${state}): ${said}`, { cause: error });
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    root,
    enter,
    run,
    must: (...argv) => {
      const ended = run(...argv);
      if (ended.code !== 0)
        throw new Error(`${argv.join(' ')} ended with ${ended.code}:\n${ended.out}${ended.err}`);
      return ended.out;
    },
    wrap: (program) => {
      const script = path.join(folder, path.basename(program));
      writeFileSync(script, `#!/bin/sh\nexec nsenter -t ${leader()} -n -- ${program} "$@"\n`);
      chmodSync(script, 0o755);
      return script;
    },
    close,
  };
}

/** What `npm run package` made last; the suite looks at it and builds nothing itself. */
export function builtDeb(name: 'skranke' | 'skranke-node'): string {
  const release = path.resolve(import.meta.dirname, '..', '..', 'release');
  const list = path.join(release, 'SHA256SUMS');
  const text = existsSync(list) ? readFileSync(list, 'utf8') : '';
  const file = new RegExp(String.raw`^\S+ {2}(${name}_\S+\.deb)$`, 'm').exec(text)?.[1];
  if (file === undefined) throw new Error('nothing is packed: run "npm run package -- --stand-in" first');
  return path.join(release, file);
}
