import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import { layers } from './src-main/contract/layers.ts';
import { layersRule } from './test/tools/lint/layers-rule.ts';
import svelteConfig from './svelte.config.js';

const root = import.meta.dirname;
const sqlStart = '/^\\s*(SELECT\\s|INSERT\\s+INTO\\s|UPDATE\\s+\\w+\\s+SET\\s|DELETE\\s+FROM\\s)/i';

const noCast = {
  selector: "TSAsExpression[typeAnnotation.typeName.name!='const'], TSTypeAssertion",
  message: 'No casts: parse at the edge, narrow inside. Brand constructors live in contract/ids.ts.',
};
const noBarrel = { selector: 'ExportAllDeclaration', message: 'No barrel files.' };
const extension = {
  selector: 'ImportDeclaration[source.value=/^\\.\\.?\\/([^?]*\\/)?[^.\\/]+$/]',
  message: 'Import with the file ending; Node resolves nothing by guessing.',
};
const noEnvironment = {
  selector:
    "MemberExpression[object.name='process'][property.name='env'], ImportSpecifier[imported.name='env']",
  message: 'Only src-main/app/config.ts reads the environment.',
};
const noSql = {
  selector: `Literal[value=${sqlStart}], TemplateElement[value.raw=${sqlStart}]`,
  message: 'SQL lives under db/ and src-district only.',
};
const noAmbientClock = {
  selector:
    "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], MemberExpression[object.name='Math'][property.name='random']",
  message: 'The clock and randomness come in as ports.',
};
const syntax = (...bans) => ['error', ...bans];

export default defineConfig(
  {
    ignores: ['node_modules', 'out', 'release', 'screens', 'coverage', 'data', 'test/bench/peers', '.cache'],
  },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    plugins: { 'import-x': importX, house: { rules: { layers: layersRule } } },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: root, extraFileExtensions: ['.svelte'] },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'house/layers': ['error', { root, layers }],
      'import-x/no-default-export': 'error',
      'no-restricted-syntax': syntax(noCast, noBarrel, extension, noEnvironment, noSql),
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A number in a sentence is plain to read; String(n) around each is noise.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => setOpen(true)` says the same as with braces.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      // A port is asynchronous because one of its adapters is; the others have nothing to await.
      '@typescript-eslint/require-await': 'off',
      // `void` marks an answer that is left out; a generic answer type needs it.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // oRPC's typed errors are thrown through its own constructors, which the rule cannot see.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // The kiosk has no router; links go nowhere.
      'svelte/no-navigation-without-resolve': 'off',
      // `let { x = $bindable() } = $props()` and snippets trip these two.
      'prefer-const': 'off',
      'no-useless-assignment': 'off',
    },
  },
  { files: ['**/*.svelte'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['db/**', 'src-main/**', 'src-district/**'],
    // The preload runs inside the page.
    ignores: ['src-main/hosts/electron/preload.ts'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'sessionStorage', 'navigator'],
    },
  },
  {
    files: ['src-main/domain/**', 'src-main/services/**'],
    rules: {
      'no-restricted-syntax': syntax(noCast, noBarrel, extension, noEnvironment, noSql, noAmbientClock),
    },
  },
  {
    files: ['db/**'],
    rules: {
      'no-restricted-syntax': syntax(noCast, noBarrel, extension, noEnvironment, noAmbientClock),
    },
  },
  {
    files: ['src-district/**'],
    rules: { 'no-restricted-syntax': syntax(noCast, noBarrel, extension, noEnvironment) },
  },
  {
    files: ['src-main/contract/ids.ts'],
    rules: { 'no-restricted-syntax': syntax(noBarrel, extension, noEnvironment, noSql) },
  },
  {
    files: ['src-main/app/config.ts'],
    rules: { 'no-restricted-syntax': syntax(noCast, noBarrel, extension, noSql) },
  },
  {
    files: ['src-renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'zod', message: 'zod stays out of the bundle: import types of the contract.' }] },
      ],
    },
  },
  {
    // A test looks into tables, starts processes with an environment and tells a long story in one function.
    files: ['test/**'],
    languageOptions: { globals: globals.node },
    rules: {
      'no-restricted-syntax': syntax(noCast, noBarrel, extension),
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['*.config.{js,ts}', 'test/tools/*.config.ts', 'test/helpers/client-environment.ts'],
    languageOptions: { globals: globals.node },
    rules: { 'import-x/no-default-export': 'off', 'no-restricted-syntax': syntax(noBarrel, extension) },
  },
  {
    files: ['**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node, parserOptions: { projectService: false } },
  },
);
