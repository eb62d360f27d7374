import xliff from 'xliff';
import { z } from 'zod';
import { sourceLanguage, wordsHash } from './locale-files.ts';
import { importRows, rowsOf, type Import, type ImportResult, type Row } from './locale-rows.ts';

/*
 * A language as XLIFF 1.2 (OASIS, 2008), which the programs of translators read: a file per namespace, a unit per string,
 * English as its note. `approved` is what we call reviewed. The source itself says which Danish it is about.
 */

const isApproved = (status: string): 'yes' | 'no' => (status === 'reviewed' ? 'yes' : 'no');

function split(id: string): readonly [namespace: string, key: string] {
  const at = id.indexOf(':');
  return [id.slice(0, at), id.slice(at + 1)];
}

interface Unit {
  readonly source: string;
  readonly target?: string;
  readonly note?: string;
  readonly additionalAttributes: { readonly approved: 'yes' | 'no' };
}

export async function exportXliff(localesDir: string, language: string): Promise<string> {
  const files = Map.groupBy(rowsOf(localesDir, language), ({ key }) => split(key)[0]);
  const resources = [...files].map(([namespace, rows]): [string, Record<string, Unit>] => {
    const units = rows.map(({ key, danish, english, words, status }): [string, Unit] => [
      split(key)[1],
      {
        source: danish,
        ...(words === '' ? {} : { target: words }),
        ...(english === '' ? {} : { note: `en: ${english}` }),
        additionalAttributes: { approved: isApproved(status) },
      },
    ]);
    return [namespace, Object.fromEntries(units)];
  });
  const text = await xliff.jsToXliff12({
    sourceLanguage,
    targetLanguage: language,
    resources: Object.fromEntries(resources),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}

const fileSchema = z.object({
  targetLanguage: z.string(),
  resources: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        source: z.string(),
        target: z.string().optional(),
        additionalAttributes: z.object({ approved: z.string().optional() }).optional(),
      }),
    ),
  ),
});

async function read(text: string): Promise<z.infer<typeof fileSchema> | null> {
  // Half a file would be read as a whole one.
  if (!/<\/xliff>\s*$/.test(text)) return null;
  // The package throws what it does not understand: another kind of file, or half of one.
  const found = await xliff.xliff12ToJs(text, { inlineAsString: true }).catch(() => null);
  return fileSchema.safeParse(found).data ?? null;
}

/** Takes such a file back: all of it or nothing. */
export async function importXliff({
  text,
  ...asked
}: Import & { readonly text: string }): Promise<ImportResult> {
  const file = await read(text);
  if (file === null)
    return { changed: 0, mistakes: ['The file: expected XLIFF 1.2 with a source in every unit.'] };
  if (file.targetLanguage !== asked.language)
    return {
      changed: 0,
      mistakes: [`The file: expected the target language ${asked.language}, found ${file.targetLanguage}.`],
    };
  const rows = Object.entries(file.resources).flatMap(([namespace, units]) =>
    Object.entries(units).map(([key, { source, target, additionalAttributes }]): Row => ({
      key: `${namespace}:${key}`,
      danish: source,
      english: '',
      words: (target ?? '').trim(),
      status: additionalAttributes?.approved === 'yes' ? 'reviewed' : 'drafted',
      source: wordsHash(source),
    })),
  );
  return importRows(asked, rows);
}
