import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Debian as a lobby terminal has it before Skranke comes, kept between runs; outside of git. */
export const imageFolder = path.resolve(import.meta.dirname, '..', '..', '.cache', 'machine', 'bookworm-1');

/** What skranke-node needs, so that installing it asks no server. */
const packages = 'systemd,systemd-sysv,dbus,libpam-systemd,ca-certificates,tzdata,libstdc++6';
const mirror = 'http://deb.debian.org/debian';

/** Fetches the image once, which takes a minute or two; why it cannot be had, or null. */
export function prepareMachine(): string | null {
  if (existsSync(imageFolder)) return null;
  const fresh = `${imageFolder}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(path.dirname(imageFolder), { recursive: true });

  // Whoever keeps their own files to themselves would make a system whose services may read nothing.
  const done = spawnSync(
    'sh',
    [
      ...['-c', 'umask 022; exec "$@"', 'sh'],
      ...['debootstrap', '--variant=minbase', `--include=${packages}`, 'bookworm', fresh, mirror],
    ],
    {
      encoding: 'utf8',
      timeout: 10 * 60_000,
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (done.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return `no Debian could be fetched from ${mirror}`;
  }
  spawnSync('chroot', [fresh, 'apt-get', 'clean']);
  if (existsSync(imageFolder)) rmSync(fresh, { recursive: true, force: true });
  else renameSync(fresh, imageFolder);
  return null;
}
