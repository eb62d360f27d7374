import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const namespaces = ['tile', 'ui', 'safety', 'visitor', 'desk', 'district'];
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

describe('the bundled texts', () => {
  test('every key the screens ask for exists in Danish', () => {
    const known = new Map(
      namespaces.map((namespace) => [namespace, bases(read('da', namespace) ?? new Map())]),
    );
    const unknown: string[] = [];
    for (const file of globSync('src-renderer/**/*.{svelte,ts}', { cwd: root })) {
      const source = readFileSync(join(root, file), 'utf8');
      for (const [, namespace = '', key = '', rest] of source.matchAll(
        /['"`](tile|ui|safety|visitor|desk|district):([\w.-]+)(\$\{)?/g,
      )) {
        const keys = known.get(namespace) ?? [];
        const isThere = rest ? keys.some((candidate) => candidate.startsWith(key)) : keys.includes(key);
        if (!isThere) unknown.push(`${file}: ${namespace}:${key}`);
      }
    }
    expect(unknown).toEqual([]);
  });
});
