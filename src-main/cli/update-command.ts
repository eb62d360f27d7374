import { setTimeout as delay } from 'node:timers/promises';
import { CommandFailed, debianPackages } from '../adapters/apt.ts';
import { readConfig } from '../app/config.ts';
import { installedKiosk } from '../app/update/installed-kiosk.ts';
import { runUpdate, type UpdateOutcome } from '../app/update/run-update.ts';
import { readUpdateState, writeUpdateState } from '../app/update/update-state.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

const stateFolder = '/var/lib/skranke-update';
const cacheFolder = '/var/cache/skranke';

const sentences: Readonly<Record<UpdateOutcome['kind'], (outcome: UpdateOutcome) => string>> = {
  'up-to-date': ({ version }) => `${version} is the newest version for this kiosk.`,
  'not-yet': ({ version }) => `${version} is there; this kiosk is not among those that take it yet.`,
  'failed-before': ({ version }) => `${version} failed on this kiosk before and is not tried again.`,
  'no-way-back': ({ version }) =>
    `nothing was changed: the repository no longer has ${version}, which would be the way back.`,
  busy: ({ version }) => `${version} is there; somebody stands at the kiosk, it is tried again later.`,
  updated: ({ version }) => `${version} is installed and looked over.`,
  'went-back': ({ version }) => `the newer version failed; ${version} serves again.`,
};

/** `skranke update`: what the timer does every half hour. 0: nothing is wrong. */
export async function updateCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  if (positionals.length > 0) throw new UsageError('update: expected no further word.');
  if (process.getuid?.() !== 0) throw new UsageError('update: expected to be run as root.');
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const stateFile = `${stateFolder}/state.json`;
  try {
    const outcome = await runUpdate({
      packages: debianPackages(cacheFolder),
      kiosk: await installedKiosk(config, stateFolder),
      readState: () => readUpdateState(stateFile),
      writeState: (state) => writeUpdateState(stateFile, state),
      wait: (ms) => delay(ms),
      say: complain,
    });
    if (values.json) say(JSON.stringify(outcome));
    else say(`skranke: ${sentences[outcome.kind](outcome)}`);
    return ['went-back', 'no-way-back', 'failed-before'].includes(outcome.kind) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    complain(error.message);
    return 1;
  }
}
