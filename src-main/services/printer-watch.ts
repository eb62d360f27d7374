import type { Log } from '../domain/ports.ts';
import type { Printer, PrinterStatus } from '../domain/printer.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Timers } from './timers.ts';

export interface PrinterWatch {
  current(): PrinterStatus;
  /** Asks now, for example after a slip that did not come out. */
  refresh(): Promise<void>;
  onChange(listener: (status: PrinterStatus) => void): Unsubscribe;
  stop(): void;
}

export interface PrinterWatchOptions {
  readonly printer: Printer;
  readonly timers: Timers;
  readonly log: Log;
  readonly intervalMs?: number;
}

/** Asks the printer how it is, now and then; one question at a time. */
export function createPrinterWatch({ printer, timers, log, intervalMs }: PrinterWatchOptions): PrinterWatch {
  const changes = createListeners<PrinterStatus>();
  let current: PrinterStatus = { state: 'absent', problem: null };
  let asking: Promise<void> | null = null;
  let isStopped = false;
  let takeBack = (): void => undefined;
  const ask = async (): Promise<void> => {
    try {
      const status = await printer.status();
      const isNew = status.state !== current.state || status.problem !== current.problem;
      current = status;
      if (isNew && !isStopped) changes.tell(status);
    } catch (error) {
      log.warn('printer-status-failed', { error: error instanceof Error ? error.name : 'unknown' });
    }
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
  watch();
  return {
    current: () => current,
    refresh,
    onChange: (listener) => changes.add(listener),
    stop() {
      isStopped = true;
      takeBack();
    },
  };
}
