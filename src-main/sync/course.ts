import { mostEventsInBatch, type Batch } from '../contract/envelope.ts';
import type { KioskId } from '../contract/ids.ts';
import type { BatchSigner, DeliveryOutcome, DistrictLine } from '../domain/ports.ts';
import { judgeOutcome, makeBatch, type Step } from './attempt.ts';
import type { Outbox } from './outbox.ts';

export interface CourseParts {
  readonly outbox: Outbox;
  readonly signer: BatchSigner;
  readonly line: DistrictLine;
  readonly kioskId: KioskId;
}

/** A line that breaks by a bug of ours is told where its turn comes, not where nobody listens. */
type Landing =
  { readonly ok: true; readonly outcome: DeliveryOutcome } | { readonly ok: false; error: unknown };
interface Flight {
  readonly batch: Batch;
  /** Nothing was on its way in front of it. */
  readonly isAlone: boolean;
  readonly landing: Promise<Landing>;
}

const mostInFlight = 3;
/** After a sign of a slow line, or of an intake that does not wait for the batch in front. */
const calmBatches = 20;

/**
 * Batches on their way: several at once, judged in the order of their events, so that nothing is marked before all in
 * front of it is. The first answer that is not a whole acknowledgement calls back the rest.
 */
export class Course {
  readonly #parts: CourseParts;
  readonly #stopping: AbortSignal;
  #flights: Flight[] = [];
  #callingBack = new AbortController();
  /** Null: after the last acknowledged event. A number while earlier events are sent again. */
  #after: number | null = null;
  #mostEvents = mostEventsInBatch;
  #window = 1;
  #calm = 0;

  constructor(parts: CourseParts, stopping: AbortSignal) {
    this.#parts = parts;
    this.#stopping = stopping;
  }

  /** The next answer in order; null when nothing is on its way and nothing is left to send. */
  async next(): Promise<Step | null> {
    await this.#fill();
    const flight = this.#flights.shift();
    if (flight === undefined) return this.#end();
    const landing = await flight.landing;
    if (!landing.ok) throw landing.error;
    const step = judgeOutcome(flight.batch, landing.outcome, flight.isAlone);
    if (step.step === 'acknowledged') {
      const { sequence, headHash, parked } = step;
      this.#parts.outbox.acknowledgeThrough(sequence, headHash, parked);
      if (this.#after !== null) this.#after = sequence;
      if (sequence === flight.batch.lastSequence) this.#goOn();
      else await this.callBack();
    } else await this.#turn(step, flight.batch);
    return step;
  }

  /** Ends what is on its way; whatever of it the district took is found out by sending it again. */
  async callBack(): Promise<void> {
    this.#callingBack.abort();
    await Promise.all(this.#flights.map(({ landing }) => landing));
    this.#flights = [];
    this.#callingBack = new AbortController();
  }

  async #fill(): Promise<void> {
    const { outbox, kioskId, signer, line } = this.#parts;
    while (this.#flights.length < this.#window) {
      const after = this.#flights.at(-1)?.batch.lastSequence ?? this.#after ?? undefined;
      const pending = outbox.nextBatch(after, this.#mostEvents);
      const batch = pending === null ? null : await makeBatch(kioskId, pending, signer);
      if (batch === null) return;
      const signal = AbortSignal.any([this.#stopping, this.#callingBack.signal]);
      const landing = line.deliver(batch, signal).then(
        (outcome): Landing => ({ ok: true, outcome }),
        (error: unknown): Landing => ({ ok: false, error }),
      );
      this.#flights.push({ batch, isAlone: this.#flights.length === 0, landing });
    }
  }

  /** Nothing to send, unless there are events behind a hole in the log. */
  #end(): Step | null {
    const { deliveredThrough, newest } = this.#parts.outbox.standing();
    const sequence = (this.#after ?? deliveredThrough) + 1;
    if (sequence > newest) {
      this.#after = null;
      return null;
    }
    const stopped = { reason: 'events-missing', sequence } as const;
    return { step: 'failed', problem: 'refused', detail: stopped.reason, stopped, retryAfterMs: null };
  }

  #goOn(): void {
    this.#mostEvents = Math.min(mostEventsInBatch, this.#mostEvents * 2);
    this.#calm = Math.max(0, this.#calm - 1);
    if (this.#calm === 0) this.#window = Math.min(mostInFlight, this.#window + 1);
  }

  async #turn(step: Exclude<Step, { step: 'acknowledged' }>, batch: Batch): Promise<void> {
    await this.callBack();
    this.#window = 1;
    if (step.step === 'send-again-after') this.#after = step.sequence;
    if (step.step === 'send-alone') this.#calm = calmBatches;
    const isTooMuch = step.step === 'send-smaller' || (step.step === 'failed' && step.problem === 'timeout');
    if (!isTooMuch) return;
    this.#calm = calmBatches;
    this.#mostEvents = Math.max(1, Math.floor(batch.events.length / 2));
  }
}
