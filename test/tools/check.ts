import path from 'node:path';
import { root, runNode } from './process.ts';

/* `npm run check`: everything that judges the text of the project, one line each. */
const bin = (...parts: string[]): string => path.join(root, 'node_modules', ...parts);

const checks: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json'] },
  {
    name: 'types of the screens',
    args: [
      bin('svelte-check', 'bin', 'svelte-check'),
      ...['--tsconfig', 'src-renderer/tsconfig.json', '--output', 'human', '--threshold', 'warning'],
      '--fail-on-warnings',
    ],
  },
  { name: 'lint', args: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'form', args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', args: [bin('knip', 'bin', 'knip.js')] },
];

const verdicts: string[] = [];
for (const { name, args } of checks) {
  const { code } = await runNode(args, { limitMs: 600_000 });
  verdicts.push(`${code === 0 ? 'fine' : 'NOT FINE'}: ${name}`);
  if (code !== 0) process.exitCode = 1;
}
process.stdout.write(`\n${verdicts.join('\n')}\n`);
