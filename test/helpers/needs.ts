import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { prepareMachine } from './machine-image.ts';
import { chromiumPath, commandPath, electronPath, postgresFolder } from './tools.ts';

/** An outside tool a suite cannot do without. */
export type Tool =
  | 'avahi-browse'
  | 'chromium'
  | 'cups'
  | 'electron'
  | 'ippeveprinter'
  | 'machine'
  | 'openssl'
  | 'pdftoppm'
  | 'postgres'
  | 'socat'
  | 'strace';

export interface Need {
  readonly run: boolean;
  /** Why not, as one sentence; empty when `run`. */
  readonly reason: string;
}

function isPtraceAllowed(): boolean {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '/bin/true'], {
    timeout: 30_000,
    stdio: 'ignore',
  });
  return probe.status === 0;
}

/** A Debian of its own that boots beside this one. */
function judgeMachine(): Need {
  const tool = ['systemd-nspawn', 'debootstrap', 'dpkg-deb'].find((name) => commandPath(name) === undefined);
  if (tool !== undefined) return missing(tool);
  if (process.getuid?.() !== 0)
    return { run: false, reason: 'a machine of its own can only be started by root' };
  const why = prepareMachine();
  return why === null ? present : { run: false, reason: why };
}

const missing = (what: string): Need => ({ run: false, reason: `${what} is not installed` });
const present: Need = { run: true, reason: '' };

function judge(tool: Tool): Need {
  switch (tool) {
    case 'avahi-browse':
      return commandPath('avahi-browse') === undefined ? missing('avahi-browse') : present;
    case 'chromium':
      return chromiumPath() === undefined ? missing('Chromium') : present;
    case 'cups':
      if (commandPath('cupsd') === undefined || commandPath('lpadmin') === undefined) return missing('CUPS');
      if (!existsSync('/usr/lib/cups/backend/cups-pdf')) return missing('cups-pdf');
      return process.getuid?.() === 0
        ? present
        : { run: false, reason: 'a CUPS of its own can only be started by root' };
    case 'electron':
      return electronPath() === undefined
        ? { run: false, reason: 'no Electron runtime was found (its package is there, its binary is not)' }
        : present;
    case 'ippeveprinter':
      if (commandPath('ippeveprinter') === undefined) return missing('ippeveprinter');
      return existsSync('/run/avahi-daemon/socket') || existsSync('/var/run/avahi-daemon/socket')
        ? present
        : { run: false, reason: 'ippeveprinter needs a running avahi-daemon' };
    case 'machine':
      return judgeMachine();
    case 'openssl':
      return commandPath('openssl') === undefined ? missing('openssl') : present;
    case 'pdftoppm':
      return commandPath('pdftoppm') === undefined ? missing('pdftoppm') : present;
    case 'postgres':
      return postgresFolder() === undefined ? missing('PostgreSQL') : present;
    case 'socat':
      return commandPath('socat') === undefined ? missing('socat') : present;
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
