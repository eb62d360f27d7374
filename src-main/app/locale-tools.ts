import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { languages, type Language } from '../contract/ids.ts';
import { clarityByScreen, type Clarity } from '../content/clarity.ts';
import { coverageOf, longestSentence, stringsOf, type LocaleCoverage } from '../content/locale-strings.ts';
import { wordFaults } from '../content/locale-faults.ts';
import type { ImportResult } from '../content/locale-rows.ts';
import { exportTable, importTable } from '../content/locale-table.ts';
import { exportXliff, importXliff } from '../content/locale-xliff.ts';
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
  /** Strings with what no words may hold, each with what it is. */
  readonly faults: readonly string[];
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
      faults: strings.flatMap(({ namespace, key, words }) =>
        // The words of an authority are quoted as they are.
        key.startsWith('source.')
          ? []
          : wordFaults(words ?? '', language).map((fault) => `${namespace}:${key}: ${fault}`),
      ),
      long: named(strings.filter(({ words }) => words !== null && longestSentence(words) > longWords)),
    };
  });
}

/** A table by default, XLIFF by its ending. */
const isXliff = (file: string): boolean => /\.(xlf|xliff)$/i.test(file);

export async function exportLocale(dir: string | null, language: Language, out: string): Promise<void> {
  const localesDir = dir ?? shippedDir();
  writeFileSync(
    out,
    isXliff(out) ? await exportXliff(localesDir, language) : exportTable(localesDir, language),
  );
}

export function importLocale(
  dir: string | null,
  language: Language,
  file: string,
  by: string,
): Promise<ImportResult> {
  const text = readFileSync(file, 'utf8');
  const asked = { localesDir: dir ?? shippedDir(), language, by, today: localDate(clock.now()) };
  return isXliff(file)
    ? importXliff({ ...asked, text })
    : Promise.resolve(importTable({ ...asked, table: text }));
}

/** How hard every page is to read, of one language or of all. */
export function localeClarity(
  dir: string | null,
  only: Language | null,
): Partial<Record<Language, Record<string, Clarity>>> {
  const chosen = languages.filter((language) => only === null || language === only);
  return Object.fromEntries(
    chosen.map((language) => [language, clarityByScreen(stringsOf(dir ?? shippedDir(), language))]),
  );
}
