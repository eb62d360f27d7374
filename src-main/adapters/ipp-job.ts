import type { PrinterProblem } from '../contract/status.ts';
import type { PrintOutcome } from '../domain/printer.ts';
import { isGone, isSuccess, problemOfReply, readPrinter } from './ipp-printer-state.ts';
import { readJobs, type IppJob, type IppRequests } from './ipp-requests.ts';
import { wait } from './wait.ts';

/** Taking a job back has a deadline of its own: the print's is over when it is needed. */
const takeBackDeadlineMs = 2_500;

/** RFC 8011 5.3.7. */
const jobStates = { pending: 3, held: 4, canceled: 7, aborted: 8, completed: 9 } as const;

export interface IppWatch {
  readonly requests: IppRequests;
  readonly pollMs: number;
  /** What "completed" is worth. */
  readonly completed: PrintOutcome;
  /** False for a queue: its count stays at zero before most devices. */
  readonly countsSheets: boolean;
}

const failed = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'failed', reason });
const unknown = (reason: PrinterProblem): PrintOutcome => ({ outcome: 'unknown', reason });

/** Stays with a job until the printer says how it ended, or the time is up. */
export async function watchJob(watch: IppWatch, job: IppJob, signal: AbortSignal): Promise<PrintOutcome> {
  let lastProblem: PrinterProblem | null = null;
  while (!signal.aborted) {
    const reply = await watch.requests.getJob(job.id, signal);
    if (reply.kind === 'answer') {
      // Queues forget finished jobs; a forgotten one was taken and did not fail where we could see it.
      if (isGone(reply.answer)) return unknown('cannot-tell');
      const now = readJobs(reply.answer)[0];
      if (now !== undefined && hasEnded(now)) return judgeEnd(watch, now, lastProblem);
      if (now?.state === jobStates.held) return takeBack(watch, job, 'paused');
    }
    const printer = await watch.requests.getPrinter(signal);
    if (printer.kind === 'answer' && isSuccess(printer.answer)) {
      const report = readPrinter(printer.answer);
      lastProblem = report.problem;
      if (report.isBlocked) return takeBack(watch, job, report.problem ?? 'unknown');
    } else if (printer.kind !== 'aborted') {
      lastProblem = problemOfReply(printer);
    }
    await wait(watch.pollMs, signal);
  }
  return takeBack(watch, job, lastProblem);
}

function hasEnded({ state }: IppJob): boolean {
  return state === jobStates.completed || state === jobStates.canceled || state === jobStates.aborted;
}

const unprintable = ['document-format-error', 'document-unprintable-error', 'unsupported-document-format'];
const canceledThere = ['job-canceled-at-device', 'job-canceled-by-operator', 'job-canceled-by-user'];

async function judgeEnd(
  watch: IppWatch,
  job: IppJob,
  lastProblem: PrinterProblem | null,
): Promise<PrintOutcome> {
  const says = (words: readonly string[]): boolean => job.reasons.some((reason) => words.includes(reason));
  if (job.state === jobStates.completed)
    return says(['job-completed-with-errors']) ? unknown('broken') : watch.completed;
  if (says(unprintable)) return failed('wrong-printer');
  if (says(canceledThere)) return judgeCanceled(watch, job, 'refused', false);
  return judgeCanceled(watch, job, (await askProblem(watch)) ?? lastProblem ?? 'unknown', true);
}

/** A slip is one sheet: when none came out it has failed, when one did it may be this one, whole or not. */
function judgeCanceled(
  { countsSheets }: IppWatch,
  job: IppJob,
  reason: PrinterProblem,
  hadStopped: boolean,
): PrintOutcome {
  if (countsSheets && job.sheets !== null) return job.sheets === 0 ? failed(reason) : unknown(reason);
  return hadStopped ? failed(reason) : unknown(reason);
}

/** What the printer complains about now, with time of its own; a warning too, for something held the slip up. */
async function askProblem({ requests }: IppWatch): Promise<PrinterProblem | null> {
  const reply = await requests.getPrinter(AbortSignal.timeout(takeBackDeadlineMs));
  if (reply.kind !== 'answer' || !isSuccess(reply.answer)) return null;
  return readPrinter(reply.answer).problem;
}

/**
 * Cancels. A job that was finished just before is told as what it is; of one that was being printed nobody knows, unless
 * the printer had stopped or counts its sheets.
 */
async function takeBack(watch: IppWatch, job: IppJob, problem: PrinterProblem | null): Promise<PrintOutcome> {
  const { requests } = watch;
  const signal = AbortSignal.timeout(takeBackDeadlineMs);
  const before = await findJob(requests, job, signal);
  if (before?.state === jobStates.completed) return watch.completed;
  const complaint = await requests.getPrinter(signal);
  const report =
    complaint.kind === 'answer' && isSuccess(complaint.answer) ? readPrinter(complaint.answer) : null;
  const reason = report?.problem ?? problem ?? 'timeout';
  const isBlocked = report?.isBlocked === true;
  const canceled = await requests.cancelJob(job.id, signal);
  const after = await untilEnded(watch, job, signal);
  if (after?.state === jobStates.completed) return watch.completed;
  if (after === null || !hasEnded(after)) {
    // On its way to a stop. One that had stopped before has nothing out; another may finish the sheet first.
    const isAccepted = canceled.kind === 'answer' && isSuccess(canceled.answer);
    return isAccepted && isBlocked && (after?.sheets ?? 0) === 0 ? failed(reason) : unknown(reason);
  }
  const hadNotBegun = before?.state === jobStates.pending || before?.state === jobStates.held;
  return judgeCanceled(watch, after, reason, hadNotBegun || isBlocked);
}

async function untilEnded(watch: IppWatch, job: IppJob, signal: AbortSignal): Promise<IppJob | null> {
  let last: IppJob | null = null;
  while (!signal.aborted) {
    last = (await findJob(watch.requests, job, signal)) ?? last;
    if (last === null || hasEnded(last)) return last;
    await wait(watch.pollMs, signal);
  }
  return last;
}

async function findJob(requests: IppRequests, { id }: IppJob, signal: AbortSignal): Promise<IppJob | null> {
  const reply = await requests.getJob(id, signal);
  return reply.kind === 'answer' ? (readJobs(reply.answer)[0] ?? null) : null;
}

/** The line broke while the job was handed over: looks for it by its name, and takes it back or tells how it ended. */
export async function findLost(
  watch: IppWatch,
  jobName: string,
  problem: PrinterProblem,
): Promise<PrintOutcome> {
  const signal = AbortSignal.timeout(takeBackDeadlineMs);
  for (const which of ['not-completed', 'completed'] as const) {
    const reply = await watch.requests.getMyJobs(which, signal);
    if (reply.kind !== 'answer' || !isSuccess(reply.answer)) return unknown(problem);
    const found = readJobs(reply.answer).find(({ name }) => name === jobName);
    if (found === undefined) continue;
    return which === 'completed' ? judgeEnd(watch, found, problem) : takeBack(watch, found, problem);
  }
  return failed(problem);
}

/** Jobs of this kiosk that a crash or a broken line left behind belong to a visitor who has gone. */
export async function takeBackOldJobs(requests: IppRequests, jobPrefix: string): Promise<void> {
  const signal = AbortSignal.timeout(takeBackDeadlineMs);
  const reply = await requests.getMyJobs('not-completed', signal);
  if (reply.kind !== 'answer' || !isSuccess(reply.answer)) return;
  const ours = readJobs(reply.answer).filter((job) => job.name.startsWith(jobPrefix));
  for (const job of ours) await requests.cancelJob(job.id, signal);
}
