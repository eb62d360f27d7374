import type { DeliveryStatus } from '../contract/status.ts';
import type { Outbox } from './outbox.ts';

type Listener = (status: DeliveryStatus) => void;

export interface StatusBoard {
  /** The last attempt went well; `acknowledgedAt` is null when there was nothing to send. */
  succeed(acknowledgedAt: string | null): void;
  /** Problem null: the kiosk's own store could not be read. */
  fail(problem: DeliveryStatus['problem']): void;
  status(): DeliveryStatus;
  onChange(listener: Listener): () => void;
}

/** How delivery stands. The number of undelivered events is counted when it is asked for. */
export function createStatusBoard(outbox: Outbox): StatusBoard {
  const listeners = new Set<Listener>();
  let isFailing = false;
  let problem: DeliveryStatus['problem'] = null;
  let acknowledgedAt: string | null = null;
  let counts = { undelivered: 0, parked: 0 };
  const status = (): DeliveryStatus => {
    try {
      counts = { undelivered: outbox.undelivered(), parked: outbox.parked() };
    } catch {
      // The store is being reopened: the last count is the best there is, and the store says itself that it is ill.
    }
    const calm = counts.undelivered === 0 ? 'up-to-date' : 'waiting';
    return { state: isFailing ? 'failing' : calm, ...counts, problem, acknowledgedAt };
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
      acknowledgedAt = at ?? acknowledgedAt;
      if (isNews) tell();
    },
    fail(cause) {
      isFailing = true;
      problem = cause;
      tell();
    },
    status,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
