import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Where a command is, also in the folders a small PATH leaves out. */
export function commandPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/sbin', '/bin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** An installed Chromium; `CHROMIUM` decides when it is set. */
export function chromiumPath(): string | undefined {
  const chosen = process.env['CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  return commandPath('chromium') ?? commandPath('chromium-browser') ?? commandPath('google-chrome');
}

/** The folder with `initdb` and `postgres`, newest version first. */
export function postgresFolder(): string | undefined {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return undefined;
  const versions = readdirSync(base).toSorted((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => path.join(base, version, 'bin'))
    .find((bin) => existsSync(`${bin}/initdb`));
}

/** Electron's binary, when its package has one; the package installs without it. */
export function electronPath(): string | undefined {
  const chosen = process.env['SKRANKE_ELECTRON'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const binary = path.join(folder, 'dist', 'electron');
  return existsSync(binary) ? binary : undefined;
}
