import { cpus, loadavg } from 'node:os';
import { createDice } from '../helpers/dice.ts';

/** One way of doing the same work. `run` does `count` of it and answers how long the work took, in milliseconds. */
export interface Contender {
  readonly name: string;
  /** Whether what it did survives a power cut; left out where nothing is stored. */
  readonly durable?: boolean | undefined;
  /** Of a slice; slow ones do less and are still compared by the piece. */
  readonly perSlice: number;
  run(count: number): Promise<number> | number;
}

export interface Row {
  readonly name: string;
  /** Milliseconds for one, median of the rounds. */
  readonly median: number;
  /** How many times as fast as each other contender, median of the paired rounds. */
  readonly ratioTo: Readonly<Record<string, number>>;
  readonly durable?: boolean | undefined;
}

/** What a ratio has to reach (`floor`), or must not pass (`ceiling`), and what it is hoped to be one day. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly floor?: number;
  readonly ceiling?: number;
  readonly goal: number;
  readonly ok: boolean;
}

export interface BenchResult {
  readonly name: string;
  /** The contender that the printed table compares with: the least the work can cost. */
  readonly limit: string;
  readonly rounds: number;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly Row[];
  readonly targets: readonly Target[];
}

/** Per contender the milliseconds for one piece in each round; all took turns, slice by slice. */
export type Rounds = ReadonlyMap<string, readonly number[]>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}

/**
 * Lets every contender do a few in turn, in another order each time, so that whatever else the machine does hits all
 * alike. Compare rounds, never absolute times.
 */
export async function runRounds(
  contenders: readonly Contender[],
  shape: { readonly rounds: number; readonly slices: number },
): Promise<Rounds> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  // The same order in every run of the benchmark.
  const dice = createDice(20_261_121);
  for (let round = 0; round < shape.rounds; round += 1) {
    const spent = new Map<string, number>();
    for (let slice = 0; slice < shape.slices; slice += 1) {
      for (const contender of dice.shuffle(contenders)) {
        // One that does not count: it meets what the one before has left to the disk and the caches.
        await contender.run(1);
        const ms = await contender.run(contender.perSlice);
        spent.set(contender.name, (spent.get(contender.name) ?? 0) + ms);
      }
    }
    for (const { name, perSlice } of contenders) {
      times.get(name)?.push((spent.get(name) ?? Number.NaN) / (perSlice * shape.slices));
    }
  }
  return times;
}

/** How many times as fast as `than` something was, median of the rounds. */
export function ratio(rounds: Rounds, name: string, than: string): number {
  const others = rounds.get(than) ?? [];
  return median((rounds.get(name) ?? []).map((ms, round) => (others[round] ?? Number.NaN) / ms));
}

export function toRows(rounds: Rounds, contenders: readonly Contender[]): Row[] {
  return contenders.map(({ name, durable }): Row => ({
    name,
    median: round(median(rounds.get(name) ?? [])),
    ratioTo: Object.fromEntries(
      contenders
        .filter((other) => other.name !== name)
        .map((other) => [other.name, round(ratio(rounds, name, other.name))]),
    ),
    durable,
  }));
}

export function toTarget(name: string, value: number, floor: number, goal: number): Target {
  return { name, value: round(value), floor, goal, ok: value >= floor };
}

export function toCeiling(name: string, value: number, ceiling: number, goal: number): Target {
  return { name, value: round(value), ceiling, goal, ok: value <= ceiling };
}

/** How many times as long as `than` something took, median of the rounds. */
export function timesAsLong(rounds: Rounds, name: string, than: string): number {
  return 1 / ratio(rounds, name, than);
}

/** The raw limit itself swung too far: the machine was busy with something else. */
export function isTooNoisy(rounds: Rounds, limit: string): boolean {
  const times = rounds.get(limit) ?? [];
  return Math.max(...times) > 4 * Math.min(...times);
}

export function describeMachine(): Record<string, string | number> {
  const [load = 0] = loadavg();
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    node: process.versions.node,
    load: round(load),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
