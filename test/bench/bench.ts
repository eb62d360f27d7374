import { parseArgs } from 'node:util';
import type { BenchResult } from './measure.ts';
import { benchSubmit } from './submit.ts';

const benches = new Map([['submit', benchSubmit]]);

function print({ rows, targets, rounds }: BenchResult): void {
  const reference = 'raw append+fsync';
  console.log(
    `${rounds} rounds, all contenders taking turns; milliseconds for one, and times as fast as ${reference}`,
  );
  for (const row of rows) {
    const times = row.ratioTo[reference]?.toFixed(3) ?? '1';
    console.log(
      `${row.name.padEnd(48)} ${row.median.toFixed(3).padStart(10)} ${times.padStart(8)}  ${row.durable ? 'durable' : 'NOT durable'}`,
    );
  }
  for (const { name, value, floor, goal, ok } of targets) {
    console.log(`${ok ? 'ok    ' : 'MISSED'} ${name}: ${value} (floor ${floor}, goal ${goal})`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' } },
  });
  const bench = benches.get(positionals[0] ?? '');
  if (bench === undefined) {
    console.error(`skranke: bench: expected a name: ${[...benches.keys()].join(', ')}`);
    return 2;
  }
  const { result, isNoisy } = await bench();
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
