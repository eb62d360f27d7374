import type { KioskEvent, ParkedEvent } from '../contract/envelope.ts';

/** Events that follow each other without a gap; `previousHash` is that of the event before the first. */
export interface OutboxBatch {
  readonly previousHash: string;
  readonly events: readonly KioskEvent[];
}

/** The kiosk's events, as delivery sees them; filled by the store of events. */
export interface Outbox {
  /**
   * At most a batch full of events, the first one after `afterSequence` (left out: after the last acknowledged one).
   * Null when there is none, or when the event right after `afterSequence` is no longer kept.
   */
  nextBatch(afterSequence?: number): OutboxBatch | null;
  /**
   * Durable; a lower sequence than the one already marked moves nothing. `parked`: events up to it that the district holds
   * without having registered them.
   */
  acknowledgeThrough(sequence: number, headHash: string, parked: readonly ParkedEvent[]): void;
  /** How many events are parked at the district. */
  parked(): number;
  undelivered(): number;
}
