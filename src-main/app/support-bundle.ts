import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { resolve } from 'node:path';
import { askRunningKiosk, type AdminAnswer } from './admin.ts';
import { ConfigError } from './config-error.ts';
import { parseConfig, readConfigText } from './config-file.ts';
import { environment, readConfig, type ConfigOptions } from './config.ts';
import { diagnose, type Check } from './doctor/doctor.ts';
import { programVersion } from './version.ts';

const replacements: readonly (readonly [RegExp, string])[] = [
  // A report, an alert or a member of staff.
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '(id)'],
  // A reference, together or in its three groups.
  [/(?<!\d)(?:\d{4}[- ]?){2}\d{4}(?!\d)/g, '(reference)'],
  // Whose folder it is, and what opens an address.
  [/(\/home\/|\/Users\/|\\+Users\\+)[^/\\"\s]+/g, '$1(user)'],
  [/:\/\/[^/@\s"]+@/g, '://(secret)@'],
];

/** Takes out of a text what says who somebody is. */
export function withoutPersons(text: string): string {
  return replacements.reduce((left, [pattern, word]) => left.replaceAll(pattern, word), text);
}

async function configurationOf(options: ConfigOptions): Promise<unknown> {
  const file = options.configFile ?? environment().configFile;
  return file === null ? null : parseConfig(file, await readConfigText(file)).sound;
}

const requests = ['station-status', 'printer-status', 'delivery-status', 'recent-log'] as const;

async function askAll(options: ConfigOptions): Promise<AdminAnswer[]> {
  const { dataDir } = await readConfig(options);
  const answers: AdminAnswer[] = [];
  for (const ask of requests) {
    const answer = await askRunningKiosk(dataDir, { ask });
    if (answer !== null) answers.push(answer);
  }
  return answers;
}

/** Everything as one text, for a person to read before it is sent. */
export async function describeForSupport(
  options: ConfigOptions,
  onCheck: (check: Check) => void,
): Promise<string> {
  const { checks } = await diagnose(options, onCheck);
  const isConfigured = checks.every(({ id, state }) => id !== 'config' || state !== 'fail');
  const { node } = process.versions;
  const bundle = {
    program: {
      version: programVersion(),
      node,
      platform: process.platform,
      arch: process.arch,
      system: release(),
    },
    checks,
    configuration: await configurationOf(options),
    // Empty when no kiosk runs.
    kiosk: isConfigured ? await askAll(options) : [],
  };
  const clean = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? withoutPersons(value) : value;
  return `${JSON.stringify(bundle, clean, 2)}\n`;
}

/**
 * Writes what somebody who helps needs to know into a new file.
 * @returns its path. @throws ConfigError when it is there already or cannot be written.
 */
export async function makeSupportBundle(
  options: ConfigOptions,
  target: string,
  onCheck: (check: Check) => void,
): Promise<string> {
  const file = resolve(target);
  if (existsSync(file)) throw new ConfigError(`${file}: this file is there already; it is not overwritten.`);
  const text = await describeForSupport(options, onCheck);
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ConfigError(`${file}: the bundle cannot be written there (${code}).`);
  }
  return file;
}
