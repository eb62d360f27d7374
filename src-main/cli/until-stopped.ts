import { complain } from './print.ts';

/** Well below the 90 seconds after which systemd kills a service without a word. */
const ordinaryGraceMs = 20_000;

/**
 * Resolves when the program is asked to end, by Ctrl+C or by its supervisor. From then on it ends within `graceMs`, with
 * exit code 1 where something still held it: what was promised was on disk before it was promised, so nothing is lost.
 */
export function untilAskedToStop(graceMs = ordinaryGraceMs): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        setTimeout(() => endAnyway(graceMs), graceMs).unref();
        resolve();
      });
    }
  });
}

function endAnyway(graceMs: number): void {
  const held = [...new Set(process.getActiveResourcesInfo())].join(', ');
  complain(`did not stop within ${String(graceMs / 1000)} s and is ended; still open: ${held}.`);
  process.exit(1);
}
