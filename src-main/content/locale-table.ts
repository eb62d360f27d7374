import { importRows, rowsOf, type Import, type ImportResult, type Row } from './locale-rows.ts';

/* A language as a table (CSV, RFC 4180), which any office program opens: one string a line, its Danish and English beside it. */
const columns = ['key', 'danish', 'english', 'words', 'status', 'source'] as const;

const byteOrderMark = '\ufeff';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** The table of one language, with a mark in front by which office programs know UTF-8. */
export function exportTable(localesDir: string, language: string): string {
  const rows = rowsOf(localesDir, language).map((row) => line(columns.map((name) => row[name])));
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

/** Takes a table back: all of it or nothing. */
export function importTable({ table, ...asked }: Import & { readonly table: string }): ImportResult {
  const rows = readRows(table);
  return rows === null
    ? { changed: 0, mistakes: [`The first line: expected the columns ${columns.join(', ')}.`] }
    : importRows(asked, rows);
}
