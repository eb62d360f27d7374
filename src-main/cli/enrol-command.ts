import { readConfig } from '../app/config.ts';
import { enrol } from '../app/enrol.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke enrol --config FILE --district-key FILE…`; prints the kiosk's public key for the district. */
export async function enrolCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    ...placeOptions,
    'district-key': { type: 'string', multiple: true, default: [] },
  });
  if (values['district-key'].length === 0)
    throw new UsageError("enrol: expected --district-key with the file of the district's public key.");
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  process.stdout.write(await enrol(config, values['district-key']));
  if (!values.json)
    say(
      "(Above: this kiosk's public key. The district keeps it as kiosks/<district number>-<kiosk number>.json.)",
    );
  return 0;
}
