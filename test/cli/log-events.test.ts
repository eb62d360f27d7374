import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeLogEvents } from '../../src-main/cli/log-events-command.ts';
import { logEvents } from '../../src-main/contract/log-events.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('the page for IT is what the catalogue says', () => {
  const page = readFileSync(path.join(root, 'docs/log-events.md'), 'utf8');
  const advice = 'npm run -s skranke -- log-events > docs/log-events.md';
  expect(page === `${describeLogEvents()}\n`, `write it anew: ${advice}`).toBe(true);
});

test('every event of the catalogue is one that the program writes', () => {
  const sources = ['src-main', 'src-district'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('log-events.ts'))
      .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
  );
  const unused = Object.keys(logEvents).filter(
    (event) => !sources.some((text) => text.includes(`'${event}'`)),
  );
  expect(unused).toEqual([]);
});
