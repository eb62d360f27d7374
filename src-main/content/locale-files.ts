import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { textTreeSchema, type TextTree } from '../contract/content.ts';

/* The files of resources/locales as translators have them: `<language>/<namespace>.json`, and beside them `status.json`. */

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const standingSchema = z.enum(['drafted', 'reviewed']);
export type Standing = z.infer<typeof standingSchema>;

/** One string that somebody looked at by itself: it stands until its Danish changes, whatever the rest of the file does. */
const stringStatusSchema = z.strictObject({
  status: standingSchema,
  made: dateSchema,
  by: z.string().min(1),
  /** Of the Danish words it was made from; see `wordsHash`. */
  source: z.string().regex(/^[0-9a-f]{12}$/),
});

const statusSchema = z.record(
  z.string(),
  z.strictObject({
    status: standingSchema,
    made: dateSchema,
    /** SHA-256 of the Danish file the translation was made from. */
    sourceHash: z.string().regex(/^[0-9a-f]{64}$/),
    strings: z.record(z.string(), stringStatusSchema).optional(),
  }),
);
export type LocaleStatus = z.infer<typeof statusSchema>;

/** What all others are made from. */
export const sourceLanguage = 'da';
const statusName = 'status';

export function namespacesOf(localesDir: string, language: string): string[] {
  const folder = path.join(localesDir, language);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.basename(name, '.json'))
    .filter((name) => name !== statusName)
    .toSorted();
}

/** The words of one file; none where there is no such file. */
export function readWords(localesDir: string, language: string, namespace: string): TextTree {
  const file = path.join(localesDir, language, `${namespace}.json`);
  return existsSync(file) ? textTreeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function writeWords(localesDir: string, language: string, namespace: string, words: TextTree): void {
  const file = path.join(localesDir, language, `${namespace}.json`);
  writeFileSync(file, `${JSON.stringify(words, null, 2)}\n`);
}

export function readStatus(localesDir: string, language: string): LocaleStatus {
  const file = path.join(localesDir, language, `${statusName}.json`);
  return existsSync(file) ? statusSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function saveStatus(localesDir: string, language: string, status: LocaleStatus): void {
  const file = path.join(localesDir, language, `${statusName}.json`);
  writeFileSync(file, `${JSON.stringify(status, null, 2)}\n`);
}

export function sourceHash(localesDir: string, namespace: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(localesDir, sourceLanguage, `${namespace}.json`)))
    .digest('hex');
}

/** Short, for it stands beside every string a translator gets: which Danish words these were made from. */
export function wordsHash(danish: string): string {
  return createHash('sha256').update(danish).digest('hex').slice(0, 12);
}

/** What has no status, or was made from another Danish than today's. */
export function staleNamespaces(localesDir: string, language: string): string[] {
  const status = readStatus(localesDir, language);
  const danish = namespacesOf(localesDir, sourceLanguage);
  return namespacesOf(localesDir, language).filter(
    (namespace) =>
      danish.includes(namespace) && status[namespace]?.sourceHash !== sourceHash(localesDir, namespace),
  );
}

/** A translation whose Danish changed is a draft again, reviewed or not; what was looked at string by string stays known. */
export function writeStatus(localesDir: string, language: string, today: string): void {
  const before = readStatus(localesDir, language);
  const status: LocaleStatus = {};
  const danish = namespacesOf(localesDir, sourceLanguage);
  for (const namespace of namespacesOf(localesDir, language).filter((name) => danish.includes(name))) {
    const hash = sourceHash(localesDir, namespace);
    const known = before[namespace];
    const strings = known?.strings === undefined ? {} : { strings: known.strings };
    status[namespace] =
      known?.sourceHash === hash ? known : { status: 'drafted', made: today, sourceHash: hash, ...strings };
  }
  saveStatus(localesDir, language, status);
}
