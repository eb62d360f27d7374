import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { languages } from '../../src-main/contract/ids.ts';
import {
  namespacesOf,
  readStatus,
  readWords,
  sourceHash,
  staleNamespaces,
  writeStatus,
} from '../../src-main/content/locale-files.ts';
import {
  baseOf,
  coverageOf,
  neededKeys,
  placesIn,
  sharedNamespaces,
  stringsOf,
} from '../../src-main/content/locale-strings.ts';
import { wordFaults } from '../../src-main/content/locale-faults.ts';
import { exportTable, importTable, readCells } from '../../src-main/content/locale-table.ts';
import { exportXliff, importXliff } from '../../src-main/content/locale-xliff.ts';
import { keysOf } from '../../src-main/content/needed-keys.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { createFontCoverage } from '../../src-main/receipt/font-coverage.ts';

const resources = path.resolve(import.meta.dirname, '..', '..', 'resources');
const localesDir = path.join(resources, 'locales');

function textsOf(language: string, namespace: string): Map<string, string> {
  const tree = readWords(localesDir, language, namespace);
  return new Map(keysOf(tree).map((key) => [key, textAt(tree, key) ?? '']));
}

const everyNamespace = sharedNamespaces(localesDir);
/** The desk is in Danish, the page of an intake in Danish and English. */
const forStaff = ['desk', 'district'];
const pairs = languages.flatMap((language) => everyNamespace.map((namespace) => ({ language, namespace })));

/** The words of an authority that must be quoted as they are. */
const isQuoted = (key: string): boolean => key.startsWith('source.');

test('every language has the namespaces Danish has', () => {
  for (const language of languages)
    expect(namespacesOf(localesDir, language).filter((name) => !forStaff.includes(name))).toEqual(
      everyNamespace,
    );
});

describe.each(pairs)('$language/$namespace.json', ({ language, namespace }) => {
  const danish = textsOf('da', namespace);
  const own = textsOf(language, namespace);

  test('has exactly the keys of Danish, and each plural form the language needs', () => {
    expect([...own.keys()].toSorted()).toEqual(
      [...neededKeys(readWords(localesDir, 'da', namespace), language).keys()].toSorted(),
    );
  });

  test('says something everywhere, calmly and in short sentences, and fills in what Danish fills in', () => {
    for (const [key, text] of own) {
      expect(text.trim(), key).not.toBe('');
      if (!isQuoted(key)) expect(wordFaults(text, language), key).toEqual([]);
      expect(text, key).toBe(text.normalize('NFC'));
      // A form such as "one report" may leave its number out.
      const allowed = placesIn(danish.get(`${baseOf(key)}_other`) ?? danish.get(key) ?? '');
      if (baseOf(key) !== key) expect(allowed, key).toEqual(expect.arrayContaining(placesIn(text)));
      else expect(placesIn(text), key).toEqual(allowed);
    }
  });

  test('has only signs that the fonts of screen and paper can draw', () => {
    const fonts = ['NotoSans-Regular', 'NotoSansArabic-Regular'].map((name) =>
      readFileSync(path.join(resources, 'fonts', `${name}.ttf`)),
    );
    expect(createFontCoverage(fonts).missing([...own.values()].join(''))).toEqual([]);
  });
});

test('numbers to call stand in every language as they stand in Danish', () => {
  const numbers = (text: string): string[] => text.match(/\b(?:11[24]|116 \d{3}|1888|1448)\b/g) ?? [];
  for (const { language, namespace } of pairs) {
    const danish = textsOf('da', namespace);
    for (const [key, text] of textsOf(language, namespace)) {
      const source = numbers(danish.get(key) ?? '');
      // Where Danish means 112, a translation may name it.
      const own = numbers(text).filter((number) => number !== '112' || source.includes(number));
      if (danish.has(key)) expect(new Set(own), `${language} ${namespace}:${key}`).toEqual(new Set(source));
    }
  }
});

test('each language calls itself by a name of its own', () => {
  const names = languages.map((language) => textsOf(language, 'tile').get('name'));
  expect(new Set(names).size).toBe(languages.length);
});

describe('status of translations', () => {
  let folder: string;
  const write = (language: string, text: string): void =>
    writeFileSync(path.join(folder, language, 'ui.json'), JSON.stringify({ yes: text }));
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'locales-'));
    for (const language of ['da', 'en', 'pl']) {
      mkdirSync(path.join(folder, language));
      write(language, 'ja');
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('a changed Danish file makes its translations old, and writing the status makes them drafts again', () => {
    expect(staleNamespaces(folder, 'en')).toEqual(['ui']);
    const reviewed = { ui: { status: 'reviewed', made: '2026-11-21', sourceHash: sourceHash(folder, 'ui') } };
    writeFileSync(path.join(folder, 'en', 'status.json'), JSON.stringify(reviewed));
    writeStatus(folder, 'en', '2026-11-22');
    expect(readStatus(folder, 'en')).toEqual(reviewed);
    expect(coverageOf(stringsOf(folder, 'en'), 'en')).toMatchObject({ strings: 1, reviewed: 1, stale: 0 });
    write('da', 'jo');
    expect(staleNamespaces(folder, 'en')).toEqual(['ui']);
    writeStatus(folder, 'en', '2026-11-22');
    expect(readStatus(folder, 'en')['ui']).toMatchObject({ status: 'drafted', made: '2026-11-22' });
    expect(staleNamespaces(folder, 'en')).toEqual([]);
  });

  test('what somebody reviewed by itself stays reviewed until its own Danish changes', () => {
    const put = (name: string, tree: object): void =>
      writeFileSync(path.join(folder, name, 'ui.json'), JSON.stringify(tree));
    put('da', { yes: 'ja', no: 'nej' });
    put('pl', { yes: 'tak', no: 'nie' });
    writeStatus(folder, 'pl', '2026-11-21');
    const table = exportTable(folder, 'pl').replace('"tak","drafted"', '"tak","reviewed"');
    const taken = { localesDir: folder, language: 'pl', by: 'K. Nowak', today: '2026-11-22' };
    expect(importTable({ ...taken, table })).toEqual({ changed: 1, mistakes: [] });
    put('da', { yes: 'ja', no: 'næ' });
    writeStatus(folder, 'pl', '2026-11-23');
    const standing = (): unknown[] =>
      stringsOf(folder, 'pl').map(({ key, status, isStale }) => [key, status, isStale]);
    expect(standing()).toEqual([
      ['yes', 'reviewed', false],
      ['no', 'drafted', false],
    ]);
    put('da', { yes: 'jo', no: 'næ' });
    expect(standing()).toEqual([
      ['yes', 'drafted', true],
      ['no', 'drafted', true],
    ]);
  });

  test('a status file speaks only of namespaces that exist, and of today’s Danish', () => {
    for (const language of languages.filter((name) => name !== 'da')) {
      const spoken = Object.keys(readStatus(localesDir, language)).filter((name) => !forStaff.includes(name));
      expect(spoken.toSorted(), language).toEqual(everyNamespace);
      expect(staleNamespaces(localesDir, language), language).toEqual([]);
    }
  });
});

describe('a language as a table', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'locales-'));
    cpSync(localesDir, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const take = (table: string) =>
    importTable({ localesDir: folder, language: 'pl', table, by: 'K. Nowak', today: '2026-11-22' });
  const everyFile = (): string[] =>
    everyNamespace.map((namespace) => readFileSync(path.join(folder, 'pl', `${namespace}.json`), 'utf8'));

  test('comes back unread and changes nothing', () => {
    const before = everyFile();
    expect(take(exportTable(folder, 'pl'))).toEqual({ changed: 0, mistakes: [] });
    expect(everyFile()).toEqual(before);
  });

  test('comes back with one line changed, and every other string is where it was', () => {
    const strings = stringsOf(folder, 'pl');
    const name = strings.find(({ namespace, key }) => namespace === 'ui' && key === 'actions.back');
    const words = 'Cofnij, "krok"\ndrugi wiersz';
    const table = exportTable(folder, 'pl').replace(
      `"${name?.words ?? ''}","drafted"`,
      `"${words.replaceAll('"', '""')}","reviewed"`,
    );
    expect(take(table)).toEqual({ changed: 1, mistakes: [] });
    const after = stringsOf(folder, 'pl');
    expect(after.filter(({ status }) => status === 'reviewed')).toMatchObject([{ words }]);
    expect(
      after.map(({ words: own }, at) => own === strings[at]?.words).filter((isSame) => !isSame),
    ).toHaveLength(1);
    expect(readStatus(folder, 'pl')['ui']?.strings?.['actions.back']?.by).toBe('K. Nowak');
  });

  test('with any mistake is not taken: an unknown key, a place that is gone, Danish that changed, no columns', () => {
    const before = everyFile();
    const table = exportTable(folder, 'pl');
    const [head = '', ...lines] = table.split('\r\n');
    const withPlace = lines.find((line) => line.includes('{{')) ?? '';
    const without = withPlace
      .split('","')
      .map((cell, at) => (at === 3 ? cell.replaceAll(/\{\{\w+\}\}/g, '') : cell));
    for (const [lines2, mistake] of [
      [['"ui:nothing","-","-","nic","drafted","-"'], 'expected a key'],
      [[without.join('","')], 'expected the places'],
      [[(lines[0] ?? '').replace(/"[0-9a-f]{12}"$/, '"000000000000"')], 'has changed'],
      [[(lines[0] ?? '').replace('"drafted"', '"finished"')], 'expected the status'],
    ] as const) {
      const taken = take([head, ...lines2].join('\r\n'));
      expect(taken).toEqual({ changed: 0, mistakes: [expect.stringContaining(mistake)] });
    }
    expect(take('a,b\r\n1,2').mistakes).toEqual([expect.stringContaining('columns')]);
    expect(everyFile()).toEqual(before);
  });

  test('is read as office programs write it: with and without quotes, either end of line, an empty last cell', () => {
    expect(readCells('\ufeffa,"b ""c""",\n"d\r\ne",f,g\r\n')).toEqual([
      ['a', 'b "c"', ''],
      ['d\r\ne', 'f', 'g'],
    ]);
  });
});

test.each([
  ['pl', 'Koniec!', 'an exclamation mark'],
  ['pl', 'Naciśnij <b>tutaj</b>', 'a tag'],
  ['ro', 'poliţia', 's or t with a cedilla'],
  ['uk', 'полiція', 'a word in two alphabets'],
  ['ar', 'اتصل ١١٢', 'a digit that is not Latin'],
  ['de', 'wort '.repeat(21), 'a sentence of more than 20 words'],
])('what %s may not hold is named: %s', (language, words, fault) => {
  expect(wordFaults(words, language)).toEqual([fault]);
});

describe('a language as XLIFF', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'locales-'));
    cpSync(localesDir, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const take = (text: string, language = 'pl') =>
    importXliff({ localesDir: folder, language, text, by: 'K. Nowak', today: '2026-11-22' });
  const everyFile = (language: string): string[] =>
    everyNamespace.map((namespace) => readFileSync(path.join(folder, language, `${namespace}.json`), 'utf8'));

  test('comes back unread and changes nothing, also right to left and with places, quotes and lines', async () => {
    for (const language of ['pl', 'ar', 'uk']) {
      const before = everyFile(language);
      expect(await take(await exportXliff(folder, language), language)).toEqual({ changed: 0, mistakes: [] });
      expect(everyFile(language)).toEqual(before);
    }
  });

  test('keeps who reviewed what, and gives it out again as approved', async () => {
    const strings = stringsOf(folder, 'pl');
    const back = strings.find(({ namespace, key }) => namespace === 'ui' && key === 'actions.back');
    const text = (await exportXliff(folder, 'pl')).replace(
      /(id="actions\.back" approved=")no("[^]*?<target>)[^<]*/,
      '$1yes$2Cofnij &amp; popraw',
    );
    expect(await take(text)).toEqual({ changed: 1, mistakes: [] });
    const after = stringsOf(folder, 'pl').filter(({ status }) => status === 'reviewed');
    expect(after).toMatchObject([{ key: back?.key, words: 'Cofnij & popraw' }]);
    expect(readStatus(folder, 'pl')['ui']?.strings?.['actions.back']?.by).toBe('K. Nowak');
    expect(await exportXliff(folder, 'pl')).toContain('id="actions.back" approved="yes"');
  });

  test('with any mistake is not taken: no XLIFF, another language, Danish that changed, a tag, a place that is gone', async () => {
    const before = everyFile('pl');
    const text = await exportXliff(folder, 'pl');
    const wrong = (change: string): Promise<unknown> => take(change);
    for (const [changed, mistake] of [
      ['not xml', 'expected XLIFF 1.2'],
      [text.slice(0, text.length / 2), 'expected XLIFF 1.2'],
      ['<html><body/></html>', 'expected XLIFF 1.2'],
      [text.replaceAll('target-language="pl"', 'target-language="ro"'), 'expected the target language pl'],
      [text.replace(/(id="actions\.back"[^]*?<source>)[^<]*/, '$1Noget andet'), 'has changed'],
      [text.replace(/(id="actions\.back"[^]*?<target>)[^<]*/, '$1<g id="1">Wstecz</g>'), 'found a tag'],
      [text.replace(/(<target>[^<]*)\{\{\w+\}\}/, '$1'), 'expected the places'],
    ] as const)
      expect(await wrong(changed)).toEqual({ changed: 0, mistakes: [expect.stringContaining(mistake)] });
    expect(everyFile('pl')).toEqual(before);
  });
});
