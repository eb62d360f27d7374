import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, programRoot } from '../app/config.ts';

export type ElectronRuntime =
  { readonly found: true; readonly path: string } | { readonly found: false; readonly why: string };

/** The runtime that the environment names, or the one an installed `electron` package has fetched. Starts no download. */
export function findElectron(): ElectronRuntime {
  const named = environment().electron;
  if (named !== null)
    return existsSync(named)
      ? { found: true, path: named }
      : { found: false, why: `no Electron runtime at ${named}` };
  const folder = join(programRoot(), 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (existsSync(pathFile)) {
    const path = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
    if (existsSync(path)) return { found: true, path };
  }
  return { found: false, why: 'no Electron runtime is installed' };
}

/** Hands over to the shell and waits for it; the options are its own to read. */
export function runElectron(path: string, argv: readonly string[]): Promise<number> {
  const shell = join(programRoot(), 'out', 'main', 'index.js');
  if (!existsSync(shell)) {
    process.stderr.write('skranke: the shell is not built; run "npm run build" first.\n');
    return Promise.resolve(1);
  }
  return new Promise((resolve) => {
    const child = spawn(path, [shell, ...argv], { stdio: 'inherit' });
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}
