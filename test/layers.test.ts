import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint, Linter } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import typescript from 'typescript';
import { describe, expect, test } from 'vitest';
import { layers } from '../src-main/contract/layers.ts';
import { layersRule } from './tools/lint/layers-rule.ts';

const root = path.resolve(import.meta.dirname, '..');

function faults(file: string, code: string): string[] {
  const linter = new Linter({ cwd: root });
  const house = { rules: { layers: layersRule } };
  const messages = linter.verify(
    code,
    [
      ...svelte.configs.base,
      { files: ['**/*.ts'], languageOptions: { parser: ts.parser } },
      { files: ['**/*.svelte'], languageOptions: { parserOptions: { parser: ts.parser } } },
      {
        files: ['**/*.ts', '**/*.svelte'],
        plugins: { house },
        rules: { 'house/layers': ['error', { root, layers }] },
      },
    ],
    { filename: path.join(root, file) },
  );
  return messages.map((message) => message.message);
}

/* One violation for every row of the table: the file, the import, what the lint says. */
const planted: readonly [string, string, string][] = [
  ['src-main/contract/x.ts', "import { a } from '../domain/a.ts'", 'may not import src-main/domain'],
  ['src-main/contract/x.ts', "import { readFileSync } from 'node:fs'", 'may not use Node'],
  ['src-main/contract/x.ts', "import { os } from '@orpc/server'", 'may not import the package @orpc/server'],
  ['src-main/domain/x.ts', "import { a } from '../contract/a.ts'", 'only as a whole `import type`'],
  ['src-main/domain/x.ts', "import { type A } from '../contract/a.ts'", 'only as a whole `import type`'],
  ['src-main/domain/x.ts', "import { randomInt } from 'crypto'", 'may not use Node'],
  ['src-main/domain/x.ts', "import { z } from 'zod'", 'may not import the package zod'],
  ['db/stores/x.ts', "import { a } from '../../src-main/services/a.ts'", 'may not import src-main/services'],
  ['src-main/sealing/x.ts', "import { a } from '../../db/a.ts'", 'may not import db'],
  ['src-main/receipt/x.ts', "import { a } from '../sealing/a.ts'", 'may not import src-main/sealing'],
  ['src-main/content/x.ts', "import { a } from '../services/a.ts'", 'may not import src-main/services'],
  ['src-main/adapters/x.ts', "import { a } from '../sync/a.ts'", 'may not import src-main/sync'],
  ['src-main/sync/x.ts', "import { a } from '../adapters/a.ts'", 'may not import src-main/adapters'],
  ['src-main/services/x.ts', "import { a } from '../adapters/a.ts'", 'may not import src-main/adapters'],
  ['src-main/services/x.ts', "export { a } from '../sync/a.ts'", 'may not import src-main/sync'],
  ['src-main/app/x.ts', "import { a } from '../hosts/node/a.ts'", 'may not import src-main/hosts/node'],
  ['src-main/hosts/electron/x.ts', "await import('../node/a.ts')", 'may not import src-main/hosts/node'],
  ['src-main/hosts/pages/x.ts', "import { a } from '../node/a.ts'", 'may not import src-main/hosts/node'],
  ['src-main/hosts/node/x.ts', "import { a } from '../electron/a.ts'", 'may not import src-main/hosts/elec'],
  ['src-main/cli/x.ts', "import { a } from '../services/a.ts'", 'may not import src-main/services'],
  ['src-district/x.ts', "import { a } from '../db/a.ts'", 'may not import db'],
  [
    'src-main/hosts/network/x.ts',
    "import { a } from '../electron/a.ts'",
    'may not import src-main/hosts/elec',
  ],
  ['src-renderer/api/x.ts', "import { a } from '../../src-main/contract/a.ts'", 'only as a whole'],
  ['src-renderer/i18n/x.ts', "import { a } from '../state/a.ts'", 'may not import src-renderer/state'],
  ['src-renderer/ui/x.ts', "import { a } from '../state/a.ts'", 'may not import src-renderer/state'],
  ['src-renderer/station/x.ts', "import { a } from '../visitor/a.ts'", 'may not import src-renderer/visitor'],
  ['src-renderer/state/x.ts', "import { a } from '../ui/a.ts'", 'may not import src-renderer/ui'],
  ['src-renderer/visitor/x.ts', "import { a } from '../desk/a.ts'", 'may not import src-renderer/desk'],
  ['src-renderer/desk/x.ts', "import { a } from '../visitor/a.ts'", 'may not import src-renderer/visitor'],
  ['src-renderer/district/x.ts', "import { a } from '../desk/a.ts'", 'may not import src-renderer/desk'],
  ['src-renderer/x.ts', "import { a } from '../src-main/services/a.ts'", 'may not import src-main/serv'],
  ['resources/x.ts', "import { a } from '../db/a.ts'", 'may not import db'],
  ['src-main/app/x.ts', "import { a } from '../../test/a.ts'", 'nobody imports test'],
  ['src-main/app/x.ts', "import { a } from '../../elsewhere/a.ts'", 'may not import elsewhere'],
];

describe('the import table', () => {
  test.each(planted)('%s: %s is caught', (file, code, sentence) => {
    expect(faults(file, code)).toEqual([expect.stringContaining(sentence)]);
  });

  test('an import type inside a .svelte file is caught too', () => {
    const code =
      '<script lang="ts">\n  import type { A } from "../../src-main/services/a.ts";\n  let a: A;\n</script>\n{a}';
    expect(faults('src-renderer/visitor/X.svelte', code)).toEqual([
      expect.stringContaining('may not import src-main/services'),
    ]);
  });

  test('what the table allows passes', () => {
    expect(faults('src-main/domain/x.ts', "import type { A } from '../contract/a.ts'")).toEqual([]);
    expect(faults('src-main/services/x.ts', "import { a } from '../../db/stores/a.ts'")).toEqual([]);
    expect(faults('src-main/app/x.ts', "import { a } from '../../db/a.ts'; import 'node:fs'")).toEqual([]);
  });

  test('no row is without a planted violation', () => {
    const folders = layers.map((layer) => layer.folder);
    const within = (folder: string, file: string): boolean => file.startsWith(`${folder}/`);
    const closest = (file: string): string | undefined =>
      folders.filter((folder) => within(folder, file)).toSorted((a, b) => b.length - a.length)[0];
    const covered = new Set(planted.map(([file]) => closest(file)));
    expect(folders.filter((folder) => !covered.has(folder))).toEqual([]);
  });

  test('the lint of the project has it switched on', async () => {
    const config = await new ESLint({ cwd: root }).calculateConfigForFile('src-main/domain/any.ts');
    expect(config.rules['house/layers']).toEqual([2, { root, layers }]);
  });
});

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name));
}

function runtimeImports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const scripts = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '')
    : [text];
  return scripts.flatMap((script) => {
    const { outputText } = typescript.transpileModule(script, {
      compilerOptions: { verbatimModuleSyntax: true, target: typescript.ScriptTarget.ES2024 },
    });
    return typescript
      .preProcessFile(outputText)
      .importedFiles.map((found) => found.fileName)
      .filter((name) => name.startsWith('.'))
      .map((name) => path.join(path.dirname(file), name));
  });
}

describe('the source tree', () => {
  const folders = ['src-main', 'src-renderer', 'src-district', 'db'].filter((folder) =>
    readdirSync(root).includes(folder),
  );

  test('has no cycle of imports at run time', () => {
    const graph = new Map(folders.flatMap(sources).map((file) => [file, runtimeImports(file)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
      if (done.has(file) || trail.includes(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test('names files in kebab-case and components in PascalCase', () => {
    const odd = folders.flatMap(sources).filter((file) => {
      const name = path.basename(file);
      return name.endsWith('.svelte')
        ? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
        : !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(name);
    });
    expect(odd).toEqual([]);
  });
});
