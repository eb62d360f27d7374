import { makeBackup, type DatabaseFacts } from '../app/backup.ts';
import { readConfig } from '../app/config.ts';
import { restoreBackup } from '../app/restore.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** For programs: what a database holds. */
function toldFacts({ owner, head, ...facts }: DatabaseFacts) {
  return {
    kioskId: owner?.kioskId ?? null,
    mode: owner?.mode ?? null,
    events: head.sequence,
    headHash: head.hash,
    ...facts,
  };
}

const holds = ({ owner, head, newestEventAt, reports }: DatabaseFacts): string =>
  `kiosk ${owner?.kioskId ?? '-'}, reports: ${String(reports)}, events: ${String(head.sequence)}, the newest from ${newestEventAt ?? 'never'}`;

/** `skranke backup FILE`: beside a running kiosk, or of one that stands still. */
export async function backupCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('backup: expected "backup FILE".');
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const answer = await makeBackup(config, target);
  if (answer.kind === 'refused') {
    complain(answer.sentence);
    return 1;
  }
  const { file, bytes, facts } = answer;
  if (values.json) say(JSON.stringify({ file, bytes, ...toldFacts(facts) }));
  else say(`${file}: whole and looked through: ${holds(facts)}. It holds no key.`);
  for (const sentence of facts.changed) complain(`the backup was made, but ${sentence}.`);
  return facts.changed.length === 0 ? 0 : 1;
}

/** `skranke restore FILE [--as-it-is]`: into the data folder of a kiosk that stands still. */
export async function restoreCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    'as-it-is': { type: 'boolean', default: false },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('restore: expected "restore FILE".');
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const answer = await restoreBackup(config, file, { acceptsChanged: values['as-it-is'] });
  if (answer.kind === 'refused') {
    complain(answer.sentence);
    return 1;
  }
  const { facts, kioskId, aside } = answer;
  if (values.json) {
    say(JSON.stringify({ ...toldFacts(facts), kioskId, backupOf: facts.owner?.kioskId ?? null, aside }));
    return 0;
  }
  say(`Put back: ${holds(facts)}. What was made after that is not in it.`);
  if (aside !== null) say(`The database that was there is kept in ${aside}.`);
  if (facts.owner?.kioskId !== kioskId)
    say(`This is kiosk ${kioskId} from now on: the district keeps its public key under that number too.`);
  return 0;
}
