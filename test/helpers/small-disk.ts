import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk that a test can fill. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves so many bytes. */
  fill(leftBytes: number): void;
  makeRoom(): void;
  unmount(): void;
}

/** For a suite that is skipped: it is described all the same. */
export const noDisk: SmallDisk = {
  folder: '',
  fill: () => undefined,
  makeRoom: () => undefined,
  unmount: () => undefined,
};

/** Null where mounting is refused; `npm test` is told that `suite` went without it. */
export function mountSmallDisk(megabytes: number, suite: string): SmallDisk | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'skranke-small-disk-'));
  const size = `size=${megabytes}m,mode=0755`;
  const outcome = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' });
  if (outcome.status !== 0) {
    rmSync(folder, { recursive: true });
    const skips = process.env['SKRANKE_SKIPS'] ?? '';
    const line = `skipped: the small disk of ${suite}, because mounting is refused on this machine\n`;
    if (skips !== '') appendFileSync(skips, line);
    return null;
  }
  const filling = path.join(folder, 'filling');
  return {
    folder,
    fill(leftBytes) {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filling, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
    },
    makeRoom: () => rmSync(filling, { force: true }),
    unmount() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
