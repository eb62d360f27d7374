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
import { neededKeys, placesIn, stringsOf, type LocaleString } from './locale-strings.ts';

/* A language as a table (CSV, RFC 4180), which any office program opens: one string a line, its Danish and English beside it.
   `source` says which Danish it is about, so that a table that comes back late overwrites nothing. */
const columns = ['key', 'danish', 'english', 'words', 'status', 'source'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

const byteOrderMark = '\ufeff';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** The table of one language, with a mark in front by which office programs know UTF-8. */
export function exportTable(localesDir: string, language: string): string {
  const english = new Map(
    stringsOf(localesDir, 'en').map(({ namespace, key, words }) => [`${namespace}:${key}`, words ?? '']),
  );
  const rows = stringsOf(localesDir, language).map(({ namespace, key, danish, words, status, isStale }) => {
    const id = `${namespace}:${key}`;
    // Old words are nobody's reviewed ones.
    return line([
      id,
      danish,
      english.get(id) ?? '',
      words ?? '',
      isStale ? 'drafted' : status,
      wordsHash(danish),
    ]);
  });
  return byteOrderMark + line(columns) + rows.join('');
}

/** Cells of each line; a cell in quotes may hold commas, quotes and lines. */
export function readCells(table: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  const text = table.replace(byteOrderMark, '');
  const lines: string[][] = [];
  let cells: string[] = [];
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) break;
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
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

function readRows(table: string): Row[] | null {
  const [head = [], ...lines] = readCells(table);
  if (columns.some((name) => !head.includes(name))) return null;
  return lines
    .filter((cells) => cells.some((cell) => cell !== ''))
    .map((cells) => {
      const at = (name: (typeof columns)[number]): string => cells[head.indexOf(name)] ?? '';
      return {
        ...{ key: at('key'), danish: at('danish'), english: at('english') },
        ...{ words: at('words').trim(), status: at('status').trim(), source: at('source') },
      };
    });
}

/** What one line changes; null for nothing, a sentence where it cannot be taken. */
function changeOf(row: Row, strings: ReadonlyMap<string, LocaleString>): Change | string | null {
  const string = strings.get(row.key);
  if (string === undefined) return `${row.key}: expected a key of these texts.`;
  if (row.words === '') return null;
  if (row.source !== wordsHash(string.danish))
    return `${row.key}: the Danish has changed since; export again.`;
  if (row.status !== 'drafted' && row.status !== 'reviewed')
    return `${row.key}: expected the status drafted or reviewed, found "${row.status}".`;
  const [wanted, found] = [placesIn(string.danish), placesIn(row.words)];
  const isForm = /_(zero|one|two|few|many)$/.test(string.key);
  // A form such as "one report" may leave its number out.
  const areRight = isForm ? found.every((place) => wanted.includes(place)) : found.join() === wanted.join();
  if (!areRight) return `${row.key}: expected the places ${wanted.join(', ')}, found ${found.join(', ')}.`;
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

interface Import {
  readonly localesDir: string;
  readonly language: string;
  readonly table: string;
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

/** Takes a table back: all of it or nothing. A line without words leaves what is there. */
export function importTable(asked: Import): ImportResult {
  const rows = readRows(asked.table);
  if (rows === null)
    return { changed: 0, mistakes: [`The first line: expected the columns ${columns.join(', ')}.`] };
  const strings = new Map(
    stringsOf(asked.localesDir, asked.language).map((string) => [
      `${string.namespace}:${string.key}`,
      string,
    ]),
  );
  const changes: Change[] = [];
  const mistakes: string[] = [];
  for (const row of rows) {
    const change = changeOf(row, strings);
    if (typeof change === 'string') mistakes.push(change);
    else if (change !== null) changes.push(change);
  }
  if (mistakes.length > 0) return { changed: 0, mistakes };
  for (const [namespace, some] of Map.groupBy(changes, ({ string }) => string.namespace))
    writeNamespace(asked, namespace, some);
  return { changed: changes.length, mistakes };
}
