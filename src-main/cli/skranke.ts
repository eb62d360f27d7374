import { ConfigError } from '../app/config-error.ts';
import { sentenceForRefusal } from '../app/refusals.ts';
import { programVersion } from '../app/version.ts';
import { auditCommand } from './audit-command.ts';
import { backupCommand, restoreCommand } from './backup-commands.ts';
import { configCommand } from './config-command.ts';
import { contentCommand } from './content-commands.ts';
import { deliveryCommand } from './delivery-command.ts';
import { deskCommand } from './desk-command.ts';
import { districtCommand } from './district-commands.ts';
import { doctorCommand } from './doctor-command.ts';
import { enrolCommand } from './enrol-command.ts';
import { exportCommand } from './export-command.ts';
import { hoursCommand } from './hours-command.ts';
import { localesCommand } from './locale-commands.ts';
import { complain, say } from './print.ts';
import { printerCommand } from './printer-commands.ts';
import { receiptCommand } from './receipt-commands.ts';
import { logEventsCommand } from './log-events-command.ts';
import { reportCommand } from './report-command.ts';
import { routeCommand } from './route-command.ts';
import { sayCommand } from './say-command.ts';
import { staffCommand } from './staff-command.ts';
import { startCommand } from './start.ts';
import { statusCommand } from './status-command.ts';
import { supportBundleCommand } from './support-bundle-command.ts';
import { updateCommand } from './update-command.ts';
import { usage, UsageError } from './usage.ts';

function versionCommand(): Promise<number> {
  say(programVersion());
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
  ['doctor', doctorCommand],
  ['status', statusCommand],
  ['support-bundle', supportBundleCommand],
  ['backup', backupCommand],
  ['restore', restoreCommand],
  ['update', updateCommand],
  ['config', configCommand],
  ['content', contentCommand],
  ['locales', localesCommand],
  ['say', sayCommand],
  ['hours', hoursCommand],
  ['route', routeCommand],
  ['receipt', receiptCommand],
  ['export', exportCommand],
  ['log-events', logEventsCommand],
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
