import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');

export interface Ended {
  readonly code: number;
  readonly isTimedOut: boolean;
}

export interface RunOptions {
  readonly limitMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The same Node for every child, found first in its PATH too, so that a bare `node` in a test is never the system's. */
function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const searched = [
    path.dirname(process.execPath),
    path.join(root, 'node_modules', '.bin'),
    process.env['PATH'] ?? '',
  ];
  return { ...process.env, PATH: searched.join(path.delimiter), ...extra };
}

/**
 * Runs a Node script of this project to its end, without a terminal to ask. At the limit the script and everything it
 * started are ended.
 */
export function runNode(args: readonly string[], options: RunOptions): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: childEnvironment(options.env ?? {}),
  });
  let isTimedOut = false;
  const endGroup = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const timer = setTimeout(() => {
    isTimedOut = true;
    endGroup();
  }, options.limitMs);
  child.once('error', () => {
    clearTimeout(timer);
    resolve({ code: 127, isTimedOut });
  });
  child.once('exit', (code) => {
    clearTimeout(timer);
    endGroup();
    resolve({ code: code ?? 1, isTimedOut });
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      endGroup();
      process.exit(130);
    });
  }
  return promise;
}
