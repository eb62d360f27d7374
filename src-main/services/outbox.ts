import { acknowledgeThrough, countParked, findMark, parkEvent } from '../../db/stores/acknowledgement.ts';
import { findHead, listEventsAfter, type EventRun } from '../../db/stores/event.ts';
import type { ParkedEvent } from '../contract/envelope.ts';
import type { Clock } from '../domain/ports.ts';
import type { Store } from './store.ts';

/** The kiosk's events as delivery sees them; has the shape of sync's port. */
export interface EventOutbox {
  nextBatch(afterSequence?: number): EventRun | null;
  acknowledgeThrough(sequence: number, headHash: string, parked?: readonly ParkedEvent[]): void;
  /** How many events the district holds without having registered them. */
  parked(): number;
  undelivered(): number;
  /** When the district last moved the mark, also before this start. */
  acknowledgedAt(): string | null;
}

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** After the mark moved; desks show what is delivered. */
  readonly onAcknowledged: () => void;
}

export function createOutbox({ store, clock, onAcknowledged }: OutboxOptions): EventOutbox {
  return {
    nextBatch: (afterSequence) =>
      store.read((db) => listEventsAfter(db, afterSequence ?? findMark(db).throughSequence)),
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
    undelivered: () => store.read((db) => findHead(db).sequence - findMark(db).throughSequence),
    parked: () => store.read(countParked),
    acknowledgedAt: () => store.read((db) => findMark(db).acknowledgedAt),
  };
}
