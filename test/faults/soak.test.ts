import { expect, it } from 'vitest';
import { needs } from '../helpers/needs.ts';
import { harmNames } from '../soak/line-faults.ts';
import { runSoak } from '../soak/run-soak.ts';

// Told to `npm test` where they are missing; the run then goes without them.
needs('postgres');
needs('strace');

it('200 faults between kiosks and district, thrown by a seed: nothing lost, doubled, altered or invented', async () => {
  const seed = Date.now() % 1_000_000;
  const told: string[] = [];
  const { result, met, findings } = await runSoak({
    ...{ faults: 200, seed, onlyRound: null },
    tell: (line) => void told.push(line),
  });
  const repeat = `npm run soak -- --faults 200 --seed ${seed}\n${told.join('\n')}`;
  expect(findings, repeat).toEqual([]);
  expect(result, repeat).toMatchObject({ faults: 200, lost: 0, doubled: 0, altered: 0, invented: 0, seed });
  // Most reports were shown to somebody, and every kind of harm was done.
  expect(result.acknowledged, repeat).toBeGreaterThan(result.submitted / 2);
  expect(
    harmNames.filter((name) => !met.has(name)),
    repeat,
  ).toEqual([]);
});
