import { execFile } from 'node:child_process';

/** Whoever started this program and waits to hear from it. */
export interface Supervisor {
  /** From now on it is called at least this often, or the program is ended; null: nobody asks. */
  readonly askedEveryMs: number | null;
  /** The program serves. */
  ready(): Promise<void>;
  /** It has just proven that it still does. */
  alive(): Promise<void>;
}

/** A terminal, a test, another init: nobody waits. */
export const noSupervisor: Supervisor = {
  askedEveryMs: null,
  ready: () => Promise.resolve(),
  alive: () => Promise.resolve(),
};

/**
 * systemd, told through its own small program: Node cannot write to the kind of socket it listens on.
 * @param watchdogUsec as systemd hands it over; null: no watchdog.
 */
export function systemdSupervisor(watchdogUsec: number | null): Supervisor {
  const tell = (word: string): Promise<void> =>
    new Promise((resolve, reject) => {
      execFile('systemd-notify', [word], { timeout: 10_000 }, (error) => {
        if (error === null) resolve();
        else reject(new Error(error.message, { cause: error }));
      });
    });
  return {
    askedEveryMs: watchdogUsec === null ? null : watchdogUsec / 1000,
    ready: () => tell('--ready'),
    alive: () => tell('WATCHDOG=1'),
  };
}
