import type { PrinterStatus } from '../domain/printer.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { PrintLane } from './print-lane.ts';
import type { Timers } from './timers.ts';

export interface PrinterWatch {
  /** From here on it asks by itself; IT's commands ask once, with `refresh`. */
  start(): void;
  current(): PrinterStatus;
  /** Asks now, for example after a slip that did not come out. */
  refresh(): Promise<void>;
  onChange(listener: (status: PrinterStatus) => void): Unsubscribe;
  stop(): void;
}

export interface PrinterWatchOptions {
  readonly lane: PrintLane;
  readonly timers: Timers;
  readonly intervalMs?: number;
}

/** Asks the printer how it is, now and then; one question at a time. */
export function createPrinterWatch({ lane, timers, intervalMs }: PrinterWatchOptions): PrinterWatch {
  const changes = createListeners<PrinterStatus>();
  let current: PrinterStatus = { state: 'absent', problem: null };
  let asking: Promise<void> | null = null;
  let isStopped = false;
  let takeBack = (): void => undefined;
  const ask = async (): Promise<void> => {
    const status = await lane.status();
    // At work: what it is worth is known when the document has come out, or has not.
    if (status === null) return;
    const isNew = status.state !== current.state || status.problem !== current.problem;
    current = status;
    if (isNew && !isStopped) changes.tell(status);
  };
  const refresh = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
  const watch = (): void => {
    void refresh().then(() => {
      if (!isStopped) takeBack = timers.after(intervalMs ?? 30_000, watch);
    });
  };
  return {
    start: watch,
    current: () => current,
    refresh,
    onChange: (listener) => changes.add(listener),
    stop() {
      isStopped = true;
      takeBack();
    },
  };
}
