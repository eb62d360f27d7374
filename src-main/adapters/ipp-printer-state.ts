import type { PrinterProblem } from '../contract/status.ts';
import type { PrinterStatus } from '../domain/printer.ts';
import type { IppReply } from './ipp-client.ts';
import { ippGroups, type IppAnswer, type IppValue } from './ipp-message.ts';

/** RFC 8011 5.4.11 and 5.3.7. */
const printerStopped = 5;
const statusNotFound = 0x0406;
const statusNotPossible = 0x0404;

/** printer-state-reasons without their severity (RFC 8011 5.4.12, PWG 5100.9, CUPS), and what they are to a visitor. */
const reasonProblems: ReadonlyMap<string, PrinterProblem> = new Map<string, PrinterProblem>([
  ['media-empty', 'no-paper'],
  ['media-needed', 'no-paper'],
  ['input-tray-missing', 'no-paper'],
  ['input-media-supply-empty', 'no-paper'],
  ['media-low', 'paper-low'],
  ['input-media-supply-low', 'paper-low'],
  ['media-jam', 'jam'],
  ['cover-open', 'cover-open'],
  ['door-open', 'cover-open'],
  ['interlock-open', 'cover-open'],
  ['trimmer-jam', 'cutter'],
  ['marker-supply-empty', 'ink-out'],
  ['marker-supply-missing', 'ink-out'],
  ['toner-empty', 'ink-out'],
  ['developer-empty', 'ink-out'],
  ['marker-supply-low', 'ink-low'],
  ['toner-low', 'ink-low'],
  ['developer-low', 'ink-low'],
  ['output-area-full', 'tray-full'],
  ['output-area-almost-full', 'tray-full'],
  ['output-tray-missing', 'tray-full'],
  ['fuser-over-temp', 'too-hot'],
  ['fuser-under-temp', 'busy'],
  ['spool-area-full', 'busy'],
  ['marker-waste-full', 'broken'],
  ['opc-life-over', 'broken'],
  ['offline', 'offline'],
  ['shutdown', 'offline'],
  ['power-down', 'offline'],
  ['timed-out', 'offline'],
  ['connecting-to-device', 'offline'],
  ['paused', 'paused'],
  ['moving-to-paused', 'paused'],
  ['deactivated', 'paused'],
  ['hold-new-jobs', 'paused'],
  ['cups-missing-filter', 'wrong-printer'],
  ['cups-insecure-filter', 'wrong-printer'],
]);

/** These never stop a slip, whatever a printer writes behind them; CUPS says the last while it still tries. */
const neverBlocking = new Set([
  'media-low',
  'input-media-supply-low',
  'marker-supply-low',
  'toner-low',
  'developer-low',
  'output-area-almost-full',
  'connecting-to-device',
]);

/** What a printer says about itself. `isBlocked`: no paper will come out until somebody goes there. */
export interface PrinterReport {
  readonly problem: PrinterProblem | null;
  readonly isBlocked: boolean;
  readonly canPrintPdf: boolean;
  /** What the end of a job is worth here; null: the printer itself answers. */
  readonly queue: IppQueue | null;
}

/** CUPS in between. `tellsOfPaper`: it waits for a printer that speaks IPP; before others it only knows what has left. */
export interface IppQueue {
  readonly tellsOfPaper: boolean;
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
    case 'untrusted':
      return 'untrusted';
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
    queue: readQueue(answer),
  };
}

/** "-report" only informs; "-warning" still prints; "-error" and no ending do not (RFC 8011 5.4.12). */
function judgeReason(value: IppValue): { problem: PrinterProblem; isBlocking: boolean } | null {
  if (typeof value !== 'string' || value === 'none' || value.endsWith('-report')) return null;
  const word = value.replace(/-(warning|error)$/, '');
  const known = reasonProblems.get(word);
  if (known === undefined) return value.endsWith('-error') ? { problem: 'broken', isBlocking: true } : null;
  return { problem: known, isBlocking: !value.endsWith('-warning') && !neverBlocking.has(word) };
}

function readQueue(answer: IppAnswer): IppQueue | null {
  const values = (name: string): readonly IppValue[] => readValues(answer, ippGroups.printer, name);
  if (values('cups-version').length === 0) return null;
  const device = values('device-uri')[0];
  const speaksIpp = typeof device === 'string' && /^(ipps?:|dnssd:.*_ipps?\._tcp)/.test(device);
  return { tellsOfPaper: speaksIpp };
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
