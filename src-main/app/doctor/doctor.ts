import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { createSystemClock } from '../../adapters/clock.ts';
import { askRunningKiosk, type StationStatus } from '../admin.ts';
import { ConfigError } from '../config-error.ts';
import { parseConfig, readConfigText } from '../config-file.ts';
import { environment, readConfig, type Config, type ConfigOptions } from '../config.ts';
import { askToPrint } from '../print-test.ts';
import { problemSentence } from '../printer-tools.ts';
import { builtAt } from '../version.ts';
import { fail, ok, skipped, type Check, type Finding, type KioskScene, type Scene } from './check.ts';
import { checkDesks } from './desk-check.ts';
import { checkPackages } from './package-check.ts';
import { checkDistrict } from './district-check.ts';
import { checkDatabase, checkKeys, checkPrinter, checkSeal } from './kiosk-checks.ts';
import { checkLockdown } from './lockdown-check.ts';
import { lockdownRules } from './lockdown-rules.ts';
import { checkClock, checkDisk } from './machine-checks.ts';
import {
  checkConfiguration,
  checkFonts,
  checkLocales,
  checkScreen,
  checkVersion,
  judgeContent,
  judgeFacts,
  lookAtContent,
} from './program-checks.ts';
import { checkVoices } from './voice-check.ts';

export type { Check };

const clock = createSystemClock(new Date(0));

async function askStation(config: Config): Promise<StationStatus | null> {
  const answer = await askRunningKiosk(config.dataDir, { ask: 'station-status' });
  if (answer?.answer === 'station') return answer.station;
  if (answer === null) return null;
  throw new ConfigError(
    `${config.dataDir}: the kiosk that runs there is of another version than this command; use the command of that version, or start the kiosk again.`,
  );
}

/** @throws ConfigError when the file is not there, or this user may not look into the folder. */
async function openScene(options: ConfigOptions): Promise<Scene> {
  const configFile = options.configFile ?? environment().configFile;
  const now = clock.now();
  if (configFile !== null && parseConfig(configFile, await readConfigText(configFile)).mistakes.length > 0)
    return { config: null, configFile, now, running: null };
  const config = await readConfig(options);
  if (existsSync(config.dataDir)) await refuseStranger(config.dataDir);
  return { config, configFile, now, running: await askStation(config) };
}

/** To a stranger every folder is empty, and all that is said of it would be wrong. */
async function refuseStranger(dataDir: string): Promise<void> {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new ConfigError(
      `${dataDir}: this user may not look into the data folder; run doctor as the user of the kiosk, or as root.`,
    );
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

type Look = readonly [id: string, look: () => Promise<Finding>];

/** In the order in which they are told: what others hang on comes first. */
function listChecks(scene: Scene): readonly Look[] {
  const content = once(() => lookAtContent(scene));
  const on =
    (check: (kiosk: KioskScene) => Promise<Finding>): (() => Promise<Finding>) =>
    async () =>
      scene.config === null
        ? skipped('The configuration has to be right first.')
        : check({ ...scene, config: scene.config });
  return [
    ['config', () => checkConfiguration(scene)],
    ['version', () => checkVersion(scene)],
    ['disk', on(checkDisk)],
    ['clock', () => checkClock(scene, builtAt)],
    ['database', on(checkDatabase)],
    ['keys', on(async (kiosk) => (await checkKeys(kiosk)).finding)],
    ['seal', on(async (kiosk) => checkSeal(kiosk, await checkKeys(kiosk)))],
    ['printer', on(checkPrinter)],
    ['district', on(checkDistrict)],
    ['desks', on(checkDesks)],
    ['packages', on(checkPackages)],
    ['content', async () => judgeContent(await content())],
    ['facts', async () => judgeFacts(await content())],
    ['locales', () => checkLocales()],
    ['fonts', () => checkFonts()],
    ['voices', () => checkVoices(scene)],
    ['screen', on(checkScreen)],
    ...lockdownRules.map((rule): Look => [rule.id, on((kiosk) => checkLockdown(rule, kiosk))]),
  ];
}

export interface Diagnosis {
  readonly checks: readonly Check[];
  /** 0 all well, 1 something to look at, 2 something that has to be mended. */
  readonly exitCode: 0 | 1 | 2;
}

/**
 * Looks a kiosk over, running or not, and tells each finding when it is there.
 * @throws ConfigError when there is no such configuration file.
 */
export async function diagnose(
  options: ConfigOptions,
  onCheck: (check: Check) => void,
  extra: readonly Look[] = [],
): Promise<Diagnosis> {
  const scene = await openScene(options);
  const checks: Check[] = [];
  for (const [id, look] of [...listChecks(scene), ...extra]) {
    const check = { id, ...(await look()) };
    checks.push(check);
    onCheck(check);
  }
  const has = (state: Check['state']): boolean => checks.some((check) => check.state === state);
  return { checks, exitCode: has('fail') ? 2 : has('warn') ? 1 : 0 };
}

/** The one check that needs a person: what the printer says of a page is not what came out. */
export async function checkTestPage(
  options: ConfigOptions,
  isGood: () => Promise<boolean>,
): Promise<Finding> {
  const config = await readConfig(options);
  const answer = await askToPrint(config);
  const printerFix = 'skranke printer status';
  if (answer.answer !== 'test-page') return fail('The kiosk did not print the test page.', printerFix);
  if (answer.outcome === 'failed') {
    const sentence = answer.problem === null ? 'unknown' : await problemSentence(config, answer.problem);
    return fail(`The test page did not come out: ${sentence}`, printerFix);
  }
  return (await isGood())
    ? ok('Somebody looked at the test page and found it good.')
    : fail(
        'Somebody looked at the test page and found it bad.',
        'Clean the head, look at the paper and at "printer" in the configuration.',
      );
}
