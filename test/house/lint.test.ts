import path from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint({
  cwd: path.resolve(import.meta.dirname, '../..'),
  // Planted text belongs to no program of TypeScript, so the rules that ask for types stay out.
  overrideConfig: [{ languageOptions: { parserOptions: { projectService: false } } }],
  ruleFilter: ({ ruleId }) => !ruleId.startsWith('@typescript-eslint/'),
});

/* What was planted, where, and the words of the complaint. */
const planted: readonly [string, string, string][] = [
  ['src-main/app/x.ts', 'export const a = b as string;', 'No casts'],
  ['src-main/app/x.ts', 'export default 1;', 'Prefer named exports'],
  ['src-main/app/x.ts', "export * from './y.ts';", 'No barrel files'],
  ['src-main/app/x.ts', "import { a } from './y';\na();", 'file ending'],
  ['src-main/app/x.ts', "export const a = process.env['A'];", 'reads the environment'],
  ['src-main/app/x.ts', "export const a = 'SELECT id FROM report';", 'SQL lives'],
  ['src-main/app/x.ts', 'export const a = `DELETE FROM report WHERE id = ${b}`;', 'SQL lives'],
  ['src-main/domain/x.ts', 'export const a = Date.now();', 'come in as ports'],
  ['src-main/services/x.ts', 'export const a = new Date();', 'come in as ports'],
  ['src-main/services/x.ts', 'export const a = Math.random();', 'come in as ports'],
  ['src-main/adapters/x.ts', 'export const a = window.name;', "Unexpected use of 'window'"],
  ['src-renderer/visitor/X.svelte', '<script lang="ts">\n  const a = "x";\n</script>\n{@html a}', '@html'],
  ['src-renderer/state/x.ts', "import { z } from 'zod';\nz.string();", 'out of the bundle'],
  ['src-main/app/x.ts', `export function a() {\n${'  b();\n'.repeat(45)}}`, 'too many lines'],
];

describe('the lint', () => {
  test.each(planted)('in %s: %j', async (filePath, code, words) => {
    const [result] = await eslint.lintText(code, { filePath });
    expect(result?.messages.map((one) => one.message).join('\n')).toContain(words);
  });

  test('leaves the one reader of the environment and the home of SQL alone', async () => {
    const [config] = await eslint.lintText("export const a = process.env['A'];", {
      filePath: 'src-main/app/config.ts',
    });
    const [store] = await eslint.lintText("export const a = 'SELECT 1 FROM report';", {
      filePath: 'db/stores/x.ts',
    });
    expect([...(config?.messages ?? []), ...(store?.messages ?? [])].map((one) => one.message)).toEqual([]);
  });
});
