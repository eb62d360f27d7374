import { askRunningKiosk, type AdminAnswer } from '../app/admin.ts';
import { readConfig, type Config } from '../app/config.ts';
import { askToPrint } from '../app/print-test.ts';
import { askPrinter, findPrinters, problemSentence, type PrinterHealth } from '../app/printer-tools.ts';
import { parseOptions, placeOptions } from './options.ts';
import { complain, say } from './print.ts';
import { UsageError } from './usage.ts';

/** `skranke printer status`, `skranke printer find` and `skranke printer test`. */
export async function printerCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(argv, placeOptions);
  const config = await readConfig({ configFile: values.config ?? null, dataDir: values['data-dir'] ?? null });
  switch (positionals[0]) {
    case 'status':
      return tellStatus(config, values.json);
    case 'find':
      return tellFound(config, values.json);
    case 'test':
      return printTestPage(config, values.json);
    default:
      throw new UsageError('printer: expected "printer status", "printer find" or "printer test".');
  }
}

function refuse(answer: AdminAnswer): number {
  complain(
    answer.answer === 'refused' ? answer.sentence : 'the kiosk gave another answer than was asked for.',
  );
  return 1;
}

async function tellStatus(config: Config, isForProgram: boolean): Promise<number> {
  // A running kiosk holds the printer: asking past it would disturb a slip.
  const running = await askRunningKiosk(config.dataDir, { ask: 'printer-status' });
  if (running !== null && running.answer !== 'printer') return refuse(running);
  const health: PrinterHealth = running === null ? await askPrinter(config) : running.printer;
  const slips = running === null ? null : running.unprinted;
  const sentence = health.problem === null ? null : await problemSentence(config, health.problem);
  if (isForProgram) say(JSON.stringify({ ...health, sentence, unprinted: slips }));
  else {
    say(`${health.name}, ${health.paper}: ${health.state}${sentence === null ? '' : ` (${sentence})`}`);
    if (slips !== null && slips > 0) say(`Slips that wait for staff: ${String(slips)}`);
  }
  return health.state === 'ready' ? 0 : 1;
}

async function tellFound(config: Config, isForProgram: boolean): Promise<number> {
  const found = await findPrinters();
  const { printer } = config;
  const configured =
    printer.kind === 'ipp' ? printer.url : printer.kind === 'escpos' ? printer.address : printer.kind;
  if (isForProgram) {
    say(JSON.stringify({ configured, ...found }));
    return 0;
  }
  say(`configured: ${configured}`);
  for (const one of found.printers) say(`${one.address}\t${one.name ?? '-'}`);
  if (found.printers.length === 0) say('No other printer was found.');
  if (!found.hasNetworkSearch) say('The network was not searched: avahi-browse (avahi-utils) is missing.');
  return 0;
}

export const looks =
  'Look at the page: every line of words whole, the ruler from edge to edge, both codes sharp. Only you can tell.';

async function printTestPage(config: Config, isForProgram: boolean): Promise<number> {
  const answer = await askToPrint(config);
  if (answer.answer !== 'test-page') return refuse(answer);
  const { outcome, problem } = answer;
  const sentence = problem === null ? null : await problemSentence(config, problem);
  if (isForProgram) say(JSON.stringify({ outcome, problem, sentence }));
  else if (outcome === 'failed') complain(`the test page did not come out: ${sentence ?? 'unknown'}.`);
  else {
    const known =
      outcome === 'printed'
        ? 'The printer says that the page came out.'
        : `Nobody knows whether the page came out: ${sentence ?? 'unknown'}.`;
    say(`${known} ${looks}`);
  }
  return outcome === 'failed' ? 1 : 0;
}
