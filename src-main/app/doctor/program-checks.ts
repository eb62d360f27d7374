import { readdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { staffOnly } from '../../content/locale-strings.ts';
import { keysOf } from '../../content/needed-keys.ts';
import { ContentError } from '../../content/content-error.ts';
import { loadContent, type LoadedContent } from '../../content/load-content.ts';
import { textTreeSchema } from '../../contract/content.ts';
import { languages } from '../../contract/ids.ts';
import { localDate } from '../../domain/local-time.ts';
import { leastReachableShare, reachableShare } from '../../domain/reach.ts';
import { createFontCoverage } from '../../receipt/font-coverage.ts';
import type { StationStatus } from '../admin.ts';
import { checkConfig } from '../config-check.ts';
import { programRoot } from '../config.ts';
import { programVersion } from '../version.ts';
import { fail, ok, skipped, together, warn, type Finding, type KioskScene, type Scene } from './check.ts';

const resourcesDir = (): string => join(programRoot(), 'resources');

export async function checkConfiguration({ configFile }: Scene): Promise<Finding> {
  if (configFile === null)
    return ok('There is no configuration file: a demonstration, from which nothing reaches the police.');
  const mistakes = await checkConfig(configFile);
  return mistakes.length === 0
    ? ok(`${configFile}: no mistakes.`)
    : fail(
        mistakes.map(({ message }) => message).join(' '),
        'Mend the configuration and start the kiosk again.',
      );
}

export async function checkVersion({ running }: Scene): Promise<Finding> {
  const version = programVersion();
  const told = `Version ${version}, Node ${process.versions.node}.`;
  if (running === null || running.version === version) return ok(told);
  return warn(`${told} The kiosk that runs is version ${running.version}.`, 'Start the kiosk again.');
}

const list = (words: readonly string[], most = 3): string =>
  words.slice(0, most).join('; ') + (words.length > most ? `; and ${words.length - most} more` : '');

export type ContentLook =
  | { readonly kind: 'loaded'; readonly content: LoadedContent }
  | { readonly kind: 'stopped'; readonly sentence: string };

export async function lookAtContent({ config, now }: Scene): Promise<ContentLook> {
  try {
    const content = await loadContent({
      resourcesDir: resourcesDir(),
      ...config?.content,
      today: localDate(now),
      isDemonstration: config?.district === undefined,
    });
    return { kind: 'loaded', content };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { kind: 'stopped', sentence: error.message };
  }
}

const contentFix = 'skranke content check names every place.';

export function judgeContent(look: ContentLook): Finding {
  if (look.kind === 'stopped') return fail(look.sentence, contentFix);
  const { problems } = look.content;
  if (problems.length === 0) return ok('Content and its words are whole.');
  const told = problems.map(({ file, message }) => `${file}: ${message}`);
  return warn(`${problems.length} mistakes, each left out: ${list(told)}.`, contentFix);
}

export function judgeFacts(look: ContentLook): Finding {
  if (look.kind === 'stopped') return skipped('Content could not be loaded.');
  const { overdue } = look.content;
  return overdue.length === 0
    ? ok('No fact is past its review.')
    : warn(
        `${overdue.length} facts are past their review; screens say so: ${list(overdue.map(({ message }) => message))}`,
        'Have them looked at again by whoever answers for them; skranke content check names them.',
      );
}

const pluralForm = /_(zero|one|two|few|many|other)$/;

async function readKeys(language: string, namespace: string): Promise<Set<string> | null> {
  const file = join(resourcesDir(), 'locales', language, `${namespace}.json`);
  if (!existsSync(file)) return null;
  const tree = textTreeSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Set(keysOf(tree).map((key) => key.replace(pluralForm, '')));
}

const statusSchema = z.record(z.string(), z.looseObject({ status: z.string(), sourceHash: z.string() }));

async function translationsOf(language: string): Promise<z.infer<typeof statusSchema>> {
  const file = join(resourcesDir(), 'locales', language, 'status.json');
  return existsSync(file) ? statusSchema.parse(JSON.parse(await readFile(file, 'utf8'))) : {};
}

export async function checkLocales(): Promise<Finding> {
  const folder = join(resourcesDir(), 'locales', 'da');
  const namespaces = (await readdir(folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((name) => !staffOnly.includes(name));
  const missing: string[] = [];
  const stale: string[] = [];
  for (const namespace of namespaces) {
    const danish = (await readKeys('da', namespace)) ?? new Set<string>();
    const hash = createHash('sha256')
      .update(await readFile(join(folder, `${namespace}.json`)))
      .digest('hex');
    for (const language of languages.filter((one) => one !== 'da')) {
      const own = await readKeys(language, namespace);
      const lacking = [...danish].filter((key) => own?.has(key) !== true);
      if (lacking.length > 0) missing.push(`${language}/${namespace}.json lacks ${list(lacking)}`);
      const made = (await translationsOf(language))[namespace];
      if (made !== undefined && made.sourceHash !== hash) stale.push(`${language}/${namespace}.json`);
    }
  }
  if (missing.length > 0)
    return fail(
      `Screens say it in Danish: ${list(missing)}.`,
      'Install the program again, or a whole translation.',
    );
  if (stale.length > 0)
    return warn(
      `The Danish changed after these were translated: ${list(stale, 9)}.`,
      'Have them translated again.',
    );
  return ok(`Every sentence is there in ${languages.join(', ')}.`);
}

const fontFiles = ['NotoSans-Regular', 'NotoSans-Bold', 'NotoSansArabic-Regular', 'NotoSansArabic-Bold'];

/** The fonts of the paper; those of the screens are inside the program. */
export async function checkFonts(): Promise<Finding> {
  const fix = 'Install the program again.';
  const fonts: Uint8Array[] = [];
  for (const name of fontFiles) {
    const file = join(resourcesDir(), 'fonts', `${name}.ttf`);
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) return fail(`${file} is missing.`, fix);
    fonts.push(bytes);
  }
  try {
    const coverage = createFontCoverage(fonts);
    const words: string[] = [];
    const locales = join(resourcesDir(), 'locales');
    for (const language of await readdir(locales))
      words.push(await readFile(join(locales, language, 'receipt.json'), 'utf8').catch(() => ''));
    const missing = coverage.missing(words.join(''));
    return missing.length === 0
      ? ok('Every letter of the slips is there.')
      : fail(`The fonts of the slips lack ${missing.join(' ')}.`, fix);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return fail(`A font cannot be read: ${error.message}.`, fix);
  }
}

/** Of the shorter side in CSS pixels: below it the letters are made of too few dots. */
const leastSidePx = 720;

export function judgeLobbyScreen(running: Pick<StationStatus, 'lobbyScreen'> | null): Finding[] {
  if (running === null) return [];
  const { state, size, silentSeconds } = running.lobbyScreen;
  const restart = 'Start the window of the kiosk again, and look at the screen.';
  if (size === null) return [warn('No page has been shown to visitors since the kiosk started.', restart)];
  const told = `The page before visitors is ${size.widthPx} × ${size.heightPx} pixels`;
  if (state === 'silent') return [fail(`${told} and has not answered for ${silentSeconds ?? 0} s.`, restart)];
  return Math.min(size.widthPx, size.heightPx) < leastSidePx
    ? [
        warn(
          `${told}: letters are hard to read.`,
          'Use a screen of 1920 × 1080, upright or lying, without zoom.',
        ),
      ]
    : [ok(`${told}.`)];
}

export async function checkScreen({ config, running }: KioskScene): Promise<Finding> {
  const seen = judgeLobbyScreen(running);
  const share = reachableShare(config.screen);
  if (share === null)
    return together([
      ...seen,
      skipped('Where the screen hangs is not in the configuration: "Lower" only slides pages down.'),
    ]);
  const percent = `${Math.round(share * 100)} % of the screen can be reached from a wheelchair.`;
  const reach =
    share >= leastReachableShare
      ? ok(percent)
      : warn(`Only ${percent}`, 'Hang the screen lower, or correct screen.heightMm and screen.bottomMm.');
  return together([...seen, reach]);
}
