import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { languages, type Language } from '../contract/ids.ts';
import { coverageOf, longestSentence, stringsOf, type LocaleCoverage } from '../content/locale-strings.ts';
import { exportTable, importTable, type ImportResult } from '../content/locale-table.ts';
import { localDate } from '../domain/local-time.ts';
import { programRoot } from './config.ts';
import { tryVoices } from './speech-tools.ts';

/** Only for what day it is. */
const clock = createSystemClock(new Date(0));
const shippedDir = (): string => join(programRoot(), 'resources', 'locales');
/** From here on a sentence is hard to read. */
const longWords = 12;

export interface LocaleReport {
  readonly language: Language;
  readonly coverage: LocaleCoverage;
  readonly missing: readonly string[];
  /** Strings with a sentence of more than twelve words. */
  readonly long: readonly string[];
}

/** How far every language of the kiosk is, of the shipped texts or of a folder laid out like them. */
export async function localeReports(dir: string | null): Promise<LocaleReport[]> {
  const voices = await tryVoices();
  return languages.map((language) => {
    const strings = stringsOf(dir ?? shippedDir(), language);
    const named = (chosen: typeof strings): string[] =>
      chosen.map(({ namespace, key }) => `${namespace}:${key}`);
    return {
      language,
      coverage: coverageOf(strings, voices.get(language) === 'spoken' ? language : null),
      missing: named(strings.filter(({ words }) => words === null)),
      long: named(strings.filter(({ words }) => words !== null && longestSentence(words) > longWords)),
    };
  });
}

export function exportLocale(dir: string | null, language: Language, out: string): void {
  writeFileSync(out, exportTable(dir ?? shippedDir(), language));
}

export function importLocale(dir: string | null, language: Language, file: string, by: string): ImportResult {
  return importTable({
    localesDir: dir ?? shippedDir(),
    language,
    table: readFileSync(file, 'utf8'),
    by,
    today: localDate(clock.now()),
  });
}
