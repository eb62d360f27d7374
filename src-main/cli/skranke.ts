import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../app/config-error.ts';
import { programRoot } from '../app/config.ts';
import { sentenceForRefusal } from '../app/refusals.ts';
import { deskCommand, staffCommand } from './admin-commands.ts';
import { auditCommand } from './audit-command.ts';
import { configCommand } from './config-command.ts';
import { contentCommand } from './content-commands.ts';
import { deliveryCommand } from './delivery-command.ts';
import { districtCommand } from './district-commands.ts';
import { enrolCommand } from './enrol-command.ts';
import { hoursCommand } from './hours-command.ts';
import { localesCommand } from './locale-commands.ts';
import { complain, say } from './print.ts';
import { printerCommand } from './printer-commands.ts';
import { receiptCommand } from './receipt-commands.ts';
import { reportCommand } from './report-command.ts';
import { routeCommand } from './route-command.ts';
import { startCommand } from './start.ts';
import { usage, UsageError } from './usage.ts';

const packageSchema = z.object({ version: z.string() });

function versionCommand(): Promise<number> {
  say(packageSchema.parse(JSON.parse(readFileSync(join(programRoot(), 'package.json'), 'utf8'))).version);
  return Promise.resolve(0);
}

function helpCommand(): Promise<number> {
  process.stdout.write(usage);
  return Promise.resolve(0);
}

const commands: ReadonlyMap<string, (argv: readonly string[]) => Promise<number>> = new Map([
  ['start', startCommand],
  ['staff', staffCommand],
  ['desk', deskCommand],
  ['audit', auditCommand],
  ['enrol', enrolCommand],
  ['delivery', deliveryCommand],
  ['district', districtCommand],
  ['config', configCommand],
  ['content', contentCommand],
  ['locales', localesCommand],
  ['hours', hoursCommand],
  ['route', routeCommand],
  ['receipt', receiptCommand],
  ['report', reportCommand],
  ['printer', printerCommand],
  ['version', versionCommand],
  ['--version', versionCommand],
  ['help', helpCommand],
  ['--help', helpCommand],
]);

/** Runs one command; what went wrong is one sentence, and a bug is its stack. */
async function run(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = argv;
  const command = commands.get(name);
  try {
    if (command === undefined) throw new UsageError(`"${name}" is no command; "skranke help" lists them.`);
    return await command(rest);
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      complain(error.message);
      return 2;
    }
    const refusal = sentenceForRefusal(error);
    if (refusal === null) throw error;
    complain(refusal.sentence);
    return refusal.exitCode;
  }
}

process.exitCode = await run(process.argv.slice(2));
