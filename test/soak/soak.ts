import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runSoak } from './run-soak.ts';

/*
 * `npm run soak -- [--faults 10000] [--seed S] [--round R] [--json]`. Exit 0: nothing lost, doubled, altered or invented; 1:
 * something was; 2: it could not run. What happens meanwhile goes to the second stream.
 */
function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} ${text}: expected a whole number from ${least}`);
  return value;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      faults: { type: 'string', default: '10000' },
      seed: { type: 'string', default: String(randomInt(1_000_000_000)) },
      round: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const faults = wholeNumber('faults', values.faults, 1);
  const seed = wholeNumber('seed', values.seed, 0);
  const onlyRound = values.round === undefined ? null : wholeNumber('round', values.round, 1);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  tell(`seed ${seed}`);
  const { result, met, findings } = await runSoak({ faults, seed, onlyRound, tell });
  for (const [name, times] of [...met].toSorted(([one], [other]) => one.localeCompare(other)))
    tell(`${String(times).padStart(6)}  ${name}`);
  const { submitted, acknowledged, lost, doubled, altered, invented } = result;
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    process.stdout.write(
      `${result.faults} faults with seed ${seed}: ${submitted} reports submitted, ${acknowledged} shown to their visitors; ` +
        `lost ${lost}, doubled ${doubled}, altered ${altered}, invented ${invented}\n`,
    );
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`skranke: soak: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
