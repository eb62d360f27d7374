import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { rendererConfig } from '../../electron.config.ts';
import { root, runNode } from './process.ts';

/*
 * `npm run build` builds everything; `--renderer` only the screens, which is all the Node host needs; `--if-stale` leaves a
 * build alone that is newer than every source.
 */
const output = path.join(root, 'out', 'renderer');
const stamp = path.join(output, '.built');
const sources = ['src-renderer', 'src-main/contract', 'src-main/domain', 'resources', 'electron.config.ts'];

function newestAt(file: string): number {
  if (!existsSync(file)) return 0;
  const status = statSync(file);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newestAt(path.join(file, name))));
}

/** Whether the built screens are missing or older than what they are made from. */
export function isRendererStale(): boolean {
  if (!existsSync(stamp)) return true;
  const builtAt = statSync(stamp).mtimeMs;
  return sources.some((source) => newestAt(path.join(root, source)) > builtAt);
}

function swapIn(fresh: string, old: string): void {
  try {
    if (existsSync(output)) renameSync(output, old);
    renameSync(fresh, output);
  } catch (error) {
    // Another builder came between the two lines: its build is as new as ours.
    if (!existsSync(stamp)) throw error;
  }
}

/** Built beside and swapped in, so that a host which serves the old build, or a second builder, never sees half of one. */
export async function buildRenderer(): Promise<void> {
  const startedAt = new Date();
  const fresh = path.join(root, 'out', `.renderer-${process.pid}`);
  const old = path.join(root, 'out', `.renderer-old-${process.pid}`);
  mkdirSync(path.dirname(output), { recursive: true });
  try {
    await build({
      ...rendererConfig,
      configFile: false,
      logLevel: 'warn',
      build: { ...rendererConfig.build, outDir: fresh },
    });
    writeFileSync(path.join(fresh, '.built'), '');
    utimesSync(path.join(fresh, '.built'), startedAt, startedAt);
    swapIn(fresh, old);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** Main, preload and screens, as a package holds them. */
async function buildAll(): Promise<number> {
  const script = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { code } = await runNode([script, 'build', '-c', 'electron.config.ts', '--logLevel', 'warn'], {
    limitMs: 600_000,
  });
  if (code === 0) writeFileSync(stamp, '');
  return code;
}

if (import.meta.main) {
  const flags = process.argv.slice(2);
  const isFresh = flags.includes('--if-stale') && !isRendererStale();
  if (isFresh) process.stdout.write('build: the screens are up to date\n');
  else if (flags.includes('--renderer')) {
    await buildRenderer();
    process.stdout.write('build: screens in out/renderer\n');
  } else {
    process.exitCode = await buildAll();
    if (process.exitCode === 0) process.stdout.write('build: out/main, out/preload, out/renderer\n');
  }
}
