import type { DeliveryStatus } from '../contract/status.ts';
import type { Outbox } from './outbox.ts';

type Listener = (status: DeliveryStatus) => void;

export interface StatusBoard {
  /** The last attempt went well; `acknowledgedAt` is null when there was nothing to send. */
  succeed(acknowledgedAt: string | null): void;
  /** Problem null: the kiosk's own store could not be read. */
  fail(problem: DeliveryStatus['problem'], stopped: DeliveryStatus['stopped']): void;
  status(): DeliveryStatus;
  onChange(listener: Listener): () => void;
}

/** How delivery stands. What waits is counted when it is asked for. */
export function createStatusBoard(outbox: Outbox): StatusBoard {
  const listeners = new Set<Listener>();
  const count = createCounts(outbox);
  let isFailing = false;
  let problem: DeliveryStatus['problem'] = null;
  let stopped: DeliveryStatus['stopped'] = null;
  let acknowledgedAt: string | null = null;
  const status = (): DeliveryStatus => {
    const counts = count();
    const calm = counts.undelivered === 0 ? 'up-to-date' : 'waiting';
    return { state: isFailing ? 'failing' : calm, ...counts, problem, stopped, acknowledgedAt };
  };
  const tell = (): void => {
    if (listeners.size === 0) return;
    const current = status();
    for (const listener of listeners) listener(current);
  };
  return {
    succeed(at) {
      const isNews = isFailing || at !== null;
      isFailing = false;
      problem = null;
      stopped = null;
      acknowledgedAt = at ?? acknowledgedAt;
      if (isNews) tell();
    },
    fail(cause, where) {
      isFailing = true;
      problem = cause;
      stopped = where;
      tell();
    },
    status,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Counts = Pick<DeliveryStatus, 'undelivered' | 'parked' | 'progress' | 'oldestWaitingAt'>;

/** Progress counts from where the queue was last empty, or from the start of the program. */
function createCounts(outbox: Outbox): () => Counts {
  let counts: Counts = { undelivered: 0, parked: 0, progress: null, oldestWaitingAt: null };
  let start: number | null = null;
  return () => {
    try {
      const { deliveredThrough, newest, oldestWaitingAt } = outbox.standing();
      const undelivered = newest - deliveredThrough;
      start = undelivered === 0 ? newest : (start ?? deliveredThrough);
      counts = {
        undelivered,
        parked: outbox.parked(),
        progress: undelivered === 0 ? null : { sent: deliveredThrough - start, total: newest - start },
        oldestWaitingAt,
      };
    } catch {
      // The store is being reopened: the last count is the best there is, and the store says itself that it is ill.
    }
    return counts;
  };
}
