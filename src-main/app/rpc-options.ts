import { ORPCError, type Context } from '@orpc/server';
import type { StandardRPCHandlerOptions } from '@orpc/server/standard';
import type { Log } from '../domain/ports.ts';

/** How many calls were turned away, by the error's word; IT reads the counts, nobody reads what was sent. */
export type RefusalCounts = ReadonlyMap<string, number>;

export interface RefusalCounter {
  readonly count: (where: string, word: string) => void;
  readonly counts: () => RefusalCounts;
}

export function createRefusalCounter(log: Log): RefusalCounter {
  const counts = new Map<string, number>();
  return {
    count(where, word) {
      const key = `${where}:${word}`;
      const times = (counts.get(key) ?? 0) + 1;
      counts.set(key, times);
      // The first, the tenth, the hundredth: a flood of refusals must not become a flood of lines.
      if (Number.isInteger(Math.log10(times))) log.warn('refused', { where, word, times });
    },
    counts: () => counts,
  };
}

/** What a failed call leaves behind: the procedure's path and the error's word, never its message or input. */
export function makeRpcOptions<T extends Context>(
  role: string,
  refusals: RefusalCounter,
): StandardRPCHandlerOptions<T> {
  return {
    clientInterceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          refusals.count(
            `${role}.${call.path.join('.')}`,
            error instanceof ORPCError
              ? String(error.code)
              : `bug ${error instanceof Error ? error.name : 'unknown'}`,
          );
          throw error;
        }
      },
    ],
  };
}
