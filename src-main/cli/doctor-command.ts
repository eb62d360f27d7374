import { createInterface } from 'node:readline/promises';
import { checkTestPage, diagnose, type Check } from '../app/doctor/doctor.ts';
import { parseOptions, placeOptions } from './options.ts';
import { say } from './print.ts';
import { looks } from './printer-commands.ts';
import { UsageError } from './usage.ts';

const signs: Readonly<Record<Check['state'], string>> = {
  ok: 'ok  ',
  warn: 'WARN',
  fail: 'FAIL',
  skipped: '-   ',
};

/** Of the longest: lock-usb-devices. */
const idWidth = 16;

export function tellCheck({ id, state, message, fix }: Check): void {
  say(`${signs[state]}  ${id.padEnd(idWidth)} ${message}`);
  if (fix !== null) say(`${' '.repeat(7 + idWidth)}-> ${fix}`);
}

/** Asked past stdout, which a program may read. */
async function isPageGood(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y/i.test((await asking.question(`${looks} Is it good? [y/n] `)).trim());
  } finally {
    asking.close();
  }
}

/** `skranke doctor [--print]`: beside a running kiosk and alone. */
export async function doctorCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, {
    ...placeOptions,
    print: { type: 'boolean', default: false },
  });
  if (positionals.length > 0) throw new UsageError('doctor: expected no further word.');
  if (values.print && !process.stdin.isTTY)
    throw new UsageError('doctor --print: expected a person at a terminal, who looks at the page.');
  const options = { configFile: values.config ?? null, dataDir: values['data-dir'] ?? null };
  const page = ['test-page', () => checkTestPage(options, isPageGood)] as const;
  const onCheck = values.json ? () => undefined : tellCheck;
  const { checks, exitCode } = await diagnose(options, onCheck, values.print ? [page] : []);
  if (values.json) say(JSON.stringify({ ok: exitCode === 0, checks }));
  else say(['All is well.', 'There is something to look at.', 'There is something to mend.'][exitCode] ?? '');
  return exitCode;
}
