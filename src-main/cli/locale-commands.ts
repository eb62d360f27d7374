import { exportLocale, importLocale, localeClarity, localeReports } from '../app/locale-tools.ts';
import { languages, languageSchema, type Language } from '../contract/ids.ts';
import { parseOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

const json = { type: 'boolean', default: false } as const;
const lang = { type: 'string' } as const;

function languageOf(typed: string | undefined): Language {
  const known = languageSchema.safeParse(typed);
  // Danish is what the others are made from: it is written, not translated.
  if (known.success && known.data !== 'da') return known.data;
  throw new UsageError(
    `--lang: expected one of ${languages.filter((language) => language !== 'da').join(', ')}.`,
  );
}

async function coverageCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json });
  const reports = await localeReports(positionals[0] ?? null);
  if (values.json) {
    say(JSON.stringify(Object.fromEntries(reports.map(({ language, coverage }) => [language, coverage]))));
  } else {
    for (const { language, coverage, missing, long, faults } of reports) {
      const { strings, stale, drafted, reviewed, spoken } = coverage;
      say(
        `${language}: ${strings} strings, ${coverage.missing} missing, ${stale} stale, ${drafted} drafted, ${reviewed} reviewed, ${spoken} spoken, ${long.length} with a sentence of more than 12 words`,
      );
      for (const key of missing) say(`  missing ${key}`);
      for (const fault of faults) say(`  ${fault}`);
    }
  }
  return reports.some(({ coverage, faults }) => coverage.missing > 0 || faults.length > 0) ? 1 : 0;
}

/** The hardest pages of a language, hardest first; a page of a few words says little. */
const shownPages = 10;
const fewWords = 10;

function clarityCommand(argv: readonly string[]): number {
  const { values, positionals } = parseOptions(argv, { json, lang });
  const chosen = values.lang === 'da' ? 'da' : values.lang === undefined ? null : languageOf(values.lang);
  const clarity = localeClarity(positionals[0] ?? null, chosen);
  if (values.json) {
    say(JSON.stringify(clarity));
    return 0;
  }
  for (const [language, pages] of Object.entries(clarity)) {
    const hardest = Object.entries(pages)
      .filter(([, { words }]) => words >= fewWords)
      .toSorted(([, one], [, other]) => other.readingAge - one.readingAge || other.lix - one.lix);
    say(`${language}: ${hardest.length} pages, the hardest:`);
    for (const [page, { lix, readingAge }] of hardest.slice(0, shownPages))
      say(`  ${page}: reading age ${readingAge}, LIX ${lix}`);
  }
  return 0;
}

async function exportCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json, lang, out: { type: 'string' } });
  if (values.out === undefined)
    throw new UsageError('locales export: expected --out with a file to write, such as pl.xlf or pl.csv.');
  await exportLocale(positionals[0] ?? null, languageOf(values.lang), values.out);
  return 0;
}

async function importCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { json, lang, by: { type: 'string' } });
  const [file, dir] = positionals;
  if (file === undefined) throw new UsageError('locales import: expected the file that came back.');
  if (values.by === undefined)
    throw new UsageError('locales import: expected --by with the name of who translated or reviewed.');
  const { changed, mistakes } = await importLocale(dir ?? null, languageOf(values.lang), file, values.by);
  if (values.json) say(JSON.stringify({ changed, mistakes }));
  else {
    for (const mistake of mistakes) complain(mistake);
    say(mistakes.length > 0 ? 'nothing was written' : `strings changed: ${changed}`);
  }
  return mistakes.length > 0 ? 1 : 0;
}

/** `skranke locales [DIR]`, `locales clarity [DIR]`, `locales export --lang L --out FILE [DIR]`, `locales import FILE --lang L --by NAME [DIR]`. */
export function localesCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  if (action === 'export') return exportCommand(rest);
  if (action === 'import') return importCommand(rest);
  if (action === 'clarity') return Promise.resolve(clarityCommand(rest));
  return coverageCommand(argv);
}
