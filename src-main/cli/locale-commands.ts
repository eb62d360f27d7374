import { exportLocale, importLocale, localeReports } from '../app/locale-tools.ts';
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
    for (const { language, coverage, missing, long } of reports) {
      const { strings, stale, drafted, reviewed, spoken } = coverage;
      say(
        `${language}: ${strings} strings, ${coverage.missing} missing, ${stale} stale, ${drafted} drafted, ${reviewed} reviewed, ${spoken} spoken, ${long.length} with a sentence of more than 12 words`,
      );
      for (const key of missing) say(`  missing ${key}`);
    }
  }
  return reports.some(({ coverage }) => coverage.missing > 0) ? 1 : 0;
}

function exportCommand(argv: readonly string[]): number {
  const { values, positionals } = parseOptions(argv, { json, lang, out: { type: 'string' } });
  if (values.out === undefined)
    throw new UsageError('locales export: expected --out with a file to write, such as pl.csv.');
  exportLocale(positionals[0] ?? null, languageOf(values.lang), values.out);
  return 0;
}

function importCommand(argv: readonly string[]): number {
  const { values, positionals } = parseOptions(argv, { json, lang, by: { type: 'string' } });
  const [file, dir] = positionals;
  if (file === undefined) throw new UsageError('locales import: expected the file that came back.');
  if (values.by === undefined)
    throw new UsageError('locales import: expected --by with the name of who translated or reviewed.');
  const { changed, mistakes } = importLocale(dir ?? null, languageOf(values.lang), file, values.by);
  if (values.json) say(JSON.stringify({ changed, mistakes }));
  else {
    for (const mistake of mistakes) complain(mistake);
    say(mistakes.length > 0 ? 'nothing was written' : `strings changed: ${changed}`);
  }
  return mistakes.length > 0 ? 1 : 0;
}

/** `skranke locales [DIR]`, `locales export --lang L --out FILE [DIR]`, `locales import FILE --lang L --by NAME [DIR]`. */
export function localesCommand(argv: readonly string[]): Promise<number> {
  const [action, ...rest] = argv;
  if (action === 'export') return Promise.resolve(exportCommand(rest));
  if (action === 'import') return Promise.resolve(importCommand(rest));
  return coverageCommand(argv);
}
