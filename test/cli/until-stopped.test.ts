import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../helpers/kiosk-process.ts';

/** A program that closes nothing of what it opened; it waits until it is asked to stop. */
function startProgram(held: string): ChildProcess {
  const module = join(projectRoot, 'src-main/cli/until-stopped.ts');
  const program = `
    const { untilAskedToStop } = await import(${JSON.stringify(module)});
    const stopping = untilAskedToStop(500);
    ${held}
    console.log('ready');
    await stopping;`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function stop(program: ChildProcess): Promise<{ code: unknown; err: string }> {
  let err = '';
  program.stderr?.on('data', (chunk) => (err += String(chunk)));
  if (program.stdout !== null) await once(program.stdout, 'data');
  program.kill('SIGTERM');
  const [code] = await once(program, 'close');
  return { code, err };
}

it('ends at once when nothing holds it, and says what it was that held it when something does', async () => {
  expect(
    await stop(
      startProgram('const held = setInterval(() => {}, 1000); stopping.then(() => clearInterval(held));'),
    ),
  ).toEqual({
    code: 0,
    err: '',
  });
  const held = await stop(startProgram('setInterval(() => {}, 1000);'));
  expect(held.code).toBe(1);
  expect(held.err).toContain('still open: ');
  expect(held.err).toContain('Timeout');
});
