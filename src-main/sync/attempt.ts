import {
  mostBytesInBatch,
  mostEventsInBatch,
  type Acknowledgement,
  type Batch,
  type KioskEvent,
  type ParkedEvent,
} from '../contract/envelope.ts';
import type { KioskId } from '../contract/ids.ts';
import type { DeliveryStatus } from '../contract/status.ts';
import type { BatchSigner, DeliveryOutcome } from '../domain/ports.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { OutboxBatch } from './outbox.ts';

/** What one attempt means for the queue. */
export type Step =
  | {
      readonly step: 'acknowledged';
      readonly sequence: number;
      readonly headHash: string;
      readonly parked: readonly ParkedEvent[];
    }
  | { readonly step: 'send-again-after'; readonly sequence: number }
  | {
      readonly step: 'failed';
      readonly problem: NonNullable<DeliveryStatus['problem']>;
      readonly detail: string | null;
      readonly retryAfterMs: number | null;
    };

/** Signs what fits into one request; null when the outbox gave no events. */
export async function makeBatch(
  kioskId: KioskId,
  pending: OutboxBatch,
  signer: BatchSigner,
): Promise<Batch | null> {
  const events = fitting(pending.events);
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined) return null;
  const claims = { kioskId, firstSequence: first.sequence, lastSequence: last.sequence, headHash: last.hash };
  const signature = await signer.sign(claims);
  return { version: 1, ...claims, previousHash: pending.previousHash, signature, events };
}

/** Always at least one event, however long. */
function fitting(events: readonly KioskEvent[]): KioskEvent[] {
  const chosen: KioskEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(JSON.stringify(event));
    if (chosen.length === mostEventsInBatch || (chosen.length > 0 && bytes > mostBytesInBatch)) break;
    chosen.push(event);
  }
  return chosen;
}

export function judgeOutcome(batch: Batch, outcome: DeliveryOutcome): Step {
  switch (outcome.outcome) {
    case 'acknowledged':
      return judgeAcknowledgement(batch, outcome.acknowledgement);
    case 'refused': {
      const { refusal, throughSequence } = outcome.refusal;
      // Holding less than we thought: the district was restored from a backup, or another intake answers.
      const isEarlier = throughSequence !== null && throughSequence < batch.firstSequence - 1;
      if (refusal === 'gap' && isEarlier) return { step: 'send-again-after', sequence: throughSequence };
      return { step: 'failed', problem: 'refused', detail: refusal, retryAfterMs: null };
    }
    case 'failed': {
      const { problem, retryAfterMs } = outcome;
      return { step: 'failed', problem, detail: null, retryAfterMs };
    }
    default:
      return assertNever(outcome);
  }
}

/** Believed only for our kiosk, for a sequence sent in this very request, with the hash we know for it. */
function judgeAcknowledgement(batch: Batch, acknowledgement: Acknowledgement): Step {
  const { kioskId, throughSequence, headHash } = acknowledgement;
  const acknowledged = batch.events.find((event) => event.sequence === throughSequence);
  if (kioskId === batch.kioskId && acknowledged?.hash === headHash) {
    const sent = new Set(batch.events.map(({ sequence }) => sequence));
    const parked = acknowledgement.parked.filter(
      ({ sequence }) => sent.has(sequence) && sequence <= throughSequence,
    );
    return { step: 'acknowledged', sequence: throughSequence, headHash, parked };
  }
  const detail = acknowledged === undefined ? 'not-sent' : 'other-hash';
  return { step: 'failed', problem: 'not-an-acknowledgement', detail, retryAfterMs: null };
}
