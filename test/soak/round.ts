import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Submission } from '../../src-main/contract/report.ts';
import { createDice, type Dice } from '../helpers/dice.ts';
import type { PostgresCluster } from '../helpers/postgres.ts';
import { readDistrict, startSoakDistrict, type SoakDistrict, type SoakDistrictParts } from './district.ts';
import { judge, type Told, type Verdict } from './judge.ts';
import { createSoakKiosk, type SoakKiosk } from './kiosk.ts';
import { enrolKiosk, type SoakKeys } from './keys.ts';
import { harmNames, type HarmName } from './line-faults.ts';
import { startLyingLine, type LyingLine } from './lying-line.ts';
import type { KioskPlant } from './plants.ts';
import { throwSubmission } from './submissions.ts';

export type KioskDeed = 'kiosk killed' | 'kiosk killed as it starts' | 'power cut';
export type DistrictDeed =
  'intake killed' | 'intake restarted' | 'intake frozen' | 'database killed' | 'database restarted';

/** What may go wrong in a round; shares in percent of its faults. */
export interface Mix {
  readonly harms: readonly HarmName[];
  readonly kioskShare: number;
  readonly kioskDeeds: readonly KioskDeed[];
  readonly districtShare: number;
}

export const everything: Mix = {
  harms: harmNames,
  kioskShare: 10,
  kioskDeeds: ['kiosk killed', 'kiosk killed', 'kiosk killed as it starts', 'power cut'],
  districtShare: 5,
};

export interface RoundParts {
  readonly seed: string;
  readonly faults: number;
  readonly mix: Mix;
  readonly keys: SoakKeys;
  /** An empty folder of its own. */
  readonly folder: string;
  readonly databaseUrl: string;
  readonly cluster: PostgresCluster | null;
  /** Whether programs can be traced here, and so the power of a kiosk be cut. */
  readonly hasStrace: boolean;
  readonly kioskPlant?: KioskPlant;
  readonly startIntake?: SoakDistrictParts['startIntake'];
  /** How long the kiosks have at the end to bring everything. */
  readonly drainMs?: number;
}

export interface RoundResult {
  /** How often each fault was met. */
  readonly met: ReadonlyMap<string, number>;
  readonly submitted: number;
  readonly acknowledged: number;
  readonly verdict: Verdict;
  /** Kiosks that had not brought everything in time, and what their line said. */
  readonly stuck: readonly string[];
}

const kiosksInRound = 4;

/**
 * One world from its start to its end: kiosks, lines and intakes that break as the seed says, then healed, drained, killed at
 * once, and compared.
 */
export async function runRound(parts: RoundParts): Promise<RoundResult> {
  const { databaseUrl, cluster, keys, folder } = parts;
  const instances = cluster === null ? 1 : 2;
  const dice = createDice(parts.seed);
  const enrolled = [];
  for (let n = 0; n < kiosksInRound; n += 1) enrolled.push(await enrolKiosk(keys, `07-${String(120 + n)}`));
  const intakes: string[] = [];
  const lines = await Promise.all(enrolled.map(() => startLyingLine(() => intakes)));
  const kiosks = enrolled.map((settings, index) =>
    createSoakKiosk({
      folder: path.join(folder, 'kiosks'),
      settings: {
        ...settings,
        districtUrl: lines[index]?.url ?? '',
        mostEvents: dice.pick([3, 10, 500]),
        plant: parts.kioskPlant ?? null,
      },
      isTraced: parts.hasStrace && index === 0,
    }),
  );
  const startIntake = parts.startIntake === undefined ? {} : { startIntake: parts.startIntake };
  const [district] = await Promise.all([
    startSoakDistrict({ databaseUrl, cluster, keys: keys.folder, instances, ...startIntake }),
    ...kiosks.map((kiosk) => kiosk.start()),
  ]);
  intakes.push(...district.urls);
  const world: World = { parts, dice, district, told: new Map(), met: new Map(), lines, kiosks };
  try {
    await runLanes(world);
    const stuck = await drain(world);
    await endAll(world);
    const copy = await readDistrict(databaseUrl, keys.openingKey);
    const told = [...world.told.values()];
    const verdict = judge(
      told,
      world.kiosks.map((kiosk) => kiosk.readLog()),
      copy,
    );
    const acknowledged = told.filter(({ outcome }) => outcome === 'shown').length;
    return { met: world.met, submitted: told.length, acknowledged, verdict, stuck };
  } finally {
    await Promise.all(world.kiosks.map((kiosk) => kiosk.kill()));
    await Promise.all(world.lines.map((line) => line.close()));
    await district.killIntakes();
  }
}

interface World {
  readonly parts: RoundParts;
  readonly dice: Dice;
  readonly district: SoakDistrict;
  readonly told: Map<string, Told>;
  readonly met: Map<string, number>;
  readonly lines: readonly LyingLine[];
  readonly kiosks: readonly SoakKiosk[];
}

const sumOf = (met: ReadonlyMap<string, number>): number =>
  [...met.values()].reduce((sum, times) => sum + times, 0);

function meet({ met }: World, name: string): void {
  met.set(name, (met.get(name) ?? 0) + 1);
}

/** Each kiosk has a lane of its own, the district another: what one decides does not hang on how fast the others are. */
async function runLanes(world: World): Promise<void> {
  const { faults, mix } = world.parts;
  const ofDistrict = Math.round((faults * mix.districtShare) / 100);
  const ofKiosks = faults - ofDistrict;
  const lanes = world.kiosks.map((kiosk, index) => {
    const quota = Math.floor(ofKiosks / kiosksInRound) + (index < ofKiosks % kiosksInRound ? 1 : 0);
    const line = world.lines[index];
    if (line === undefined) throw new Error('each kiosk has its line');
    return runKioskLane(world, { kiosk, line, isTraced: world.parts.hasStrace && index === 0 }, quota);
  });
  await Promise.all([...lanes, runDistrictLane(world, ofDistrict)]);
}

interface Lane {
  readonly kiosk: SoakKiosk;
  readonly line: LyingLine;
  readonly isTraced: boolean;
}

async function runKioskLane(world: World, lane: Lane, quota: number): Promise<void> {
  const { mix } = world.parts;
  const dice = world.dice.fork(lane.kiosk.kioskId);
  const deeds = mix.kioskDeeds.filter((deed) => deed !== 'power cut' || lane.isTraced);
  // Each lane begins elsewhere in the same order, so that together they meet every harm early.
  const order = world.dice.fork('order').shuffle(mix.harms);
  let turn = Math.floor((world.kiosks.indexOf(lane.kiosk) * order.length) / kiosksInRound);
  for (let n = 0; n < quota; n += 1) {
    // Thrown anew for every step: what came before does not change it.
    const step = dice.fork(String(n));
    for (let more = step.below(3); more > 0; more -= 1)
      await submit(world, lane.kiosk, throwSubmission(step));
    if (step.percent(20)) claimOne(world, lane.kiosk, step);
    if (deeds.length > 0 && step.percent(mix.kioskShare))
      await doToKiosk(world, lane, step.pick(deeds), step);
    else {
      const harm = order[turn % order.length];
      turn += 1;
      if (harm !== undefined) await meetHarm(world, lane, harm, step);
    }
  }
}

/** @returns what the visitor was told; the same report sent again adds to what was told before. */
async function submit(world: World, kiosk: SoakKiosk, submission: Submission): Promise<void> {
  const { told } = world;
  const { kioskId } = kiosk;
  const { reportId } = submission;
  const before = told.get(reportId) ?? { submission, kioskId, outcome: 'nothing', references: [] };
  told.set(reportId, before);
  const { outcome, reference } = await kiosk.submit(submission);
  if (outcome === 'nothing') return;
  const now = told.get(reportId) ?? before;
  const references = new Set([...now.references, ...(reference === null ? [] : [reference])]);
  const isShown = outcome === 'shown' || now.outcome === 'shown';
  told.set(reportId, { ...now, outcome: isShown ? 'shown' : outcome, references: [...references] });
}

function reportsOf({ told }: World, { kioskId }: SoakKiosk, outcome: Told['outcome']): Submission[] {
  return [...told.values()]
    .filter((one) => one.kioskId === kioskId && one.outcome === outcome)
    .map(({ submission }) => submission);
}

function claimOne(world: World, kiosk: SoakKiosk, dice: Dice): void {
  const shown = reportsOf(world, kiosk, 'shown');
  if (shown.length > 0) kiosk.claim(dice.pick(shown).reportId);
}

const mostWaitMs = 120_000;
const nudgeMs = 400;

/** The line has something to do harm to as long as reports come in. */
async function meetHarm(world: World, { kiosk, line }: Lane, harm: HarmName, dice: Dice): Promise<void> {
  const done = line.harm(harm, dice.fork('harm')).then(() => true);
  const until = performance.now() + mostWaitMs;
  await submit(world, kiosk, throwSubmission(dice));
  do {
    // More only once the kiosk has caught up: on a slow machine a backlog would never end.
    const standing = await kiosk.standing();
    if ((standing?.waiting ?? 0) <= 1) await submit(world, kiosk, throwSubmission(dice));
    if (performance.now() > until) throw new Error(`${kiosk.kioskId} never met "${harm}"`);
  } while (!(await Promise.race([done, sleep(nudgeMs, false)])));
  meet(world, harm);
}

async function doToKiosk(world: World, { kiosk }: Lane, deed: KioskDeed, dice: Dice): Promise<void> {
  const burst = Array.from({ length: 1 + dice.below(4) }, () => submit(world, kiosk, throwSubmission(dice)));
  await sleep(dice.below(60));
  if (deed === 'power cut') await kiosk.cutPower(dice);
  else await kiosk.kill();
  await Promise.all(burst);
  if (deed === 'kiosk killed as it starts') await kiosk.start(dice.below(700));
  await kiosk.start();
  meet(world, deed);
  // A screen that outlives the services asks again with the same id; a visitor who has gone does not.
  for (const submission of reportsOf(world, kiosk, 'nothing'))
    if (dice.percent(50)) await submit(world, kiosk, submission);
}

async function runDistrictLane(world: World, quota: number): Promise<void> {
  const { cluster, faults } = world.parts;
  const dice = world.dice.fork('district');
  const always: DistrictDeed[] = ['intake killed', 'intake killed', 'intake restarted', 'intake frozen'];
  const ofDatabase: DistrictDeed[] = ['database killed', 'database restarted'];
  let deck: DistrictDeed[] = [];
  for (let n = 0; n < quota; n += 1) {
    const step = dice.fork(String(n));
    if (deck.length === 0) deck = step.shuffle(cluster === null ? always : [...always, ...ofDatabase]);
    const deed = deck.pop();
    // Spread over the round by how far it is, not by time.
    while (sumOf(world.met) < ((n + 0.5) * faults) / (quota + 1)) await sleep(10);
    if (deed !== undefined) await doToDistrict(world, deed, step);
  }
}

async function doToDistrict(world: World, deed: DistrictDeed, dice: Dice): Promise<void> {
  const { district } = world;
  const { cluster } = world.parts;
  const which = dice.below(2);
  const pauseMs = dice.below(400);
  switch (deed) {
    case 'intake killed':
      await district.killIntake(which);
      await sleep(pauseMs);
      await district.startIntake(which);
      break;
    case 'intake restarted':
      await district.restartIntake(which);
      break;
    case 'intake frozen':
      await district.freezeIntake(which, pauseMs * 5);
      break;
    case 'database killed':
      await cluster?.kill();
      await sleep(pauseMs);
      await cluster?.start();
      break;
    case 'database restarted':
      await cluster?.shutDown();
      await cluster?.start();
      break;
  }
  meet(world, deed);
}

/** Healed, with nothing new to send: whatever was promised has to get there by itself. */
async function drain(world: World): Promise<string[]> {
  const until = performance.now() + (world.parts.drainMs ?? mostWaitMs);
  const stuck = new Map<string, string>();
  await Promise.all(world.lines.map((line) => line.settle()));
  for (const kiosk of world.kiosks) {
    for (;;) {
      const standing = await kiosk.standing();
      if (standing?.waiting === 0) break;
      if (performance.now() > until) {
        stuck.set(
          kiosk.kioskId,
          `${kiosk.kioskId}: ${String(standing?.waiting)} wait, ${standing?.stopped ?? 'no answer'}`,
        );
        break;
      }
      await sleep(20);
    }
  }
  await Promise.all(world.lines.map((line) => line.settle()));
  return [...stuck.values()];
}

/** Everybody says that all is well: now it has to be true without them. */
async function endAll({ parts, dice, district, kiosks }: World): Promise<void> {
  await district.killAll();
  for (const [index, kiosk] of kiosks.entries())
    if (parts.hasStrace && index === 0) await kiosk.cutPower(dice.fork('end'));
    else await kiosk.kill();
}
