import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from './run-command.ts';
import { sha256 } from './sums.ts';
import { sourceDate } from './source-date.ts';

const suite = 'stable';
const component = 'main';

/** One paragraph of Packages: the deb's own control file, and where to have it. */
function describeDeb(folder: string, name: string): string {
  const file = path.join(folder, name);
  const control = runCommand('dpkg-deb', ['--field', file]).trimEnd();
  const { size } = statSync(file);
  return `${control}\nFilename: ${name}\nSize: ${size}\nSHA256: ${sha256(file)}\n`;
}

/** The list that apt believes, because its sum stands in the signed Release. */
function writeRelease(dist: string, lists: readonly string[]): string {
  const sums = lists.map((name) => {
    const bytes = readFileSync(path.join(dist, name));
    return ` ${createHash('sha256').update(bytes).digest('hex')} ${bytes.length} ${name}\n`;
  });
  const text = [
    'Origin: Skranke\nLabel: Skranke\n',
    `Suite: ${suite}\nCodename: ${suite}\nArchitectures: amd64\nComponents: ${component}\n`,
    `Date: ${new Date(sourceDate() * 1000).toUTCString().replace('GMT', '+0000')}\n`,
    `SHA256:\n${sums.join('')}`,
  ].join('');
  const file = path.join(dist, 'Release');
  writeFileSync(file, text);
  return file;
}

/** With the key that SKRANKE_REPOSITORY_KEY names in whoever builds' gpg; without one apt has to be told to trust it. */
function signRelease(dist: string, release: string): void {
  for (const old of ['InRelease', 'Release.gpg']) rmSync(path.join(dist, old), { force: true });
  const key = process.env['SKRANKE_REPOSITORY_KEY'];
  if (key === undefined || key === '') return;
  const gpg = ['--batch', '--yes', '--local-user', key, '--output'];
  runCommand('gpg', [...gpg, path.join(dist, 'InRelease'), '--clear-sign', release]);
  runCommand('gpg', [...gpg, path.join(dist, 'Release.gpg'), '--armor', '--detach-sign', release]);
}

/**
 * Adds debs to an apt repository in a folder, which any web server hands out. Older versions stay: a kiosk must find its way
 * back to the one it had.
 */
export function writeRepository(folder: string, debs: readonly string[]): void {
  const pool = path.join(folder, 'pool');
  mkdirSync(pool, { recursive: true });
  for (const deb of debs) {
    const to = path.join(pool, path.basename(deb));
    if (existsSync(to) && sha256(to) !== sha256(deb))
      throw new Error(`${to}: a version that was given out once never changes; build a new one`);
    copyFileSync(deb, to);
  }
  const names = readdirSync(pool)
    .filter((name) => name.endsWith('.deb'))
    .toSorted();
  const packages = names.map((name) => describeDeb(folder, path.join('pool', name))).join('\n');
  const dist = path.join(folder, 'dists', suite);
  const lists = path.join(component, 'binary-amd64');
  mkdirSync(path.join(dist, lists), { recursive: true });
  writeFileSync(path.join(dist, lists, 'Packages'), packages);
  writeFileSync(path.join(dist, lists, 'Packages.gz'), gzipSync(packages, { level: 9 }));
  const release = writeRelease(
    dist,
    ['Packages', 'Packages.gz'].map((name) => path.join(lists, name)),
  );
  signRelease(dist, release);
}
