import type { PrinterProblem } from '../contract/status.ts';
import type { Log } from '../domain/ports.ts';
import type {
  PrintableDocument,
  Printer,
  PrinterStatus,
  PrintForm,
  PrintOutcome,
} from '../domain/printer.ts';
import type { Timers } from './timers.ts';

export interface PrintRequest {
  /** Lays the document out for this printer when its turn has come. What it throws costs the document, nothing else. */
  readonly make: (form: PrintForm) => Promise<PrintableDocument>;
  /** Aborted: no longer wanted. What waits is not printed, what is in the printer is taken back where it can be. */
  readonly signal: AbortSignal;
  /** Before the first byte leaves for the printer. */
  readonly onSent?: () => void;
}

/**
 * The one way to the one printer, for slips, leaflets and test pages alike: one document at a time, in the order asked
 * for. Whoever prints asks here and keeps the deadline in `signal`.
 */
export interface PrintLane {
  readonly form: PrintForm;
  /** Never rejects. */
  print(request: PrintRequest): Promise<PrintOutcome>;
  /** Null while something is printed: a printer at work is not disturbed. A document that comes ends the question. */
  status(): Promise<PrinterStatus | null>;
  /** At the start of a kiosk: nothing of an earlier run comes out by itself. */
  takeBackOld(mayHang: boolean): void;
  /** Resolves when nothing is printed or waits. */
  idle(): Promise<void>;
}

export interface PrintLaneOptions {
  readonly printer: Printer;
  readonly timers: Timers;
  readonly log: Log;
  /** What a printer gets after the signal to say what became of the document. */
  readonly takeBackMs?: number;
  readonly statusMs?: number;
}

const takeBackOldMs = 5000;

export function createPrintLane(options: PrintLaneOptions): PrintLane {
  return new Lane(options);
}

class Lane implements PrintLane {
  readonly form: PrintForm;
  private readonly options: PrintLaneOptions;
  private tail: Promise<unknown> = Promise.resolve();
  private length = 0;
  private interruptQuestion = (): void => undefined;

  constructor(options: PrintLaneOptions) {
    this.options = options;
    this.form = options.printer.form;
  }

  print(request: PrintRequest): Promise<PrintOutcome> {
    this.interruptQuestion();
    this.length += 1;
    let hasStarted = false;
    const turn = this.tail.then(() => {
      hasStarted = true;
      return this.run(request);
    });
    this.tail = turn.then(() => {
      this.length -= 1;
    });
    // What waits behind another is told at once that it is too late.
    const givenUp = aborted(request.signal).then(() => (hasStarted ? turn : tooLate));
    return Promise.race([turn, givenUp]);
  }

  async status(): Promise<PrinterStatus | null> {
    if (this.length > 0) return null;
    const { printer, timers, log, statusMs } = this.options;
    const question = new AbortController();
    const interrupted = Promise.withResolvers<null>();
    this.interruptQuestion = () => {
      question.abort();
      interrupted.resolve(null);
    };
    const stopWaiting = timers.after(statusMs ?? 5000, () => question.abort());
    const answer = printer.status(question.signal).catch((error: unknown): PrinterStatus => {
      log.warn('printer-status-failed', { error: error instanceof Error ? error.name : 'unknown' });
      return { state: 'absent', problem: 'unknown' };
    });
    const silence = aborted(question.signal).then((): PrinterStatus => ({
      state: 'absent',
      problem: 'offline',
    }));
    // Most printers have one connection: what is printed next waits until the question has let go of it.
    const asked = Promise.race([interrupted.promise, answer, silence]);
    this.tail = this.tail.then(() => asked);
    const status = await asked;
    stopWaiting();
    return status;
  }

  takeBackOld(mayHang: boolean): void {
    const { printer, log } = this.options;
    const signal = AbortSignal.timeout(takeBackOldMs);
    this.tail = this.tail
      .then(() => printer.takeBackOld(signal, mayHang))
      .catch((error: unknown) =>
        log.warn('take-back-failed', { error: error instanceof Error ? error.name : 'unknown' }),
      );
  }

  async idle(): Promise<void> {
    let seen: Promise<unknown> | null = null;
    while (seen !== this.tail) {
      seen = this.tail;
      await seen;
    }
  }

  private async run({ make, signal, onSent }: PrintRequest): Promise<PrintOutcome> {
    if (signal.aborted) return tooLate;
    const { printer, log } = this.options;
    let wasSent = false;
    const endsAs = (reason: PrinterProblem): PrintOutcome => ({
      outcome: wasSent ? 'unknown' : 'failed',
      reason,
    });
    const print = async (): Promise<PrintOutcome> => {
      const document = await make(printer.form);
      if (signal.aborted) return endsAs('timeout');
      return printer.print(document, {
        signal,
        onSent: () => {
          wasSent = true;
          onSent?.();
        },
      });
    };
    try {
      // A printer that does not answer the signal must not hold the next visitor's slip.
      return await Promise.race([print(), this.overdue(signal).then(() => endsAs('timeout'))]);
    } catch (error) {
      log.warn('print-failed', { error: error instanceof Error ? error.name : 'unknown' });
      return endsAs('unknown');
    }
  }

  private overdue(signal: AbortSignal): Promise<void> {
    const { timers, takeBackMs } = this.options;
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => timers.after(takeBackMs ?? 3000, resolve), { once: true });
    });
  }
}

const tooLate: PrintOutcome = { outcome: 'failed', reason: 'timeout' };

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
