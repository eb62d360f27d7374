import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.ts';
import { setTimes } from './source-date.ts';

/** What goes into one deb: a folder laid out as the root of the machine, and a folder with its control file and scripts. */
export interface DebParts {
  readonly tree: string;
  readonly controlDir: string;
  readonly version: string;
  readonly seconds: number;
  /** Under which the deb is written, as NAME_VERSION_amd64.deb. */
  readonly outDir: string;
  /** Said in front of the description. */
  readonly warning: string | null;
  /** Paths with rights of their own; all others are 0755 where they are a folder or a program, else 0644. */
  readonly rights: ReadonlyMap<string, number>;
}

const scripts = ['preinst', 'postinst', 'prerm', 'postrm'];

const namesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

/** Whatever the builder's umask was. */
function setRights(tree: string, rights: DebParts['rights']): void {
  for (const name of namesBelow(tree)) {
    const file = path.join(tree, name);
    const status = lstatSync(file);
    if (status.isSymbolicLink()) continue;
    const isProgram = status.isDirectory() || (status.mode & 0o111) !== 0;
    chmodSync(file, rights.get(name) ?? (isProgram ? 0o755 : 0o644));
  }
  chmodSync(tree, 0o755);
}

/** For `dpkg --verify`, which tells on Linux whether a program was changed. */
function writeSums(tree: string, control: string): number {
  let bytes = 0;
  const lines: string[] = [];
  for (const name of namesBelow(tree)) {
    const file = path.join(tree, name);
    const status = lstatSync(file);
    if (!status.isFile() || name.startsWith('DEBIAN')) continue;
    bytes += status.size;
    lines.push(`${createHash('md5').update(readFileSync(file)).digest('hex')}  ${name}\n`);
  }
  writeFileSync(path.join(control, 'md5sums'), lines.join(''));
  return bytes;
}

/** Everything under /etc: what IT changes there outlives an update. */
function writeConffiles(tree: string, control: string): void {
  const etc = path.join(tree, 'etc');
  if (!existsSync(etc)) return;
  const files = namesBelow(etc).filter((name) => lstatSync(path.join(etc, name)).isFile());
  writeFileSync(path.join(control, 'conffiles'), files.map((name) => `/etc/${name}\n`).join(''));
}

function writeControl(parts: DebParts, control: string, bytes: number): string {
  const template = readFileSync(path.join(parts.controlDir, 'control'), 'utf8');
  const said = template
    .replaceAll('${version}', parts.version.replace(/~standin$/, ''))
    .replace('Architecture: amd64\n', `Architecture: amd64\nVersion: ${parts.version}\n`)
    .replace(
      /^Description: /m,
      `Installed-Size: ${Math.ceil(bytes / 1024)}\nDescription: ${parts.warning ?? ''}`,
    );
  writeFileSync(path.join(control, 'control'), said);
  const name = /^Package: (\S+)$/m.exec(said)?.[1];
  if (name === undefined) throw new Error(`${parts.controlDir}/control: expected a line "Package: NAME"`);
  return name;
}

/** Puts the deb together; the same parts give the same bytes, wherever and whenever. */
export function writeDeb(parts: DebParts): string {
  const { tree, controlDir, seconds } = parts;
  const control = path.join(tree, 'DEBIAN');
  setRights(tree, parts.rights);
  mkdirSync(control);
  chmodSync(control, 0o755);
  const bytes = writeSums(tree, control);
  writeConffiles(tree, control);
  const name = writeControl(parts, control, bytes);
  for (const file of readdirSync(control)) chmodSync(path.join(control, file), 0o644);
  for (const script of scripts.filter((one) => existsSync(path.join(controlDir, one)))) {
    copyFileSync(path.join(controlDir, script), path.join(control, script));
    chmodSync(path.join(control, script), 0o755);
  }
  setTimes(tree, seconds);
  const deb = path.join(parts.outDir, `${name}_${parts.version}_amd64.deb`);
  // Zstandard packs this tree in seconds where xz takes a minute; one thread, so that the bytes do not hang on the machine.
  const packing = ['--root-owner-group', '-Zzstd', '-z9', '--threads-max=1'];
  runCommand('dpkg-deb', [...packing, '--build', tree, deb], { env: { SOURCE_DATE_EPOCH: String(seconds) } });
  return deb;
}
