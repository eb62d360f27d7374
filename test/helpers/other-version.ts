import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../tools/packaging/run-command.ts';

/** Where a program of some version stands in a tree. */
export const programOf = (tree: string, version: string): string =>
  path.join(tree, 'usr/lib/skranke', version);

/**
 * Makes skranke-node of another version out of the built one, as a later or an earlier build would give it, and lets a test
 * change what is in it.
 */
export function makeVersion(
  deb: string,
  version: string,
  outDir: string,
  change: (program: string) => void = () => undefined,
): string {
  const scratch = mkdtempSync(path.join(tmpdir(), 'skranke-version-'));
  try {
    const tree = path.join(scratch, 'tree');
    runCommand('dpkg-deb', ['--raw-extract', deb, tree]);
    const control = path.join(tree, 'DEBIAN');
    const old = /^Version: (.+)$/m.exec(readFileSync(path.join(control, 'control'), 'utf8'))?.[1] ?? '';
    for (const name of readdirSync(control)) {
      const file = path.join(control, name);
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replaceAll(`Version: ${old}`, `Version: ${version}`).replaceAll(`"${old}"`, `"${version}"`),
      );
    }
    const program = programOf(tree, version);
    renameSync(programOf(tree, old), program);
    const about = path.join(program, 'package.json');
    writeFileSync(
      about,
      readFileSync(about, 'utf8').replace(`"version": "${old}"`, `"version": "${version}"`),
    );
    change(program);
    rmSync(path.join(control, 'md5sums'), { force: true });
    mkdirSync(outDir, { recursive: true });
    const made = path.join(outDir, `skranke-node_${version}_amd64.deb`);
    runCommand('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, made]);
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** One step of the database after the last that this program knows. */
export function addMigration(program: string, sql: string): void {
  const folder = path.join(program, 'db', 'migrations');
  const number = String(readdirSync(folder).length + 1).padStart(4, '0');
  writeFileSync(path.join(folder, `${number}-later.sql`), `${sql}\n`);
}
