import { makeSupportBundle } from '../app/support-bundle.ts';
import { tellCheck } from './doctor-command.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke support-bundle FILE`. */
export async function supportBundleCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0)
    throw new UsageError('support-bundle: expected "support-bundle FILE".');
  const options = { configFile: values.config ?? null, dataDir: values['data-dir'] ?? null };
  const file = await makeSupportBundle(options, target, values.json ? () => undefined : tellCheck);
  if (values.json) say(JSON.stringify({ file }));
  else say(`${file}: no report and nobody's name is in it. It is plain text: read it before you send it.`);
  return 0;
}
