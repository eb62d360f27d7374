import path from 'node:path';
import { languages } from '../../src-main/contract/ids.ts';
import { sourceLanguage, staleNamespaces, writeStatus } from '../../src-main/content/locale-files.ts';

/*
 * `node test/tools/locale-status.ts` says which translations are older than the Danish they were made from; it never
 * fails. `--write` notes all of them as made today from today's Danish: after somebody has looked at them.
 */
const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');
for (const language of languages.filter((name) => name !== sourceLanguage)) {
  if (process.argv.includes('--write'))
    writeStatus(localesDir, language, new Date().toISOString().slice(0, 10));
  for (const namespace of staleNamespaces(localesDir, language))
    process.stdout.write(`older than its Danish: ${language}/${namespace}.json\n`);
}
