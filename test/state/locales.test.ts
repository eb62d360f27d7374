import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const namespaces = ['ui', 'safety', 'visitor', 'desk'];
const pluralEnding = /_(zero|one|two|few|many|other)$/;

function flatten(texts: unknown, path = ''): Map<string, string> {
  if (typeof texts === 'string') return new Map([[path, texts]]);
  if (typeof texts !== 'object' || texts === null) throw new Error(`${path} is neither text nor tree`);
  return new Map(
    Object.entries(texts).flatMap(([key, below]) => [...flatten(below, path ? `${path}.${key}` : key)]),
  );
}

function read(language: string, namespace: string): Map<string, string> | undefined {
  const file = join(root, `resources/locales/${language}/${namespace}.json`);
  return existsSync(file) ? flatten(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

const bases = (texts: Map<string, string>): string[] =>
  [...new Set([...texts.keys()].map((key) => key.replace(pluralEnding, '')))].sort();
const variables = (text: string): string[] => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].sort();

describe('the bundled texts', () => {
  test('every key the screens ask for exists in Danish', () => {
    const known = new Map(
      namespaces.map((namespace) => [namespace, bases(read('da', namespace) ?? new Map())]),
    );
    const unknown: string[] = [];
    for (const file of globSync('src-renderer/**/*.{svelte,ts}', { cwd: root })) {
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, namespace = '', key = '', rest] of source.matchAll(
        /['"`](ui|safety|visitor|desk):([\w.-]+)(\$\{)?/g,
      )) {
        const keys = known.get(namespace) ?? [];
        const isThere = rest ? keys.some((candidate) => candidate.startsWith(key)) : keys.includes(key);
        if (!isThere) unknown.push(`${file}: ${namespace}:${key}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  // The desk speaks Danish only.
  for (const namespace of namespaces.filter((name) => name !== 'desk')) {
    test.each(['en', 'ar'])(`${namespace} in %s has the keys and variables of Danish`, (language) => {
      const danish = read('da', namespace);
      const translated = read(language, namespace);
      if (!danish || !translated) throw new Error(`${namespace} is missing in Danish or ${language}`);
      expect(bases(translated)).toEqual(bases(danish));
      for (const [key, text] of translated) {
        const source = danish.get(key);
        if (source !== undefined) expect(variables(text), key).toEqual(variables(source));
        expect(text.trim(), key).not.toBe('');
      }
      for (const key of bases(translated)) checkPlurals(language, key, translated);
    });
  }
});

/** A key with plural forms has every form its language needs. */
function checkPlurals(language: string, key: string, texts: Map<string, string>): void {
  if (texts.has(key)) return;
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  expect(
    forms.filter((form) => !texts.has(`${key}_${form}`)),
    `${language} ${key}`,
  ).toEqual([]);
}
