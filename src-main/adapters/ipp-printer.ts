import type { PrinterProblem } from '../contract/status.ts';
import type { PrintableDocument, Printer, PrintOutcome, PrintRun } from '../domain/printer.ts';
import { createIppClient, type IppClient } from './ipp-client.ts';
import { createIppRequests, readJobs, type IppJob, type IppRequests } from './ipp-requests.ts';
import { isGone, isSuccess, problemOfReply, readPrinter, statusOf } from './ipp-printer-state.ts';

/** Taking a job back has a deadline of its own: the print's is over when it is needed. */
const takeBackDeadlineMs = 3_000;

/** RFC 8011 5.3.7. */
const jobStates = { canceled: 7, aborted: 8, completed: 9 } as const;

interface IppPrinterOptions {
  /** `ipp://host[:631]/path` or `ipps://…`: a printer, or a queue of CUPS. */
  readonly url: string;
  /** Part of each job's name. */
  readonly kioskId: string;
  /** How often a job under way is asked about. */
  readonly pollMs?: number;
  /**
   * What "completed" is worth: a printer that speaks IPP itself means paper; a queue before a cable with no way
   * back only means that the bytes have left. Then the outcome is `unknown`.
   */
  readonly completionMeans?: 'paper-out' | 'data-sent';
}

interface Printing {
  readonly requests: IppRequests;
  readonly pollMs: number;
  readonly completed: PrintOutcome;
  /** Kiosks that share a printer leave each other's documents alone. */
  readonly jobPrefix: string;
}

/** The bytes have left and nobody looks at the paper. */
const unseen: PrintOutcome = { outcome: 'unknown', reason: 'cannot-tell' };
const failed = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'failed', reason });

/**
 * Prints over IPP and stays until the printer says how it ended. A slip that did not come out in time is taken
 * back, so that it can never come out later in front of somebody else.
 */
export function createIppPrinter(options: IppPrinterOptions): Printer {
  const client: IppClient = createIppClient(options.url);
  const printing: Printing = {
    requests: createIppRequests(client),
    pollMs: options.pollMs ?? 300,
    completed: options.completionMeans === 'data-sent' ? unseen : { outcome: 'printed' },
    jobPrefix: `Skranke ${options.kioskId} `,
  };
  return {
    kind: 'ipp',
    form: { kind: 'pdf' },
    print: (document, run) => printNow(printing, document, run),
    status: async (signal) => statusOf(await printing.requests.getPrinter(signal)),
  };
}

async function printNow(
  printing: Printing,
  document: PrintableDocument,
  { signal, onSent }: PrintRun,
): Promise<PrintOutcome> {
  if (document.kind !== 'pdf') throw new Error('This printer takes PDF');
  const fault = await findFault(printing, signal);
  if (fault !== null) return failed(fault);
  await takeBackOldJobs(printing);
  if (signal.aborted) return failed('timeout');
  onSent();
  const reply = await printing.requests.printJob(
    `${printing.jobPrefix}${document.title}`,
    document.pdf,
    signal,
  );
  const problem = problemOfReply(reply);
  const job = reply.kind === 'answer' ? readJobs(reply.answer)[0] : undefined;
  if (problem === null && job !== undefined) return watchJob(printing, job, signal);
  // The line may have broken after the printer took the job: it must not lie in wait.
  if (reply.kind !== 'forbidden') await takeBackOldJobs(printing);
  return failed(problem ?? 'unknown');
}

/** A printer that cannot print now gets no job: it would print it when the paper is back. */
async function findFault({ requests }: Printing, signal: AbortSignal): Promise<PrinterProblem | null> {
  const reply = await requests.getPrinter(signal);
  const problem = problemOfReply(reply);
  if (problem !== null || reply.kind !== 'answer') return problem ?? 'unknown';
  const report = readPrinter(reply.answer);
  if (!report.canPrintPdf) return 'wrong-printer';
  return report.isBlocked ? (report.problem ?? 'unknown') : null;
}

async function watchJob(printing: Printing, job: IppJob, signal: AbortSignal): Promise<PrintOutcome> {
  let lastProblem: PrinterProblem | null = null;
  while (!signal.aborted) {
    const reply = await printing.requests.getJob(job.id, signal);
    if (reply.kind === 'answer') {
      // Queues forget finished jobs; a forgotten one was taken and did not fail where we could see it.
      if (isGone(reply.answer)) return unseen;
      const ended = await judgeEnd(printing, readJobs(reply.answer)[0]?.state, lastProblem);
      if (ended !== null) return ended;
    }
    const printer = await printing.requests.getPrinter(signal);
    if (printer.kind === 'answer' && isSuccess(printer.answer)) {
      const report = readPrinter(printer.answer);
      lastProblem = report.problem;
      if (report.isBlocked) return takeBack(printing, job, report.problem ?? 'unknown');
    } else if (printer.kind !== 'aborted') {
      lastProblem = problemOfReply(printer);
    }
    await wait(printing.pollMs, signal);
  }
  return takeBack(printing, job, (await askProblem(printing)) ?? lastProblem ?? 'timeout');
}

async function judgeEnd(
  printing: Printing,
  state: number | null | undefined,
  lastProblem: PrinterProblem | null,
): Promise<PrintOutcome | null> {
  if (state === jobStates.completed) return printing.completed;
  if (state !== jobStates.canceled && state !== jobStates.aborted) return null;
  return failed((await askProblem(printing)) ?? lastProblem ?? 'unknown');
}

/** What the printer complains about now, with time of its own; a warning too, for something held the slip up. */
async function askProblem({ requests }: Printing): Promise<PrinterProblem | null> {
  const reply = await requests.getPrinter(AbortSignal.timeout(takeBackDeadlineMs));
  if (reply.kind !== 'answer' || !isSuccess(reply.answer)) return null;
  return readPrinter(reply.answer).problem;
}

/** Cancels; a job that was finished just before is told as what it is. */
async function takeBack(printing: Printing, job: IppJob, reason: PrinterProblem): Promise<PrintOutcome> {
  const signal = AbortSignal.timeout(takeBackDeadlineMs);
  const canceled = await printing.requests.cancelJob(job.id, signal);
  if (canceled.kind === 'answer' && !isSuccess(canceled.answer)) {
    const reply = await printing.requests.getJob(job.id, signal);
    const state = reply.kind === 'answer' ? readJobs(reply.answer)[0]?.state : null;
    if (state === jobStates.completed) return printing.completed;
  }
  return failed(reason);
}

/** Jobs of this kiosk that a crash or a broken line left behind belong to a visitor who has gone. */
async function takeBackOldJobs(printing: Printing): Promise<void> {
  const signal = AbortSignal.timeout(takeBackDeadlineMs);
  const reply = await printing.requests.getMyJobs(signal);
  if (reply.kind !== 'answer' || !isSuccess(reply.answer)) return;
  const ours = readJobs(reply.answer).filter((job) => job.name.startsWith(printing.jobPrefix));
  for (const job of ours) await printing.requests.cancelJob(job.id, signal);
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
