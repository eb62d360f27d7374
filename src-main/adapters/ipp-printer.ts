import type { PrinterProblem } from '../contract/status.ts';
import type { PrintableDocument, Printer, PrintOutcome, PrintRun } from '../domain/printer.ts';
import { createIppClient } from './ipp-client.ts';
import { findLost, takeBackOldJobs, watchJob, type IppWatch } from './ipp-job.ts';
import { problemOfReply, readPrinter, statusOf, type PrinterReport } from './ipp-printer-state.ts';
import { createIppRequests, readJobs, type IppRequests } from './ipp-requests.ts';

interface IppPrinterOptions {
  /** `ipp://host[:631]/path` or `ipps://…`: a printer, or a queue of CUPS. */
  readonly url: string;
  /** Part of each job's name: kiosks that share a printer leave each other's documents alone. */
  readonly kioskId: string;
  /** PEM; null or left out: whom the system trusts. */
  readonly certificateAuthority?: string | null;
  /** How often a job under way is asked about. */
  readonly pollMs?: number;
  /** What "completed" is worth, where IT knows it better than the printer tells. */
  readonly completionMeans?: 'paper-out' | 'data-sent' | undefined;
}

const failed = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'failed', reason });

/**
 * Prints over IPP and stays until the printer says how it ended. A document that did not come out in time is taken back, so
 * that it can never come out later in front of somebody else.
 */
export function createIppPrinter(options: IppPrinterOptions): Printer {
  const requests = createIppRequests(createIppClient(options.url, options.certificateAuthority ?? null));
  return {
    kind: 'ipp',
    form: { kind: 'pdf' },
    print: (document, run) => print(options, requests, document, run),
    status: async (signal) => statusOf(await requests.getPrinter(signal)),
    takeBackOld: () => takeBackOldJobs(requests, jobPrefixOf(options)),
  };
}

const jobPrefixOf = ({ kioskId }: IppPrinterOptions): string => `Skranke ${kioskId} `;

async function print(
  options: IppPrinterOptions,
  requests: IppRequests,
  document: PrintableDocument,
  { signal, onSent }: PrintRun,
): Promise<PrintOutcome> {
  if (document.kind !== 'pdf') throw new Error('This printer takes PDF');
  // A printer that cannot print now gets no job: it would print it when the paper is back.
  const printer = await askPrinter(requests, signal);
  if (typeof printer === 'string') return failed(printer);
  const watch: IppWatch = {
    requests,
    pollMs: options.pollMs ?? 300,
    completed: meaningOfCompleted(options, printer),
    countsSheets: printer.queue === null,
  };
  const jobPrefix = jobPrefixOf(options);
  await takeBackOldJobs(requests, jobPrefix);
  if (signal.aborted) return failed('timeout');
  onSent();
  const jobName = `${jobPrefix}${document.title}`;
  const reply = await requests.printJob(jobName, document.pdf, signal);
  const problem = problemOfReply(reply);
  const job = reply.kind === 'answer' ? readJobs(reply.answer)[0] : undefined;
  if (problem === null && job !== undefined) return watchJob(watch, job, signal);
  // It said no in so many words; anything else may have left a job behind.
  if (
    reply.kind === 'forbidden' ||
    reply.kind === 'untrusted' ||
    (reply.kind === 'answer' && problem !== null)
  )
    return failed(problem ?? 'refused');
  return findLost(watch, jobName, problem ?? 'unknown');
}

function meaningOfCompleted({ completionMeans }: IppPrinterOptions, { queue }: PrinterReport): PrintOutcome {
  const tellsOfPaper =
    completionMeans === undefined ? queue === null || queue.tellsOfPaper : completionMeans === 'paper-out';
  return tellsOfPaper ? { outcome: 'printed' } : { outcome: 'unknown', reason: 'cannot-tell' };
}

async function askPrinter(
  requests: IppRequests,
  signal: AbortSignal,
): Promise<PrinterReport | PrinterProblem> {
  const reply = await requests.getPrinter(signal);
  const problem = problemOfReply(reply);
  if (problem !== null || reply.kind !== 'answer') return problem ?? 'unknown';
  const report = readPrinter(reply.answer);
  if (!report.canPrintPdf) return 'wrong-printer';
  return report.isBlocked ? (report.problem ?? 'unknown') : report;
}
