import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export interface IntakeChild {
  readonly url: string;
  readonly process: ChildProcess;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts `intake-process.ts`, under `wrapper` when one is given (strace). */
export function startIntakeChild(
  databaseUrl: string,
  keyFolder: string,
  port = 0,
  wrapper: readonly string[] = [],
): Promise<IntakeChild> {
  const script = path.join(import.meta.dirname, 'intake-process.ts');
  return startServing([...wrapper, process.execPath, script, databaseUrl, keyFolder, String(port)]);
}

/** Starts the command that districts use: the folder of keys is the one `district key` makes. */
export function startDistrictServe(databaseUrl: string, keys: string, port = 0): Promise<IntakeChild> {
  const script = path.join(import.meta.dirname, '../../src-main/cli/skranke.ts');
  const options = ['--database', databaseUrl, '--keys', keys, '--port', String(port), '--json'];
  return startServing([process.execPath, script, 'district', 'serve', ...options]);
}

/** Ready when it has said an address of this machine. */
export async function startServing(words: readonly string[]): Promise<IntakeChild> {
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  // A failed test must not leave an intake behind.
  const last = (): void => void child.kill('SIGKILL');
  process.once('exit', last);
  child.once('exit', () => process.off('exit', last));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /\bhttp:[\w.:/]+(?=["\n])/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    // Of a log that goes on for long only the end is told.
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (complaint = (complaint + text).slice(-4000)));
    child.once('exit', () => reject(new Error(`the intake ended: ${complaint}`)));
  });
  return {
    url,
    process: child,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
