import { readConfig } from '../app/config.ts';
import { exportBatches } from '../app/export-batches.ts';
import { withKiosk } from './admin-line.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke export FILE [--after NUMBER]`: what waits, for a district that no line leads to. */
export async function exportCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, { ...placeOptions, after: { type: 'string' } });
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError('export: expected "export FILE".');
  if (values.after !== undefined && !/^\d{1,15}$/.test(values.after))
    throw new UsageError('export --after: expected the number of an event.');
  const after = values.after === undefined ? null : Number(values.after);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const answer = await withKiosk(config, (ask) => exportBatches(ask, target, after));
  if (answer.kind === 'refused') {
    complain(answer.sentence);
    return 1;
  }
  const { file, events, throughSequence } = answer;
  if (values.json) say(JSON.stringify({ file, events, throughSequence }));
  else if (throughSequence === null) say(`${file}: nothing waits for the district; the file is empty.`);
  else
    say(
      `${file}: ${String(events)} events, the last is ${String(throughSequence)}, sealed and signed. At the district: skranke district import. The kiosk keeps them until the district has told it over the line.`,
    );
  return 0;
}
