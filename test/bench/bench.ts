import { parseArgs } from 'node:util';
import { benchFleet, type FleetShape } from './fleet.ts';
import type { BenchResult } from './measure.ts';
import { benchPaint } from './paint.ts';
import { benchPrint } from './print.ts';
import { benchQueue } from './queue.ts';
import { benchSpeech } from './speech.ts';
import { benchSync } from './sync.ts';
import { benchSubmit } from './submit.ts';

type Bench = (shape: FleetShape) => Promise<{ readonly result: BenchResult; readonly isNoisy: boolean }>;

const benches: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  ['fleet', benchFleet],
  ['sync', benchSync],
  ['submit', benchSubmit],
  ['paint', benchPaint],
  ['print', benchPrint],
  ['queue', benchQueue],
  ['speech', benchSpeech],
]);

const keeps = new Map([
  [true, 'durable'],
  [false, 'NOT durable'],
]);

function print({ rows, targets, rounds, limit }: BenchResult): void {
  console.log(
    `${rounds} rounds, all contenders taking turns; milliseconds for one, and times as fast as ${limit}`,
  );
  for (const { name, median, ratioTo, durable } of rows) {
    const times = ratioTo[limit]?.toFixed(3) ?? '1';
    const kept = durable === undefined ? '' : `  ${keeps.get(durable) ?? ''}`;
    console.log(`${name.padEnd(48)} ${median.toFixed(3).padStart(10)} ${times.padStart(8)}${kept}`);
  }
  for (const { name, value, floor, ceiling, goal, ok } of targets) {
    const bound = floor === undefined ? `ceiling ${ceiling ?? '?'}` : `floor ${floor}`;
    console.log(`${ok ? 'ok    ' : 'MISSED'} ${name}: ${value} (${bound}, goal ${goal})`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      kiosks: { type: 'string', default: '300' },
      reports: { type: 'string', default: '100' },
    },
  });
  const bench = benches.get(positionals[0] ?? '');
  if (bench === undefined) {
    console.error(`skranke: bench: expected a name: ${[...benches.keys()].join(', ')}`);
    return 2;
  }
  const { result, isNoisy } = await bench({ kiosks: Number(values.kiosks), reports: Number(values.reports) });
  print(result);
  if (isNoisy)
    console.log('The raw limit itself swung more than four times: this machine is too noisy to judge.');
  if (values.json === true) console.log(JSON.stringify(result));
  if (isNoisy) return 3;
  return result.targets.every((target) => target.ok) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`skranke: bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
