import type { ParkedEvent, WireEvent, WithheldEvent } from '../contract/envelope.ts';

/** Events that follow each other without a gap; `previousHash` is that of the event before the first. */
export interface OutboxBatch {
  readonly previousHash: string;
  readonly events: readonly WireEvent[];
  /** Those of the events that go without their words. */
  readonly withheld: readonly WithheldEvent[];
}

export interface OutboxStanding {
  /** The last event the district said it holds; 0 before the first. */
  readonly deliveredThrough: number;
  /** The last event there is; 0 before the first. */
  readonly newest: number;
  /** When the first event that waits was made. */
  readonly oldestWaitingAt: string | null;
}

/** The kiosk's events, as delivery sees them; filled by the store of events. */
export interface Outbox {
  /**
   * At most `mostEvents` and a batch full of bytes, the first one after `afterSequence` (left out: after the last
   * acknowledged one). Null when there is none, or when the event right after `afterSequence` is no longer there.
   */
  nextBatch(afterSequence?: number, mostEvents?: number): OutboxBatch | null;
  /**
   * Durable; a lower sequence than the one already marked moves nothing. `parked`: events up to it that the district holds
   * without having registered them.
   */
  acknowledgeThrough(sequence: number, headHash: string, parked: readonly ParkedEvent[]): void;
  /** How many events are parked at the district. */
  parked(): number;
  standing(): OutboxStanding;
}
