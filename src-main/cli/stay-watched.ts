import type { Supervisor } from '../adapters/supervisor.ts';
import { complain } from './print.ts';

/** Three proofs fit into the time after which the program counts as hung. */
const proofsPerSpan = 3;

/**
 * Tells whoever watches over this program that it is ready, and from then on that it is alive: each time only after `prove`
 * said so. A program that no longer answers its own visitors is not kept alive by a timer that still runs.
 * @returns what ends it.
 */
export async function stayWatched(
  supervisor: Supervisor,
  prove: (limitMs: number) => Promise<boolean>,
): Promise<() => void> {
  const tell = (telling: Promise<void>): Promise<void> =>
    telling.catch((error: unknown) => {
      complain(`systemd could not be told: ${error instanceof Error ? error.message : String(error)}.`);
    });
  await tell(supervisor.ready());
  const { askedEveryMs } = supervisor;
  if (askedEveryMs === null) return () => undefined;
  const everyMs = askedEveryMs / proofsPerSpan;
  const ending = new AbortController();
  let isProving = false;
  const round = async (): Promise<void> => {
    if (isProving) return;
    isProving = true;
    try {
      const isProven = await prove(everyMs);
      if (ending.signal.aborted) return;
      if (isProven) await tell(supervisor.alive());
      else complain('the kiosk does not answer itself; it is started again unless it does soon.');
    } finally {
      isProving = false;
    }
  };
  void round();
  const timer = setInterval(() => void round(), everyMs);
  ending.signal.addEventListener('abort', () => clearInterval(timer));
  return () => ending.abort();
}
