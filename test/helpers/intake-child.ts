import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

export interface IntakeChild {
  readonly url: string;
  readonly process: ChildProcess;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts `intake-process.ts`, under `wrapper` when one is given (strace). */
export async function startIntakeChild(
  databaseUrl: string,
  keyFolder: string,
  port = 0,
  wrapper: readonly string[] = [],
): Promise<IntakeChild> {
  const script = path.join(import.meta.dirname, 'intake-process.ts');
  const words = [...wrapper, process.execPath, script, databaseUrl, keyFolder, String(port)];
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
      const address = /^(http:\S+)\n/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
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
