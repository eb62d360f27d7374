import type { ReceiptPaper } from '../contract/receipt.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock } from '../domain/ports.ts';
import type { PrintOutcome, ReceiptLayout } from '../domain/printer.ts';
import type { ReceiptPlace } from '../domain/receipt.ts';
import { composeTestPage } from '../domain/test-page.ts';
import { layOut } from './print-document.ts';
import type { PrintLane } from './print-lane.ts';
import type { Timers } from './timers.ts';

export interface TestPageOptions {
  readonly lane: PrintLane;
  readonly layout: ReceiptLayout;
  readonly paper: ReceiptPaper;
  readonly place: () => ReceiptPlace;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly printerName: string;
  readonly deadlineMs?: number;
}

/** The page IT looks at: what the printer says of it is not what came out of it. */
export async function printTestPage(options: TestPageOptions): Promise<PrintOutcome> {
  const { lane, layout, paper, place, clock, timers, printerName } = options;
  const content = composeTestPage(place(), {
    language: 'da',
    printerName,
    printedAt: localTime(clock.now()),
    isClockTrusted: clock.isTrusted(),
  });
  const abort = new AbortController();
  const stopWaiting = timers.after(options.deadlineMs ?? 20_000, () => abort.abort());
  const outcome = await lane.print({
    signal: abort.signal,
    make: (form) => layOut(layout, { content, paper, title: 'test-page' }, form),
  });
  stopWaiting();
  return outcome;
}
