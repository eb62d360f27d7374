import {
  acknowledgeThrough,
  countParked,
  findMark,
  listParked,
  parkEvent,
} from '../../db/stores/acknowledgement.ts';
import { findHead, findOccurredAt, listEventsAfter, type EventRun } from '../../db/stores/event.ts';
import { setAsideEvent } from '../../db/stores/set-aside.ts';
import type { ParkedEvent } from '../contract/envelope.ts';
import type { Clock } from '../domain/ports.ts';
import type { Store } from './store.ts';

/** The kiosk's events as delivery sees them; has the shape of sync's port. */
export interface EventOutbox {
  nextBatch(afterSequence?: number, mostEvents?: number): EventRun | null;
  acknowledgeThrough(sequence: number, headHash: string, parked?: readonly ParkedEvent[]): void;
  /** How many events the district holds without having registered them. */
  parked(): number;
  standing(): {
    readonly deliveredThrough: number;
    readonly newest: number;
    readonly oldestWaitingAt: string | null;
  };
  listParked(): ReturnType<typeof listParked>;
  /** Lets the event at which the line stands go without its words, which stay here; false when it was not stored. */
  setAside(sequence: number): boolean;
  /** When the district last moved the mark, also before this start. */
  acknowledgedAt(): string | null;
}

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** After the mark moved; desks show what is delivered. */
  readonly onAcknowledged: () => void;
}

const mostParkedShown = 1000;

export function createOutbox({ store, clock, onAcknowledged }: OutboxOptions): EventOutbox {
  return {
    nextBatch: (afterSequence, mostEvents) =>
      store.read((db) => listEventsAfter(db, afterSequence ?? findMark(db).throughSequence, mostEvents)),
    acknowledgeThrough(sequence, headHash, parked = []) {
      const now = clock.now().toISOString();
      const outcome = store.write((db) => {
        for (const event of parked) parkEvent(db, event, now);
        return acknowledgeThrough(db, sequence, headHash, now);
      });
      // Thrown so that delivery keeps the batch: the district takes it again without harm.
      if (outcome.kind !== 'written') throw new Error('the acknowledgement could not be stored');
      if (outcome.value) onAcknowledged();
    },
    standing: () =>
      store.read((db) => {
        const deliveredThrough = findMark(db).throughSequence;
        return {
          deliveredThrough,
          newest: findHead(db).sequence,
          oldestWaitingAt: findOccurredAt(db, deliveredThrough + 1),
        };
      }),
    parked: () => store.read(countParked),
    listParked: () => store.read((db) => listParked(db, mostParkedShown)),
    setAside: (sequence) =>
      store.write((db) => setAsideEvent(db, sequence, clock.now().toISOString())).kind === 'written',
    acknowledgedAt: () => store.read((db) => findMark(db).acknowledgedAt),
  };
}
