import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkPackage } from './package-check.ts';
import { root, runNode } from './process.ts';
import { makeStandInRuntime } from './stand-in-runtime.ts';

/*
 * `npm run package -- --target dir` packs with Electron's runtime; `--stand-in` with a folder that only looks like one, for
 * machines that cannot download it. Either way the result is looked at afterwards.
 */
const minutes = 60_000;
const { values } = parseArgs({
  options: { 'stand-in': { type: 'boolean', default: false }, target: { type: 'string', default: 'dir' } },
});

async function pack(scratch: string): Promise<void> {
  const runtime = path.join(scratch, 'runtime');
  if (values['stand-in']) await makeStandInRuntime(runtime);
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['build', [path.join(root, 'test', 'tools', 'build.ts')]],
    [
      'electron-builder',
      [
        path.join(root, 'node_modules', 'electron-builder', 'cli.js'),
        ...['--linux', values.target, '--x64', '-c', 'electron-builder.config.ts', '--publish', 'never'],
      ],
    ],
  ];
  for (const [name, args] of steps) {
    const env = values['stand-in'] ? { ELECTRON_DIST: runtime } : {};
    const { code } = await runNode(args, { limitMs: 8 * minutes, env });
    if (code !== 0) throw new Error(`package: ${name} ended with code ${code}`);
  }
}

const scratch = mkdtempSync(path.join(tmpdir(), 'skranke-package-'));
try {
  await pack(scratch);
  const findings = await checkPackage(path.join(root, 'release', 'linux-unpacked'), scratch);
  for (const { what, isFine, found } of findings) {
    process.stdout.write(`${isFine ? 'fine' : 'NOT FINE'}: ${what}${found === '' ? '' : ` (${found})`}\n`);
  }
  if (findings.some((one) => !one.isFine)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
