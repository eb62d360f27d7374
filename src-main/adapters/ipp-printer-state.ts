import type { PrinterProblem } from '../contract/status.ts';
import type { PrinterStatus } from '../domain/printer.ts';
import type { IppReply } from './ipp-client.ts';
import { ippGroups, type IppAnswer, type IppValue } from './ipp-message.ts';

/** RFC 8011 5.4.11 and 5.3.7. */
const printerStopped = 5;
const statusNotFound = 0x0406;
const statusNotPossible = 0x0404;

/** printer-state-reasons without their severity, and what they are to a visitor. */
const reasonProblems: ReadonlyMap<string, PrinterProblem> = new Map<string, PrinterProblem>([
  ['media-empty', 'no-paper'],
  ['media-needed', 'no-paper'],
  ['input-tray-missing', 'no-paper'],
  ['media-jam', 'jam'],
  ['cover-open', 'cover-open'],
  ['door-open', 'cover-open'],
  ['interlock-open', 'cover-open'],
  ['offline', 'offline'],
  ['shutdown', 'offline'],
  ['timed-out', 'offline'],
  ['connecting-to-device', 'offline'],
  ['paused', 'refused'],
  ['moving-to-paused', 'refused'],
]);

/** What a printer says about itself. `isBlocked`: no paper will come out until somebody goes there. */
export interface PrinterReport {
  readonly problem: PrinterProblem | null;
  readonly isBlocked: boolean;
  readonly canPrintPdf: boolean;
}

/** The values of one attribute in the first group of that kind. */
export function readValues(answer: IppAnswer, groupTag: number, name: string): readonly IppValue[] {
  return answer.groups.find((group) => group.tag === groupTag)?.attributes.get(name) ?? [];
}

/** Status codes below 0x0100 are successes, some of them with remarks. */
export function isSuccess(answer: IppAnswer): boolean {
  return answer.status < 0x0100;
}

/** Null when the reply is an answer that says yes. */
export function problemOfReply(reply: IppReply): PrinterProblem | null {
  switch (reply.kind) {
    case 'answer':
      if (isSuccess(reply.answer)) return null;
      return reply.answer.status === statusNotFound ? 'wrong-printer' : 'refused';
    case 'unreachable':
      return 'offline';
    case 'malformed':
      return 'wrong-printer';
    case 'forbidden':
      return 'refused';
    case 'aborted':
      return 'timeout';
  }
}

/** True when a job is not (or no longer) there to be asked about or taken back. */
export function isGone(answer: IppAnswer): boolean {
  return answer.status === statusNotFound || answer.status === statusNotPossible;
}

export function readPrinter(answer: IppAnswer): PrinterReport {
  const values = (name: string): readonly IppValue[] => readValues(answer, ippGroups.printer, name);
  const faults = values('printer-state-reasons')
    .map(judgeReason)
    .filter((fault) => fault !== null);
  const blocking = faults.find((fault) => fault.isBlocking);
  const isAccepting = values('printer-is-accepting-jobs')[0] !== false;
  const isStopped = values('printer-state')[0] === printerStopped;
  const formats = values('document-format-supported');
  const problem = blocking?.problem ?? faults[0]?.problem ?? null;
  return {
    problem: problem ?? (isAccepting ? (isStopped ? 'unknown' : null) : 'refused'),
    isBlocked: blocking !== undefined || isStopped || !isAccepting,
    canPrintPdf: formats.includes('application/pdf'),
  };
}

/** "-report" only informs; "-warning" still prints; "-error" and no ending do not (RFC 8011 5.4.12). */
function judgeReason(value: IppValue): { problem: PrinterProblem; isBlocking: boolean } | null {
  if (typeof value !== 'string' || value === 'none' || value.endsWith('-report')) return null;
  const isWarning = value.endsWith('-warning');
  const known = reasonProblems.get(value.replace(/-(warning|error)$/, ''));
  if (known === undefined) return value.endsWith('-error') ? { problem: 'unknown', isBlocking: true } : null;
  // CUPS says this while it still tries; it only counts when the time is up.
  return { problem: known, isBlocking: !isWarning && value !== 'connecting-to-device' };
}

export function statusOf(reply: IppReply): PrinterStatus {
  if (reply.kind === 'unreachable' || reply.kind === 'aborted')
    return { state: 'absent', problem: 'offline' };
  const problem = problemOfReply(reply);
  if (problem !== null || reply.kind !== 'answer')
    return { state: 'attention', problem: problem ?? 'unknown' };
  const report = readPrinter(reply.answer);
  if (!report.canPrintPdf) return { state: 'attention', problem: 'wrong-printer' };
  return { state: report.isBlocked ? 'attention' : 'ready', problem: report.problem };
}
