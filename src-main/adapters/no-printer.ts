import type { Printer } from '../domain/printer.ts';

/** A station without a printer: every slip stays on the screen. */
export function createNoPrinter(): Printer {
  return {
    kind: 'none',
    form: { kind: 'pdf' },
    print: async () => ({ outcome: 'failed', reason: 'no-printer' }),
    takeBackOld: async () => undefined,
    status: async () => ({ state: 'absent', problem: 'no-printer' }),
  };
}
