import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from '../app/config.ts';

/**
 * In a clone the screens are built when a source is newer than the last build; false when that fails.
 * A package carries built screens and no sources, so there is nothing to do. The builder's words go to stderr,
 * because stdout may be read by a program.
 */
export function buildWhenStale(): boolean {
  const builder = join(programRoot(), 'test', 'tools', 'build.ts');
  if (!existsSync(builder)) return true;
  return (
    spawnSync(process.execPath, [builder, '--renderer', '--if-stale'], {
      cwd: programRoot(),
      stdio: ['ignore', 2, 2],
    }).status === 0
  );
}
