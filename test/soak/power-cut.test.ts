import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createDice } from '../helpers/dice.ts';
import { makeFolder } from '../helpers/test-store.ts';
import { dropUnsynced, findUnsynced } from './power-cut.ts';

const file = '/data/skranke.db-wal';
const write = (at: number, thread = 7): string => `${thread}  pwrite64(21<${file}>, ""..., 100, ${at}) = 100`;
const from = (lines: readonly string[]): number[] =>
  (findUnsynced(lines.join('\n'), (name) => name === file).get(file) ?? []).map((written) => written.from);

it('a sync keeps what was written before it began, and only when it succeeded', () => {
  const begun = `8  fsync(21<${file}> <unfinished ...>`;
  const ended = '8  <... fsync resumed>)              = 0';
  const failed = `7  fsync(21<${file}>)         = -1 EIO (Input/output error)`;
  expect(from([write(0), `7  fsync(21<${file}>)         = 0`, write(100)])).toEqual([100]);
  expect(from([write(0), begun, write(100), ended, write(200)])).toEqual([100, 200]);
  expect(from([write(0), begun])).toEqual([0]);
  expect(from([write(0), failed])).toEqual([0]);
  expect(from([write(0), '7  fsync(22</data/other>)         = 0'])).toEqual([0]);
  expect(from([`7  pwrite64(21<${file}>, ""..., 100, 300 <unfinished ...>`])).toEqual([300]);
  expect(() => from([`7  write(21<${file}>, ""..., 3) = 3`])).toThrow('without its place');
});

it('takes unsynced writes out of the file, and nothing beside them', () => {
  const place = path.join(makeFolder(), 'file');
  const whole = Buffer.alloc(4096, 1);
  let lost = 0;
  for (let seed = 0; seed < 20; seed += 1) {
    writeFileSync(place, whole);
    lost += dropUnsynced(new Map([[place, [{ from: 100, to: 2000 }]]]), createDice(seed));
    const left = readFileSync(place);
    expect([left.subarray(0, 100), left.subarray(2000)]).toEqual([
      whole.subarray(0, 100),
      whole.subarray(2000),
    ]);
  }
  expect(lost).toBeGreaterThan(1900);
});
