import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasTool } from '../helpers/needs.ts';
import { startPostgres, type PostgresCluster } from '../helpers/postgres.ts';
import type { Verdict } from './judge.ts';
import { makeSoakKeys, type SoakKeys } from './keys.ts';
import { everything, runRound, type RoundResult } from './round.ts';

/** What `--json` prints. `acknowledged`: the visitor was shown a number, the promise that is checked. */
export interface SoakResult {
  readonly faults: number;
  readonly submitted: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly altered: number;
  readonly invented: number;
  readonly seed: number;
}

export interface SoakOptions {
  readonly faults: number;
  readonly seed: number;
  /** Only this round, counted from 1: to repeat what failed. */
  readonly onlyRound: number | null;
  readonly tell: (line: string) => void;
}

export interface SoakOutcome {
  readonly result: SoakResult;
  readonly met: ReadonlyMap<string, number>;
  readonly findings: readonly string[];
}

const mostFaultsInRound = 250;

/** Rounds in fresh worlds, on PGlite and on PostgreSQL in turn. */
export async function runSoak({ faults, seed, onlyRound, tell }: SoakOptions): Promise<SoakOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'skranke-soak-'));
  const rounds = Math.max(faults > 1 ? 2 : 1, Math.ceil(faults / mostFaultsInRound));
  const postgres = hasTool('postgres');
  if (!postgres.run) tell(`every round on PGlite, because ${postgres.reason}`);
  const strace = hasTool('strace');
  if (!strace.run) tell(`no power is cut, because ${strace.reason}`);
  let cluster: PostgresCluster | null = null;
  const results: RoundResult[] = [];
  try {
    const keys = await makeSoakKeys(path.join(folder, 'keys'));
    for (let round = 1; round <= rounds; round += 1) {
      if (onlyRound !== null && onlyRound !== round) continue;
      if (postgres.run && round % 2 === 0) cluster ??= await startPostgres();
      const size = Math.floor(faults / rounds) + (round <= faults % rounds ? 1 : 0);
      const world = { round, size, cluster: round % 2 === 0 ? cluster : null, folder, keys };
      results.push(await runOne({ seed, tell, hasStrace: strace.run }, world).catch(atRound(seed, round)));
    }
  } finally {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return summarise(seed, results);
}

const atRound =
  (seed: number, round: number) =>
  (cause: unknown): never => {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`round ${round} of seed ${seed}: ${words}`, { cause });
  };

interface OneRound {
  readonly round: number;
  readonly size: number;
  readonly cluster: PostgresCluster | null;
  readonly folder: string;
  readonly keys: SoakKeys;
}
type Common = Pick<SoakOptions, 'seed' | 'tell'> & { readonly hasStrace: boolean };

async function runOne({ seed, tell, hasStrace }: Common, one: OneRound): Promise<RoundResult> {
  const { round, size, cluster, keys } = one;
  const folder = path.join(one.folder, `round-${round}`);
  const databaseUrl =
    cluster === null ? `pglite:${path.join(folder, 'pglite')}` : await cluster.createDatabase();
  const startedMs = performance.now();
  const result = await runRound({
    ...{ folder, databaseUrl, cluster, keys, hasStrace },
    seed: `${seed}/${round}`,
    faults: size,
    mix: everything,
  });
  rmSync(folder, { recursive: true, force: true });
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  const { submitted, acknowledged } = result;
  const where = cluster === null ? 'PGlite' : 'PostgreSQL';
  tell(
    `round ${round} on ${where}: ${size} faults, ${submitted} submitted, ${acknowledged} shown, ${seconds} s`,
  );
  const findings = findingsOf(result);
  for (const finding of findings) tell(`round ${round}: ${finding}`);
  if (findings.length > 0) tell(`to repeat it: --seed ${seed} --round ${round}, and --faults as it was`);
  return result;
}

const kinds = ['lost', 'doubled', 'altered', 'invented'] as const satisfies (keyof Verdict)[];

function findingsOf({ verdict, stuck }: RoundResult): string[] {
  return [
    ...kinds.flatMap((kind) => verdict[kind].map((sentence) => `${kind}: ${sentence}`)),
    ...stuck.map((sentence) => `not delivered in time: ${sentence}`),
  ];
}

function summarise(seed: number, results: readonly RoundResult[]): SoakOutcome {
  const sum = (of: (result: RoundResult) => number): number =>
    results.reduce((total, result) => total + of(result), 0);
  const met = new Map<string, number>();
  for (const result of results)
    for (const [name, times] of result.met) met.set(name, (met.get(name) ?? 0) + times);
  return {
    met,
    findings: results.flatMap(findingsOf),
    result: {
      faults: sum((result) => [...result.met.values()].reduce((total, times) => total + times, 0)),
      submitted: sum(({ submitted }) => submitted),
      acknowledged: sum(({ acknowledged }) => acknowledged),
      lost: sum(({ verdict }) => verdict.lost.length),
      doubled: sum(({ verdict }) => verdict.doubled.length),
      altered: sum(({ verdict }) => verdict.altered.length),
      invented: sum(({ verdict }) => verdict.invented.length),
      seed,
    },
  };
}
