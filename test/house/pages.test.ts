import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src-main/app/config-file.ts';
import { usage } from '../../src-main/cli/usage.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pages = [
  ...['README.md', 'SECURITY.md'],
  ...readdirSync(path.join(root, 'docs')).map((name) => path.join('docs', name)),
];
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** "config check" of "  config check FILE   every mistake …"; a command of one word stands for itself. */
const known = new Set([
  ...['help', 'version'],
  ...[...usage.matchAll(/^ {2}([a-z][a-z-]*)(?: ([a-z][a-z-]*(?:\|[a-z-]+)*))?/gm)].flatMap(
    ([, command = '', second = '']) => [
      command,
      ...second.split('|').flatMap((word) => (word === '' ? [] : `${command} ${word}`)),
    ],
  ),
]);

/** What a page asks people to type: `skranke …` and `npm run -s skranke -- …`, in code. */
function commandsOn(text: string): string[] {
  const code = [...text.matchAll(/`[^`\n]+`|^ {4,}\S.*$/gm)].map(([piece]) => piece);
  return code.flatMap((piece) => {
    const typed = /^[`\s]*(?:npm run -s )?skranke (?:-- )?([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/.exec(piece);
    if (typed === null) return [];
    const [, command = '', second = ''] = typed;
    return [known.has(`${command} ${second}`) ? `${command} ${second}` : command];
  });
}

describe.each(pages)('%s', (page) => {
  test('names only commands that there are, and pictures that there are', () => {
    const text = read(page);
    expect(commandsOn(text).filter((command) => !known.has(command))).toEqual([]);
    const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file = '']) =>
      path.join(root, path.dirname(page), file),
    );
    expect(pictures.filter((file) => !existsSync(file))).toEqual([]);
  });
});

test('the configuration that the page shows has no mistake', () => {
  const shown = /^ +(\{ "dataDir"[\s\S]*?\} \})$/m.exec(read('docs/terminals.md'))?.[1] ?? '';
  expect(parseConfig('shown', shown).mistakes).toEqual([]);
  expect(JSON.parse(shown)).toMatchObject({ kiosk: { number: '120' } });
});

test('commands are found on the pages at all, and one that is not there is noticed', () => {
  const found = commandsOn(read('docs/terminals.md'));
  expect(found).toEqual(expect.arrayContaining(['enrol', 'doctor', 'staff add', 'district kiosk']));
  expect(commandsOn('`skranke no-such`').filter((command) => known.has(command))).toEqual([]);
});
