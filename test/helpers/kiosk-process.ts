import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { whereItHangs } from './where-it-hangs.ts';

export const projectRoot = resolve(import.meta.dirname, '..', '..');

const readySchema = z.object({
  kiosk: z.string(),
  desk: z.string(),
  deskNetwork: z.string().nullable(),
  district: z.string().nullable(),
  dataDir: z.string(),
  host: z.string(),
  host_reason: z.string(),
});
export type Ready = z.infer<typeof readySchema>;

/** A real `skranke start` in a process of its own. */
export interface KioskProcess {
  readonly ready: Ready;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. Rejects when something held it until it was ended. */
  stop(): Promise<number | null>;
  /** For cleaning up: the same, but one that would not stop is told with its stack and ended, and fails no test. */
  putAway(): Promise<void>;
}

/** Twice what the program gives itself. */
const longestStopMs = 40_000;
const hungMark = 'hung when it was asked to stop:';

/** How long a busy two-core machine may take to start a kiosk, building its screens included. */
const startMs = 240_000;

function command(argv: readonly string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, 'src-main/cli/skranke.ts'), ...argv], {
    cwd: projectRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts a kiosk on any free ports and waits until it says that it is ready. */
export function startKiosk(
  dataDir: string,
  options: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<KioskProcess> {
  return startServing(['start', '--host', 'node', '--data-dir', dataDir, ...options], environment);
}

/** A real `skranke content preview`. */
export function startPreview(options: readonly string[]): Promise<KioskProcess> {
  return startServing(['content', 'preview', ...options], {});
}

async function startServing(
  argv: readonly string[],
  environment: Record<string, string>,
): Promise<KioskProcess> {
  const child = command([...argv, '--port', '0', '--no-open', '--json'], environment);
  let output = '';
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  const ready = await new Promise<Ready>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the kiosk did not start:\n${output}`));
    }, startMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the kiosk ended with ${String(code)}:\n${output}`));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      output += `${line}\n`;
      if (!line.startsWith('{')) return;
      const parsed = readySchema.safeParse(JSON.parse(line));
      if (!parsed.success) return;
      clearTimeout(timer);
      resolve(parsed.data);
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      const isGone = await Promise.race([gone.then(() => true), delay(longestStopMs, false, { ref: false })]);
      if (!isGone) {
        // Not even its own deadline came: its event loop stands still, and only a look from outside says where.
        output += `${hungMark}\n${await whereItHangs(child.pid ?? 0)}\n`;
        process.stderr.write(`${output}\n`);
        child.kill('SIGKILL');
        await gone;
      }
    }
    return child.exitCode;
  };
  return {
    ready,
    output: () => output,
    kill: async () => {
      await end('SIGKILL');
    },
    stop: async () => {
      const code = await end('SIGTERM');
      if (output.includes('did not stop within') || output.includes(hungMark))
        throw new Error(`a kiosk that would not stop:\n${output}`);
      return code;
    },
    putAway: async () => {
      await end('SIGTERM');
    },
  };
}

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one command of `skranke` to its end. */
export async function runSkranke(
  argv: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandResult> {
  const child = command(argv, environment);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += String(chunk)));
  child.stderr?.on('data', (chunk) => (err += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** A folder for one test, gone after it. */
export async function makeDataDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'skranke-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
