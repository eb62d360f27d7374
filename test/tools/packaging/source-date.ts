import { spawnSync } from 'node:child_process';
import { lutimesSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { builtAt } from '../../../src-main/app/version.ts';
import { root } from '../process.ts';

/**
 * The one time that a package knows, in seconds: SOURCE_DATE_EPOCH as everywhere, else that of the commit it is built from,
 * else that of the program.
 */
export function sourceDate(): number {
  const said = process.env['SOURCE_DATE_EPOCH'];
  if (said !== undefined && said !== '') {
    if (!/^\d{1,12}$/.test(said))
      throw new Error(`SOURCE_DATE_EPOCH=${said}: expected whole seconds since 1970.`);
    return Number(said);
  }
  const commit = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const seconds = Number(commit.stdout?.trim() ?? '');
  return commit.status === 0 && seconds > 0 ? seconds : Math.floor(builtAt.getTime() / 1000);
}

/** Everything below and the folder itself carries this one time. */
export function setTimes(folder: string, seconds: number): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lutimesSync(path.join(folder, name), seconds, seconds);
  lutimesSync(folder, seconds, seconds);
}
