import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createIntake, type Intake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import { loadKioskKeys } from '../../src-district/kiosk-keys.ts';
import { ConfigError } from '../app/config-error.ts';
import { batchSchema, type IntakeRefusal } from '../contract/envelope.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

const sentences: Readonly<Record<IntakeRefusal['refusal'], string>> = {
  gap: 'events before it are missing here; take the older file first',
  'unknown-kiosk': 'its kiosk is not known here; "district kiosk add", or its public key into --keys',
  'bad-signature': 'it was not signed by the key that is known for its kiosk',
  'broken-chain':
    'it was altered on the way, or does not follow what is held of its kiosk (two machines with one number?)',
  conflict: 'other events are held under its numbers (two machines with one number?)',
  malformed: 'it is no batch of a kiosk, or was altered on the way',
};

interface Imported {
  batches: number;
  events: number;
  parked: number;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Through the same door as what comes over the line; what was taken before is taken again without harm. */
async function takeLine(intake: Intake, line: string, taken: Imported): Promise<string | null> {
  const batch = batchSchema.safeParse(parse(line));
  if (!batch.success) return sentences.malformed;
  const outcome = await intake.handleBatch(batch.data);
  if (outcome.outcome === 'refused') return sentences[outcome.refusal.refusal];
  taken.batches += 1;
  taken.events += batch.data.events.length;
  taken.parked += outcome.acknowledgement.parked.length;
  return null;
}

async function openLines(file: string): Promise<AsyncIterable<string>> {
  const input = createReadStream(file);
  await new Promise<void>((resolve, reject) => {
    input.once('open', () => resolve());
    input.once('error', () => reject(new ConfigError(`${file}: cannot be read.`)));
  });
  return createInterface({ input, crlfDelay: Infinity });
}

/** `skranke district import FILE`: what a kiosk wrote with `skranke export`. Stops at the first line it cannot take. */
export async function importCommand(
  database: IntakeDatabase,
  file: string | undefined,
  { keys, json }: { readonly keys: string | undefined; readonly json: boolean },
): Promise<number> {
  if (file === undefined) throw new UsageError('district import: expected a file.');
  const known = keys === undefined ? null : await loadKioskKeys(join(keys, 'kiosks'));
  if (known?.ok === false)
    throw new ConfigError(`${known.file}: expected a kiosk's public key in a file named like 07-120.json.`);
  const intake = createIntake({ database, kioskKeys: known?.keys ?? new Map() });
  const taken: Imported = { batches: 0, events: 0, parked: 0 };
  let refusal: string | null = null;
  for await (const line of await openLines(file)) {
    if (line.trim() === '') continue;
    refusal = await takeLine(intake, line, taken);
    if (refusal !== null) break;
  }
  if (json) say(JSON.stringify({ ...taken, refusal }));
  else
    say(
      `${file}: ${String(taken.events)} events in ${String(taken.batches)} batches are kept; for a person to look at: ${String(taken.parked)}.`,
    );
  if (refusal === null) return 0;
  complain(`${file}: batch ${String(taken.batches + 1)} was not taken: ${refusal}.`);
  return 1;
}
