import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { loadContent } from '../content/load-content.ts';
import { localDate } from '../domain/local-time.ts';
import { adminSocketPath } from './admin.ts';
import { ConfigError } from './config-error.ts';
import {
  mistakeAt,
  parseConfig,
  readConfigText,
  type ConfigMistake,
  type ParsedConfig,
} from './config-file.ts';
import { programRoot } from './config.ts';
import { openPrinter } from './printer-config.ts';

export type { ConfigMistake };

/** Only for what day it is. */
const clock = createSystemClock(new Date(0));

/**
 * Every mistake in a configuration: in the text, and in what it points to. What is right beside a mistake is looked at
 * all the same.
 * @throws ConfigError when there is no such file.
 */
export async function checkConfig(file: string): Promise<readonly ConfigMistake[]> {
  const { sound, mistakes } = parseConfig(file, await readConfigText(file));
  if (sound === null) return mistakes;
  const checks = [checkDataDir, checkContentDir, checkPlace, checkDistrictAuthority, checkPrinter];
  const found = await Promise.all(checks.map((check) => check(file, sound)));
  return [...mistakes, ...found.flat()];
}

type Check = (file: string, config: ParsedConfig) => Promise<ConfigMistake[]>;

const checkDataDir: Check = async (file, { dataDir }) => {
  if (dataDir === undefined) return [];
  if (!isAbsolute(dataDir))
    return [
      mistakeAt(file, 'dataDir', 'expected an absolute path: a service starts in another folder than you'),
    ];
  try {
    adminSocketPath(dataDir);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [{ key: 'dataDir', message: `${file}: "dataDir": ${error.message}` }];
  }
};

const checkContentDir: Check = async (file, { contentDir }) => {
  if (contentDir === undefined) return [];
  const folder = resolve(dirname(file), contentDir);
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() === true
    ? []
    : [mistakeAt(file, 'contentDir', `expected a folder at ${folder}`)];
};

/** The station and the district of a real kiosk have to be known to content. */
const checkPlace: Check = async (file, { kiosk, district, contentDir }) => {
  const resourcesDir = join(programRoot(), 'resources');
  const { library } = await loadContent({
    resourcesDir,
    districtDir: contentDir === undefined ? null : resolve(dirname(file), contentDir),
    today: localDate(clock.now()),
    isDemonstration: false,
  });
  const mistakes: ConfigMistake[] = [];
  if (kiosk !== undefined && library.station(kiosk.stationId) === null)
    mistakes.push(mistakeAt(file, 'kiosk.stationId', `content knows no station "${kiosk.stationId}"`));
  const known = library.districts().map(({ id }) => id);
  if (district !== undefined && !known.includes(district.id))
    mistakes.push(
      mistakeAt(file, 'district.id', `expected one of ${known.join(', ')}; found "${district.id}"`),
    );
  return mistakes;
};

const checkDistrictAuthority: Check = async (file, { district }) => {
  if (district?.caFile === undefined) return [];
  const problem = await whyNoCertificate(district.caFile);
  return problem === null ? [] : [mistakeAt(file, 'district.caFile', problem)];
};

const checkPrinter: Check = async (file, { printer, dataDir = '/' }) => {
  if (printer === undefined) return [];
  const mistakes: ConfigMistake[] = [];
  try {
    await openPrinter(
      { printer, dataDir, resourcesDir: join(programRoot(), 'resources'), configFile: file },
      '-',
    );
    if (printer.kind === 'ipp' && printer.caFile !== undefined) {
      const problem = await whyNoCertificate(printer.caFile);
      if (problem !== null) mistakes.push(mistakeAt(file, 'printer.caFile', problem));
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    mistakes.push({ key: error.key, message: error.message });
  }
  return mistakes;
};

async function whyNoCertificate(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return `expected a readable PEM file at ${file}`;
  try {
    return new X509Certificate(text).subject === '' ? `expected a certificate in ${file}` : null;
  } catch {
    return `expected a certificate in PEM (-----BEGIN CERTIFICATE-----) in ${file}`;
  }
}
