import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needs } from '../helpers/needs.ts';
import { checkWhole, readAnswers, submitChild } from '../helpers/submit-folder.ts';
import { makeFolder } from '../helpers/test-store.ts';

const submits = 6;

/** Runs a submit child under strace. @returns its answers and how often it synced. */
function run(folder: string, args: readonly string[], inject: string | null) {
  const trace = join(makeFolder(), 'trace');
  const options = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-e', 'signal=none', '-o', trace];
  const fault = inject === null ? [] : ['-e', `inject=fsync,fdatasync:error=EIO:when=${inject}`];
  const child = [process.execPath, submitChild, folder, ...args];
  const done = spawnSync('strace', [...options, ...fault, ...child], { encoding: 'utf8', timeout: 120_000 });
  const syncs = readFileSync(trace, 'utf8').match(/\bf(?:data)?sync\(/g)?.length ?? 0;
  return { ...readAnswers(done.stdout), status: done.status, errors: done.stderr, syncs };
}

function prepare(): string {
  const folder = makeFolder();
  const { kinds } = readAnswers(
    spawnSync(process.execPath, [submitChild, folder, '2'], { encoding: 'utf8', timeout: 120_000 }).stdout,
  );
  expect(kinds.get('stored')).toHaveLength(2);
  return folder;
}

describe.skipIf(!needs('strace').run)('a disk whose sync fails', () => {
  it('a submit on a reopened database syncs exactly once', () => {
    const folder = prepare();
    const [opening, few, many] = [0, 10, 40].map(
      (count) => run(folder, [String(count), 'count'], null).syncs,
    );
    expect([(few ?? 0) - (opening ?? 0), (many ?? 0) - (opening ?? 0)]).toEqual([10, 40]);
  });

  it('whichever sync fails once, what was called stored is there and what was called not stored is not', () => {
    const folder = prepare();
    const promised = new Set<string>();
    const { syncs } = run(folder, [String(submits)], null);
    expect(syncs).toBeGreaterThan(submits);
    const outcomes = new Set<string>();
    for (let nth = 1; nth <= syncs; nth += 1) {
      const { kinds, status, errors } = run(folder, [String(submits)], String(nth));
      expect([0, 3], errors).toContain(status);
      for (const kind of kinds.keys()) outcomes.add(kind);
      for (const id of kinds.get('stored') ?? []) promised.add(id);
      const there = checkWhole(folder, true);
      expect(
        [...promised].filter((id) => !there.has(id)),
        `sync ${nth}`,
      ).toEqual([]);
      expect(
        (kinds.get('not-stored') ?? []).filter((id) => there.has(id)),
        `sync ${nth}`,
      ).toEqual([]);
    }
    expect([...outcomes]).toContain('stored');
  });

  it('a disk that never syncs again gets no "stored" out of the kiosk, and the next start has a whole database', () => {
    const folder = prepare();
    const { syncs } = run(folder, [String(submits)], null);
    for (const nth of [1, syncs - submits * 2, syncs - submits, syncs - 2]) {
      const { kinds, status, errors } = run(folder, [String(submits)], `${nth}+`);
      expect([0, 3], errors).toContain(status);
      const there = checkWhole(folder, true);
      expect(
        (kinds.get('stored') ?? []).filter((id) => !there.has(id)),
        `from sync ${nth}`,
      ).toEqual([]);
      if (nth === 1) expect(kinds.get('stored')).toBeUndefined();
    }
  });
});
