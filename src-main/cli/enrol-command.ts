import { readConfig } from '../app/config.ts';
import { enrol } from '../app/enrol.ts';
import { enrolByCode } from '../app/enrol-by-code.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/**
 * `skranke enrol --config FILE --code CODE` registers this kiosk over the line; with `--district-key FILE…` it prints the
 * kiosk's public key, which the district then lays into its folder.
 */
export async function enrolCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    ...placeOptions,
    code: { type: 'string' },
    'district-key': { type: 'string', multiple: true, default: [] },
  });
  const { code } = values;
  if ((code === undefined) === (values['district-key'].length === 0))
    throw new UsageError(
      'enrol: expected --code with what the district gave out, or --district-key with the file of its public key.',
    );
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  if (code !== undefined) {
    const kioskId = await enrolByCode(config, code);
    say(values.json ? JSON.stringify({ kioskId }) : `This is kiosk ${kioskId}; the district knows its key.`);
    return 0;
  }
  process.stdout.write(await enrol(config, values['district-key']));
  if (!values.json)
    say(
      "(Above: this kiosk's public key. The district keeps it as kiosks/<district number>-<kiosk number>.json.)",
    );
  return 0;
}
