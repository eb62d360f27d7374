import type { PrinterProfile } from '../contract/printer-profile.ts';
import type { RollPaper } from '../contract/receipt.ts';
import type { PrinterProblem } from '../contract/status.ts';
import type { Printer, PrinterStatus } from '../domain/printer.ts';
import type { OpenChannel } from './escpos-channel.ts';
import { clearPrinter } from './escpos-clear.ts';
import { EscPosDialogue } from './escpos-dialogue.ts';
import { readFault } from './escpos-fault.ts';
import { EscPosJob, type Leftovers } from './escpos-job.ts';
import { wait } from './wait.ts';

interface EscPosPrinterOptions {
  readonly open: OpenChannel;
  readonly profile: PrinterProfile;
  readonly paper: RollPaper;
}

const lettingGoMs = 500;

/**
 * A receipt printer that speaks ESC/POS, over TCP 9100 or USB. A slip is dots, sent in bands; between the bands the printer
 * is asked how it is, and `printed` is said only when it has answered a question that stands behind the last band.
 */
export function createEscPosPrinter({ open, profile, paper }: EscPosPrinterOptions): Printer {
  const widthDots = profile.papers[paper];
  if (widthDots === undefined) throw new Error(`The printer ${profile.id} takes no ${paper} paper`);
  let leftovers: Leftovers = { memory: 'perhaps', isHanging: false };
  const connect = async (signal: AbortSignal): Promise<EscPosDialogue | PrinterProblem> => {
    const opened = await open(signal);
    return opened.kind === 'open' ? new EscPosDialogue(opened.channel) : opened.problem;
  };
  return {
    kind: 'escpos',
    form: { kind: 'strip', widthDots },
    async print(document, run) {
      if (document.kind !== 'strip') throw new Error('This printer takes dots');
      const job = new EscPosJob({ profile, connect, leftovers }, run);
      try {
        return await job.print(document.strip);
      } finally {
        leftovers = job.leftovers;
      }
    },
    async takeBackOld(signal, mayHang) {
      leftovers = { memory: 'perhaps', isHanging: mayHang };
      const dialogue = await connect(signal);
      if (typeof dialogue === 'string') return;
      // The piece is cut off with the next slip, when somebody is there to take it away.
      if (await clearPrinter(dialogue, profile)) leftovers = { memory: 'none', isHanging: mayHang };
      dialogue.channel.drop();
    },
    async status(signal) {
      const dialogue = await connect(signal);
      if (typeof dialogue === 'string') return unreachable(dialogue);
      try {
        return await askHealth(dialogue, profile, signal);
      } finally {
        await Promise.race([dialogue.channel.finish(), wait(lettingGoMs, signal)]);
        dialogue.channel.drop();
      }
    },
  };
}

function unreachable(problem: PrinterProblem): PrinterStatus {
  return { state: problem === 'offline' ? 'absent' : 'attention', problem };
}

/** Nothing is printed or changed by asking. */
async function askHealth(
  dialogue: EscPosDialogue,
  profile: PrinterProfile,
  signal: AbortSignal,
): Promise<PrinterStatus> {
  if (profile.status === 'silent') return { state: 'ready', problem: 'cannot-tell' };
  const fault = await readFault(dialogue, profile, signal);
  if (fault === null) return { state: 'ready', problem: null };
  return fault.isBlocking ? unreachable(fault.problem) : { state: 'ready', problem: fault.problem };
}
