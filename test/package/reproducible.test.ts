import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../helpers/kiosk-process.ts';
import { runCommand } from '../tools/packaging/run-command.ts';
import { sourceDate } from '../tools/packaging/source-date.ts';

/** Built, fetched or of git: another clone would not have it. */
const notSources = new Set([
  'node_modules',
  'out',
  'release',
  'screens',
  '.git',
  '.cache',
  'data',
  'coverage',
]);

it('the same sources give the same bytes in another folder, at another time, with other rights, and a hook signs them', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'skranke-second-build-'));
  try {
    for (const name of readdirSync(projectRoot).filter((one) => !notSources.has(one)))
      cpSync(path.join(projectRoot, name), path.join(copy, name), { recursive: true });
    // Links, where they can be made: half a gigabyte of packages.
    runCommand('cp', ['-a', '--link', path.join(projectRoot, 'node_modules'), copy]);
    const build = 'umask 0027 && exec "$0" test/tools/package.ts --stand-in';
    runCommand('sh', ['-c', build, process.execPath], {
      cwd: copy,
      env: {
        SOURCE_DATE_EPOCH: String(sourceDate()),
        SKRANKE_SIGN: 'f() { echo "signed $(basename "$1")" > "$1.sig"; }; f',
      },
    });
    const sums = (root: string): string => readFileSync(path.join(root, 'release', 'SHA256SUMS'), 'utf8');
    expect(sums(copy)).toBe(sums(projectRoot));
    const signed = readdirSync(path.join(copy, 'release')).filter((name) => name.endsWith('.sig'));
    const listed = [...sums(copy).matchAll(/^\S+ {2}(\S+)$/gm)].map((match) => `${match[1]}.sig`);
    expect(signed.toSorted()).toEqual([...listed, 'SHA256SUMS.sig'].toSorted());
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  }
});
