import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { textTreeSchema } from '../../src-main/contract/content.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { keysOf } from '../../src-main/content/needed-keys.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import {
  namespacesOf,
  readStatus,
  sourceHash,
  staleNamespaces,
  writeStatus,
} from '../tools/locale-status.ts';

const localesDir = path.resolve(import.meta.dirname, '..', '..', 'resources', 'locales');

function textsOf(language: string, namespace: string): Map<string, string> {
  const file = path.join(localesDir, language, `${namespace}.json`);
  const tree = textTreeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(keysOf(tree).map((key) => [key, textAt(tree, key) ?? '']));
}

const pluralForm = /_(zero|one|two|few|many|other)$/;
/** A plural key without its form: every language has the forms it needs, not the ones Danish has. */
const baseOf = (key: string): string => key.replace(pluralForm, '');
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? ''))].toSorted();

/** What staff alone read may be Danish only. */
const mayBeDanishOnly = ['desk'];
const pairs = languages.flatMap((language) =>
  namespacesOf(localesDir, language).map((namespace) => ({ language, namespace })),
);

test('every language has the namespaces Danish has', () => {
  const visitors = (language: string): string[] =>
    namespacesOf(localesDir, language).filter((name) => !mayBeDanishOnly.includes(name));
  for (const language of languages) expect(visitors(language)).toEqual(visitors('da'));
});

describe.each(pairs)('$language/$namespace.json', ({ language, namespace }) => {
  const danish = textsOf('da', namespace);
  const own = textsOf(language, namespace);

  test('has exactly the keys of Danish, and each plural form the language needs', () => {
    const bases = (texts: Map<string, string>): string[] =>
      [...new Set([...texts.keys()].map(baseOf))].toSorted();
    expect(bases(own)).toEqual(bases(danish));
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const key of danish.keys()) {
      if (!pluralForm.test(key) || !danish.has(`${baseOf(key)}_other`)) continue;
      const forms = [...own.keys()].filter(
        (other) => pluralForm.test(other) && baseOf(other) === baseOf(key),
      );
      expect(forms.map((form) => form.slice(form.lastIndexOf('_') + 1)).toSorted(), baseOf(key)).toEqual(
        needed,
      );
    }
  });

  test('says something everywhere, calmly, and fills in what Danish fills in', () => {
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toMatch(/[!！]/);
      // A form such as "one report" may leave its number out.
      const allowed = placeholders(danish.get(key) ?? danish.get(`${baseOf(key)}_other`) ?? '');
      if (pluralForm.test(key)) expect(allowed, key).toEqual(expect.arrayContaining(placeholders(text)));
      else expect(placeholders(text), key).toEqual(allowed);
    }
  });
});

describe('status of translations', () => {
  test('a changed Danish file makes its translations old, and writing the status makes them drafts again', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'locales-'));
    for (const language of ['da', 'en']) {
      mkdirSync(path.join(folder, language));
      writeFileSync(path.join(folder, language, 'ui.json'), '{"yes":"ja"}');
    }
    expect(staleNamespaces(folder, 'en')).toEqual(['ui']);
    const reviewed = { ui: { status: 'reviewed', made: '2026-11-21', sourceHash: sourceHash(folder, 'ui') } };
    writeFileSync(path.join(folder, 'en', 'status.json'), JSON.stringify(reviewed));
    writeStatus(folder, 'en', '2026-11-22');
    expect(readStatus(folder, 'en')).toEqual(reviewed);
    writeFileSync(path.join(folder, 'da', 'ui.json'), '{"yes":"jo"}');
    expect(staleNamespaces(folder, 'en')).toEqual(['ui']);
    writeStatus(folder, 'en', '2026-11-22');
    expect(readStatus(folder, 'en')['ui']).toMatchObject({ status: 'drafted', made: '2026-11-22' });
    expect(staleNamespaces(folder, 'en')).toEqual([]);
  });

  test('a status file speaks only of namespaces that exist', () => {
    for (const language of languages)
      expect(namespacesOf(localesDir, 'da')).toEqual(
        expect.arrayContaining(Object.keys(readStatus(localesDir, language))),
      );
  });
});
