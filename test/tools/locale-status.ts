import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/*
 * `node test/tools/locale-status.ts` says which translations are older than the Danish they were made from; it never
 * fails. `--write` notes all of them as made today from today's Danish: after somebody has looked at them.
 */
const statusSchema = z.record(
  z.string(),
  z.strictObject({
    status: z.enum(['drafted', 'reviewed']),
    made: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    /** SHA-256 of the Danish file the translation was made from. */
    sourceHash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
);
export type LocaleStatus = z.infer<typeof statusSchema>;

const source = 'da';
const own = 'status';

export function namespacesOf(localesDir: string, language: string): string[] {
  return readdirSync(path.join(localesDir, language))
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.basename(name, '.json'))
    .filter((name) => name !== own)
    .toSorted();
}

export function readStatus(localesDir: string, language: string): LocaleStatus {
  const file = path.join(localesDir, language, `${own}.json`);
  return existsSync(file) ? statusSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function sourceHash(localesDir: string, namespace: string): string {
  return createHash('sha256')
    .update(readFileSync(path.join(localesDir, source, `${namespace}.json`)))
    .digest('hex');
}

/** What has no status, or was made from another Danish than today's. */
export function staleNamespaces(localesDir: string, language: string): string[] {
  const status = readStatus(localesDir, language);
  const danish = namespacesOf(localesDir, source);
  return namespacesOf(localesDir, language).filter(
    (namespace) =>
      danish.includes(namespace) && status[namespace]?.sourceHash !== sourceHash(localesDir, namespace),
  );
}

/** A translation whose Danish changed is a draft again, reviewed or not. */
export function writeStatus(localesDir: string, language: string, today: string): void {
  const before = readStatus(localesDir, language);
  const status: LocaleStatus = {};
  const danish = namespacesOf(localesDir, source);
  for (const namespace of namespacesOf(localesDir, language).filter((name) => danish.includes(name))) {
    const hash = sourceHash(localesDir, namespace);
    const known = before[namespace];
    status[namespace] =
      known?.sourceHash === hash ? known : { status: 'drafted', made: today, sourceHash: hash };
  }
  writeFileSync(path.join(localesDir, language, `${own}.json`), `${JSON.stringify(status, null, 2)}\n`);
}

function run(): void {
  const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');
  const languages = readdirSync(localesDir)
    .filter((name) => name !== source)
    .toSorted();
  for (const language of languages) {
    if (process.argv.includes('--write'))
      writeStatus(localesDir, language, new Date().toISOString().slice(0, 10));
    for (const namespace of staleNamespaces(localesDir, language))
      process.stdout.write(`older than its Danish: ${language}/${namespace}.json\n`);
  }
}

if (import.meta.main) run();
