import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { chromiumPath, commandPath, postgresFolder } from '../helpers/tools.ts';

/** Debian packages the tests look through the product with. None of them is needed to run Skranke. */
const packages: readonly { readonly name: string; readonly isThere: () => boolean }[] = [
  { name: 'chromium', isThere: () => chromiumPath() !== undefined },
  { name: 'fonts-noto-core', isThere: () => existsSync('/usr/share/fonts/truetype/noto') },
  { name: 'cups-ipp-utils', isThere: () => commandPath('ippeveprinter') !== undefined },
  { name: 'cups', isThere: () => commandPath('cupsd') !== undefined },
  { name: 'cups-client', isThere: () => commandPath('lpadmin') !== undefined },
  {
    name: 'printer-driver-cups-pdf',
    isThere: () => existsSync('/usr/lib/cups/backend/cups-pdf'),
  },
  { name: 'openssl', isThere: () => commandPath('openssl') !== undefined },
  { name: 'socat', isThere: () => commandPath('socat') !== undefined },
  { name: 'avahi-daemon', isThere: () => commandPath('avahi-daemon') !== undefined },
  { name: 'avahi-utils', isThere: () => commandPath('avahi-browse') !== undefined },
  { name: 'dbus', isThere: () => commandPath('dbus-daemon') !== undefined },
  { name: 'poppler-utils', isThere: () => commandPath('pdftoppm') !== undefined },
  { name: 'strace', isThere: () => commandPath('strace') !== undefined },
  { name: 'debootstrap', isThere: () => commandPath('debootstrap') !== undefined },
  { name: 'systemd-container', isThere: () => commandPath('systemd-nspawn') !== undefined },
  { name: 'postgresql', isThere: () => postgresFolder() !== undefined },
];

const minutes = 60_000;

function run(command: string, args: readonly string[], limitMs: number): { ok: boolean; output: string } {
  const done = spawnSync(command, args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: limitMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: done.status === 0, output: `${done.stdout ?? ''}${done.stderr ?? ''}` };
}

/** What to put before a command so that it may install; undefined when nobody here may. */
function privilege(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const canSudo = commandPath('sudo') !== undefined && run('sudo', ['-n', 'true'], minutes).ok;
  return canSudo ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}

function runPrivileged(prefix: readonly string[], args: readonly string[], limitMs: number): boolean {
  const [command = '', ...rest] = [...prefix, ...args];
  const { ok, output } = run(command, rest, limitMs);
  if (!ok) process.stdout.write(`${output.split('\n').slice(-15).join('\n')}\n`);
  return ok;
}

function install(prefix: readonly string[], names: readonly string[]): void {
  const lock = [
    '-o',
    'DPkg::Lock::Timeout=300',
    '-o',
    'Acquire::Retries=2',
    '-o',
    'Acquire::http::Timeout=30',
  ];
  process.stdout.write(`needs: installing ${names.join(' ')}\n`);
  const isUpdated = runPrivileged(prefix, ['apt-get', 'update', '-q', ...lock], 10 * minutes);
  const options = ['-y', '-q', '--no-install-recommends', ...lock];
  if (runPrivileged(prefix, ['apt-get', 'install', ...options, ...names], 15 * minutes)) return;
  // One package that cannot be had must not cost the others; without a network none can.
  if (!isUpdated) return;
  for (const name of names) runPrivileged(prefix, ['apt-get', 'install', ...options, name], 10 * minutes);
}

/** Removes the files of a daemon whose process is gone; as another user than root it may not, and need not. */
function forgetDead(pidFile: string, socket: string): void {
  if (process.getuid?.() !== 0 || !existsSync(pidFile)) return;
  const pid = readFileSync(pidFile, 'utf8').trim();
  if (existsSync(`/proc/${pid}/comm`)) return;
  rmSync(pidFile, { force: true });
  rmSync(socket, { force: true });
}

/** ippeveprinter announces itself over DNS-SD even when told not to, so it wants both daemons. */
function startDaemons(prefix: readonly string[]): void {
  if (commandPath('avahi-daemon') === undefined || run('avahi-daemon', ['--check'], minutes).ok) return;
  // What a killed daemon left behind would keep the next one from starting.
  forgetDead('/run/dbus/pid', '/run/dbus/system_bus_socket');
  forgetDead('/run/avahi-daemon/pid', '/run/avahi-daemon/socket');
  if (!existsSync('/run/dbus/system_bus_socket')) {
    if (prefix.length === 0) mkdirSync('/run/dbus', { recursive: true });
    runPrivileged(prefix, ['dbus-daemon', '--system', '--fork'], minutes);
  }
  runPrivileged(prefix, ['avahi-daemon', '--daemonize', '--no-rlimits', '--no-drop-root'], minutes);
}

/**
 * Installs what is missing when this user may, otherwise prints the line that would. Never fails: a suite whose tool is
 * missing says so itself.
 */
export function installNeeds(): void {
  const missing = packages.filter((one) => !one.isThere()).map((one) => one.name);
  const prefix = privilege();
  if (prefix === undefined) {
    if (missing.length > 0) {
      process.stdout.write(
        `needs: not installed and this user may not install; suites that need them are skipped. As root:\n  apt-get install -y --no-install-recommends ${missing.join(' ')}\n`,
      );
    }
    return;
  }
  if (missing.length > 0 && commandPath('apt-get') !== undefined) install(prefix, missing);
  startDaemons(prefix);
  const still = packages.filter((one) => !one.isThere()).map((one) => one.name);
  process.stdout.write(still.length > 0 ? `needs: still missing ${still.join(' ')}\n` : 'needs: all there\n');
}

if (import.meta.main) installNeeds();
