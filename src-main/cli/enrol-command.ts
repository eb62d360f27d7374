import { readConfig } from '../app/config.ts';
import { enrol } from '../app/enrol.ts';
import { enrolByCode } from '../app/enrol-by-code.ts';
import { askKiosk, refuse } from './admin-line.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke enrol --renew`: asks the running kiosk, or does it where none runs. */
async function renew(values: {
  readonly config?: string;
  readonly 'data-dir'?: string;
  readonly json: boolean;
}): Promise<number> {
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const answer = await askKiosk(config, { ask: 'renew-key' });
  if (answer.answer !== 'key-renewed') return refuse(answer);
  const { keyId } = answer;
  say(
    values.json
      ? JSON.stringify({ keyId })
      : `This kiosk signs with the key ${keyId} now; slips and batches of the key before stay good.`,
  );
  return 0;
}

/**
 * `skranke enrol --config FILE --code CODE` registers this kiosk over the line; with `--district-key FILE…` it prints the
 * kiosk's public key, which the district then lays into its folder.
 */
export async function enrolCommand(argv: readonly string[]): Promise<number> {
  const { values } = parseOptions(argv, {
    ...placeOptions,
    code: { type: 'string' },
    renew: { type: 'boolean', default: false },
    'district-key': { type: 'string', multiple: true, default: [] },
  });
  const { code } = values;
  if (values.renew) return renew(values);
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
