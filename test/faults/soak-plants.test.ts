import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServing } from '../helpers/intake-child.ts';
import { needs } from '../helpers/needs.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';
import type { Verdict } from '../soak/judge.ts';
import { makeSoakKeys, type SoakKeys } from '../soak/keys.ts';
import { runRound, type Mix, type RoundParts } from '../soak/round.ts';

/* A checker that finds nothing proves nothing: four bugs are put around the product, and each has to be found. */

const nothing: Mix = { harms: ['reset before it is read'], kioskShare: 0, kioskDeeds: [], districtShare: 0 };
/** Chance may pass a bug by once; three times in a row it does not. */
const mostRounds = 3;

let folder = '';
let keys: SoakKeys;
let rounds = 0;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'skranke-plants-'));
  keys = await makeSoakKeys(path.join(folder, 'keys'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Planted = Pick<RoundParts, 'mix' | 'faults'> &
  Partial<Pick<RoundParts, 'kioskPlant' | 'startIntake' | 'drainMs'>>;

/** @returns what the checker found, in the first round in which it found something. */
async function findIn(planted: Planted, cluster: PostgresCluster | null = null): Promise<Verdict | null> {
  for (let round = 1; round <= mostRounds; round += 1) {
    rounds += 1;
    const place = path.join(folder, `round-${rounds}`);
    const databaseUrl =
      cluster === null ? `pglite:${path.join(place, 'pglite')}` : await cluster.createDatabase();
    const parts = { keys, cluster, databaseUrl, folder: place, seed: `planted/${round}`, hasStrace: false };
    const { verdict } = await runRound({
      ...parts,
      ...planted,
      hasStrace: planted.kioskPlant === 'sync-normal',
    });
    if (Object.values(verdict).some((found) => found.length > 0)) return verdict;
  }
  return null;
}

const plantedIntake =
  (bug: string): RoundParts['startIntake'] =>
  (databaseUrl, keyFolder, port = 0) =>
    startServing([
      ...[process.execPath, path.join(import.meta.dirname, '../soak/planted-intake.ts')],
      ...[bug, databaseUrl, keyFolder, String(port)],
    ]);

it('an intake that acknowledges before its commit loses what it said it has, and that is found', async () => {
  const found = await findIn({ mix: nothing, faults: 12, startIntake: plantedIntake('ack-before-commit') });
  expect(found?.lost).not.toEqual([]);
  expect(found?.lost).toBeDefined();
});

it('a kiosk that takes the acknowledgement of a part for one of the whole never sends the rest, and that is found', async () => {
  const found = await findIn({
    mix: { ...nothing, harms: ['only the first part kept'] },
    faults: 6,
    kioskPlant: 'whole-batch',
  });
  expect(found?.lost).not.toEqual([]);
  expect(found?.lost).toBeDefined();
});

describe.skipIf(!needs('strace').run)('a kiosk whose commits are not synced', () => {
  it('forgets, when the power is cut, what it had promised, and that is found', async () => {
    const found = await findIn({
      mix: { ...nothing, kioskShare: 100, kioskDeeds: ['power cut'] },
      faults: 9,
      kioskPlant: 'sync-normal',
      drainMs: 5000,
    });
    expect(found?.lost).not.toEqual([]);
    expect(found?.lost).toBeDefined();
  });
});

describe.skipIf(!needs('postgres').run)('an intake without unique keys', () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.stop());

  it('keeps twice what was sent twice, and that is found', async () => {
    const found = await findIn(
      { mix: { ...nothing, harms: ['sent twice at once'] }, faults: 9, startIntake: plantedIntake('no-key') },
      cluster,
    );
    expect(found?.doubled).not.toEqual([]);
    expect(found?.doubled).toBeDefined();
  });
});
