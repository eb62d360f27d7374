import type { TextTree } from '../contract/content.ts';
import {
  readStatus,
  readWords,
  saveStatus,
  sourceHash,
  sourceLanguage,
  wordsHash,
  writeWords,
  type Standing,
} from './locale-files.ts';
import { wordFaults } from './locale-faults.ts';
import { baseOf, neededKeys, placesIn, stringsOf, type LocaleString } from './locale-strings.ts';

/** One string on its way to a translator or back. `source` says which Danish it is about, so that what comes back late overwrites nothing. */
export interface Row {
  readonly key: string;
  readonly danish: string;
  readonly english: string;
  readonly words: string;
  readonly status: string;
  readonly source: string;
}

/** All strings of a language, in the order of the Danish files. */
export function rowsOf(localesDir: string, language: string): Row[] {
  const english = new Map(
    stringsOf(localesDir, 'en').map(({ namespace, key, words }) => [`${namespace}:${key}`, words ?? '']),
  );
  return stringsOf(localesDir, language).map(({ namespace, key, danish, words, status, isStale }) => {
    const id = `${namespace}:${key}`;
    return {
      ...{ key: id, danish, english: english.get(id) ?? '', words: words ?? '' },
      // Old words are nobody's reviewed ones.
      ...{ status: isStale ? 'drafted' : status, source: wordsHash(danish) },
    };
  });
}

interface Change {
  readonly string: LocaleString;
  readonly words: string;
  readonly status: Standing;
}

export interface ImportResult {
  readonly changed: number;
  /** One sentence each; with any of them nothing was written. */
  readonly mistakes: readonly string[];
}

/** What one line changes; null for nothing, a sentence where it cannot be taken. */
function changeOf(
  row: Row,
  strings: ReadonlyMap<string, LocaleString>,
  language: string,
): Change | string | null {
  const string = strings.get(row.key);
  if (string === undefined) return `${row.key}: expected a key of these texts.`;
  if (row.words === '') return null;
  if (row.source !== wordsHash(string.danish))
    return `${row.key}: the Danish has changed since; export again.`;
  if (row.status !== 'drafted' && row.status !== 'reviewed')
    return `${row.key}: expected the status drafted or reviewed, found "${row.status}".`;
  const isForm = /_(zero|one|two|few|many)$/.test(string.key);
  // A form fills in what the general one does: "one" is 21 too, in some languages.
  const general = strings.get(`${string.namespace}:${baseOf(string.key)}_other`);
  const wanted = placesIn(isForm ? (general?.danish ?? string.danish) : string.danish);
  const found = placesIn(row.words);
  // A form such as "one report" may leave its number out.
  const areRight = isForm ? found.every((place) => wanted.includes(place)) : found.join() === wanted.join();
  if (!areRight) return `${row.key}: expected the places ${wanted.join(', ')}, found ${found.join(', ')}.`;
  const [fault] = row.words === string.words ? [] : wordFaults(row.words, language);
  if (fault !== undefined) return `${row.key}: found ${fault}.`;
  const isSame = row.words === string.words && row.status === string.status;
  return isSame ? null : { string, words: row.words, status: row.status };
}

/** The tree of a file in the order of the Danish one. */
function treeOf(words: ReadonlyMap<string, string>): TextTree {
  const tree: Record<string, TextTree | string> = {};
  for (const [key, text] of words) {
    const steps = key.split('.');
    const last = steps.pop() ?? '';
    let node = tree;
    for (const step of steps) {
      const below: Record<string, TextTree | string> = {};
      const known = node[step];
      if (typeof known === 'object') Object.assign(below, known);
      node[step] = below;
      node = below;
    }
    node[last] = text;
  }
  return tree;
}

export interface Import {
  readonly localesDir: string;
  readonly language: string;
  /** Who vouches for it. */
  readonly by: string;
  readonly today: string;
}

function writeNamespace(
  { localesDir, language, by, today }: Import,
  namespace: string,
  changes: readonly Change[],
): void {
  const needed = neededKeys(readWords(localesDir, sourceLanguage, namespace), language);
  const before = new Map(
    stringsOf(localesDir, language)
      .filter((string) => string.namespace === namespace && string.words !== null)
      .map(({ key, words }) => [key, words ?? '']),
  );
  const after = new Map([
    ...before,
    ...changes.map(({ string, words }): [string, string] => [string.key, words]),
  ]);
  const ordered = [...needed.keys()].flatMap((key): [string, string][] => {
    const words = after.get(key);
    return words === undefined ? [] : [[key, words]];
  });
  writeWords(localesDir, language, namespace, treeOf(new Map(ordered)));
  const all = readStatus(localesDir, language);
  const known = all[namespace] ?? {
    status: 'drafted',
    made: today,
    sourceHash: sourceHash(localesDir, namespace),
  };
  const strings = { ...known.strings };
  for (const { string, status } of changes)
    strings[string.key] = { status, made: today, by, source: wordsHash(string.danish) };
  saveStatus(localesDir, language, { ...all, [namespace]: { ...known, strings } });
}

/** Takes rows back: all of them or nothing. A row without words leaves what is there. */
export function importRows(asked: Import, rows: readonly Row[]): ImportResult {
  const strings = new Map(
    stringsOf(asked.localesDir, asked.language).map((string) => [
      `${string.namespace}:${string.key}`,
      string,
    ]),
  );
  const changes: Change[] = [];
  const mistakes: string[] = [];
  for (const row of rows) {
    const change = changeOf(row, strings, asked.language);
    if (typeof change === 'string') mistakes.push(change);
    else if (change !== null) changes.push(change);
  }
  if (mistakes.length > 0) return { changed: 0, mistakes };
  for (const [namespace, some] of Map.groupBy(changes, ({ string }) => string.namespace))
    writeNamespace(asked, namespace, some);
  return { changed: changes.length, mistakes };
}
