import { spawnSync } from 'node:child_process';

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a program of the system to its end and answers what it wrote. @throws Error with its last words when it fails. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions = {}): string {
  const done = spawnSync(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (done.status === 0) return done.stdout;
  const why = done.error?.message ?? `ended with ${String(done.status ?? done.signal)}`;
  throw new Error(
    `${command} ${args.join(' ')}: ${why}\n${`${done.stdout ?? ''}${done.stderr ?? ''}`.slice(-2000)}`,
  );
}
