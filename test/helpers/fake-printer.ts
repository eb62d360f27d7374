import type { PrinterProblem } from '../../src-main/contract/status.ts';
import type {
  PrintableDocument,
  Printer,
  PrinterStatus,
  PrintOutcome,
  PrintRun,
} from '../../src-main/domain/printer.ts';

/** A printer in memory with a hand on every fault. */
export interface FakePrinter extends Printer {
  /** What came out, in order. */
  readonly printed: readonly PrintableDocument[];
  /** How often a print was asked for, whatever became of it. */
  readonly attempts: number;
  paperOut(): void;
  jam(): void;
  openCover(): void;
  unplug(): void;
  fail(problem: PrinterProblem): void;
  /** Takes the job and never ends it; only the deadline of the caller helps. */
  hang(): void;
  /** What hangs does not even answer the signal. */
  neverAnswer(): void;
  /** Takes the job and never tells whether paper came out. */
  tellNothing(): void;
  /** Everything works again; what hung stays hung. */
  recover(): void;
}

type Mood = 'prints' | 'hangs' | 'tells-nothing' | { readonly problem: PrinterProblem };

export function createFakePrinter(): FakePrinter {
  const printed: PrintableDocument[] = [];
  let mood: Mood = 'prints';
  let attempts = 0;
  let isDeaf = false;
  const fail = (problem: PrinterProblem): void => {
    mood = { problem };
  };
  const print = async (document: PrintableDocument, { signal, onSent }: PrintRun): Promise<PrintOutcome> => {
    attempts += 1;
    if (typeof mood === 'object') return { outcome: 'failed', reason: mood.problem };
    if (signal.aborted) return { outcome: 'failed', reason: 'timeout' };
    onSent();
    if (mood === 'hangs') {
      await whenAborted(signal);
      if (isDeaf) await new Promise(() => undefined);
      return { outcome: 'failed', reason: 'timeout' };
    }
    printed.push(document);
    return mood === 'tells-nothing' ? { outcome: 'unknown', reason: 'cannot-tell' } : { outcome: 'printed' };
  };
  const status = async (): Promise<PrinterStatus> => {
    if (typeof mood !== 'object') return { state: 'ready', problem: null };
    return { state: mood.problem === 'offline' ? 'absent' : 'attention', problem: mood.problem };
  };
  return {
    kind: 'ipp',
    form: { kind: 'pdf' },
    printed,
    get attempts() {
      return attempts;
    },
    print,
    takeBackOld: async () => undefined,
    status,
    fail,
    paperOut: () => fail('no-paper'),
    jam: () => fail('jam'),
    openCover: () => fail('cover-open'),
    unplug: () => fail('offline'),
    hang: () => {
      mood = 'hangs';
    },
    neverAnswer: () => {
      isDeaf = true;
    },
    tellNothing: () => {
      mood = 'tells-nothing';
    },
    recover: () => {
      mood = 'prints';
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
