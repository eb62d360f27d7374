import { askRunningKiosk } from '../app/admin.ts';
import { readConfig, type Config } from '../app/config.ts';
import { importDeskCertificate, requestDeskCertificate } from '../app/desk-certificate.ts';
import { askKiosk, refuse } from './admin-line.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** The code lives in the running kiosk: one made by another process would let nobody in. */
async function pair(config: Config, isForProgram: boolean): Promise<number> {
  const answer = await askRunningKiosk(config.dataDir, { ask: 'make-pairing-code' });
  if (answer === null) {
    complain('the kiosk is not running; start it, and ask again.');
    return 1;
  }
  if (answer.answer !== 'pairing-code') return refuse(answer);
  const { code, validForMs } = answer;
  if (isForProgram) say(JSON.stringify({ code, validForMs }));
  else say(`Type this code at the desk within ${String(Math.round(validForMs / 60_000))} minutes: ${code}`);
  return 0;
}

async function list(config: Config, isForProgram: boolean): Promise<number> {
  const answer = await askKiosk(config, { ask: 'list-desks' });
  if (answer.answer !== 'desks') return refuse(answer);
  if (isForProgram) say(JSON.stringify(answer.desks));
  else
    for (const { name, addedAt, seenAt, holdsStationKey } of answer.desks)
      say(
        `${name}\tsince ${addedAt.slice(0, 10)}\tlast seen ${seenAt.slice(0, 16).replace('T', ' ')} UTC\t${holdsStationKey ? 'has the station key' : 'waits for the station key'}`,
      );
  return 0;
}

async function revoke(config: Config, name: string | undefined): Promise<number> {
  if (name === undefined) throw new UsageError('desk revoke: expected the name of a desk ("desk list").');
  const answer = await askKiosk(config, { ask: 'revoke-desk', name });
  if (answer.answer !== 'desk-revoked') return refuse(answer);
  say(`${name} is cut off. What it keeps of the station key opens nothing any more.`);
  if (!answer.isKeyHeld)
    say('No desk has the station key now: "skranke desk reset", then pair a desk, which makes a new one.');
  return 0;
}

async function reset(config: Config): Promise<number> {
  const answer = await askKiosk(config, { ask: 'reset-desks' });
  if (answer.answer !== 'done') return refuse(answer);
  say('All desks are cut off. The next desk that is paired makes a new station key.');
  say('Reports from before can be read by the district only.');
  return 0;
}

async function importCertificate(config: Config, file: string | undefined): Promise<number> {
  if (file === undefined) throw new UsageError('desk import: expected the file of the certificate.');
  const validUntil = await importDeskCertificate(config, file, new Date());
  say(`Kept; valid until ${validUntil.toISOString().slice(0, 10)}. It is used from the next start on.`);
  return 0;
}

/** `skranke desk pair|list|revoke|reset|csr|import`. */
export async function deskCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  const [action, argument] = positionals;
  switch (action) {
    case 'pair':
      return pair(config, values.json);
    case 'list':
      return list(config, values.json);
    case 'revoke':
      return revoke(config, argument);
    case 'reset':
      return reset(config);
    case 'csr':
      process.stdout.write(await requestDeskCertificate(config));
      return 0;
    case 'import':
      return importCertificate(config, argument);
    default:
      throw new UsageError('desk: expected pair, list, revoke, reset, csr or import after it.');
  }
}
