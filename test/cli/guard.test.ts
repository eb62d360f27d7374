import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const guard = path.resolve(import.meta.dirname, '../../src-main/cli/guard.js');

/** Runs the guard in a Node that says it is of another version. */
function runAs(version: string, ...args: string[]) {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${pretend}`, guard, ...args], {
    encoding: 'utf8',
    timeout: 60_000,
  });
}

test.each(['18.20.0', '20.20.2', '22.9.0'])('Node %s gets one sentence and exit code 2', (version) => {
  const { status, stdout, stderr } = runAs(version, 'start');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(version);
  expect(stderr).toContain('Node 24');
});

test('Node 24 goes on to the command line', () => {
  const { status, stdout } = runAs('24.0.0', 'help');
  expect(status).toBe(0);
  expect(stdout).toContain('skranke COMMAND');
});
