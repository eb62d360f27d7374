import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'vitest';

/** An outside tool a suite cannot do without. */
export type Tool = 'chromium' | 'electron' | 'ippeveprinter' | 'pdftoppm' | 'postgres' | 'strace';

export interface Need {
  readonly run: boolean;
  /** Why not, as one sentence; empty when `run`. */
  readonly reason: string;
}

function commandPath(name: string): string | undefined {
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
  const chosen = process.env['ELECTRON_PATH'];
  if (chosen !== undefined && chosen !== '') return existsSync(chosen) ? chosen : undefined;
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const binary = path.join(folder, 'dist', 'electron');
  return existsSync(binary) ? binary : undefined;
}

function isPtraceAllowed(): boolean {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '/bin/true'], {
    timeout: 30_000,
    stdio: 'ignore',
  });
  return probe.status === 0;
}

const missing = (what: string): Need => ({ run: false, reason: `${what} is not installed` });
const present: Need = { run: true, reason: '' };

function judge(tool: Tool): Need {
  switch (tool) {
    case 'chromium':
      return chromiumPath() === undefined ? missing('Chromium') : present;
    case 'electron':
      return electronPath() === undefined
        ? { run: false, reason: 'no Electron runtime was found (its package is there, its binary is not)' }
        : present;
    case 'ippeveprinter':
      if (commandPath('ippeveprinter') === undefined) return missing('ippeveprinter');
      return existsSync('/run/avahi-daemon/socket') || existsSync('/var/run/avahi-daemon/socket')
        ? present
        : { run: false, reason: 'ippeveprinter needs a running avahi-daemon' };
    case 'pdftoppm':
      return commandPath('pdftoppm') === undefined ? missing('pdftoppm') : present;
    case 'postgres':
      return postgresFolder() === undefined ? missing('PostgreSQL') : present;
    case 'strace':
      if (commandPath('strace') === undefined) return missing('strace');
      return isPtraceAllowed() ? present : { run: false, reason: 'ptrace is refused on this machine' };
  }
}

const verdicts = new Map<Tool, Need>();

/** The same answer as `needs`, without noting a skipped suite. */
export function hasTool(tool: Tool): Need {
  const known = verdicts.get(tool) ?? judge(tool);
  verdicts.set(tool, known);
  return known;
}

/**
 * Says whether a suite can run: `describe.skipIf(!needs('strace').run)`. A suite that cannot is told to `npm test`, which
 * prints it with its reason; nothing is left out silently.
 */
export function needs(tool: Tool): Need {
  const need = hasTool(tool);
  const file = process.env['SKRANKE_SKIPS'];
  if (!need.run && file !== undefined && file !== '') {
    const suite = path.relative(process.cwd(), expect.getState().testPath ?? 'a suite');
    appendFileSync(file, `skipped: ${suite}, because ${need.reason}\n`);
  }
  return need;
}
