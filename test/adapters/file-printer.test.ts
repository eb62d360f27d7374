import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFilePrinter } from '../../src-main/adapters/file-printer.ts';
import { createNoPrinter } from '../../src-main/adapters/no-printer.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skranke-file-printer-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const run = { signal, onSent: () => undefined };
const slip = (words: string) => ({ kind: 'pdf' as const, title: '071204837395', pdf: Buffer.from(words) });

test('a slip becomes one file that only its owner reads; a second print replaces it', async () => {
  const dir = join(folder, 'receipts');
  const printer = createFilePrinter({ dir });
  expect(await printer.print(slip('first'), run)).toEqual({ outcome: 'printed' });
  expect(await printer.print(slip('second'), run)).toEqual({ outcome: 'printed' });
  expect(readdirSync(dir)).toEqual(['071204837395.pdf']);
  expect(readFileSync(join(dir, '071204837395.pdf'), 'utf8')).toBe('second');
  expect(statSync(join(dir, '071204837395.pdf')).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(await printer.status(signal)).toEqual({ state: 'ready', problem: null });
});

test('a folder that cannot be one is an outcome, not a crash', async () => {
  const dir = join(folder, 'in-the-way');
  writeFileSync(dir, '');
  const printer = createFilePrinter({ dir });
  expect(await printer.print(slip('a'), run)).toEqual({ outcome: 'failed', reason: 'unknown' });
  expect(await printer.status(signal)).toEqual({ state: 'attention', problem: 'unknown' });
});

test('a title that is no name never becomes a path', async () => {
  const printer = createFilePrinter({ dir: folder });
  await expect(printer.print({ ...slip('a'), title: '../0712' }, run)).rejects.toThrow('A title has');
});

test('no printer says that there is none', async () => {
  const none = createNoPrinter();
  expect(await none.print(slip('a'), run)).toEqual({ outcome: 'failed', reason: 'no-printer' });
  expect(await none.status(signal)).toEqual({ state: 'absent', problem: 'no-printer' });
});
