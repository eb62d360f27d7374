import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.ts';

export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** As `sha256sum --check` reads it. */
export function writeSums(files: readonly string[], to: string): void {
  const lines = files.map((file) => `${sha256(file)}  ${path.basename(file)}\n`);
  writeFileSync(to, lines.toSorted((a, b) => a.slice(64).localeCompare(b.slice(64), 'en')).join(''));
}

/**
 * The signing hook: SKRANKE_SIGN is a command of whoever builds, called with one file at a time. It may sign inside the file
 * (`debsigs`) or beside it (`gpg --detach-sign`); where it fails, nothing counts as built.
 * @returns whether there is such a command.
 */
export function signFile(file: string): boolean {
  const command = process.env['SKRANKE_SIGN'];
  if (command === undefined || command === '') return false;
  runCommand('sh', ['-c', `${command} "$1"`, 'sh', file]);
  if (!existsSync(file)) throw new Error(`SKRANKE_SIGN took ${file} away.`);
  return true;
}
