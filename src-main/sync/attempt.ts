import {
  mostBytesInBatch,
  type Acknowledgement,
  type Batch,
  type IntakeRefusal,
  type ParkedEvent,
  type WireEvent,
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
  /** The same events at once, in batches half as long. */
  | { readonly step: 'send-smaller' }
  /** It came before the one in front of it: one at a time for a while. */
  | { readonly step: 'send-alone' }
  | {
      readonly step: 'failed';
      readonly problem: NonNullable<DeliveryStatus['problem']>;
      readonly detail: string | null;
      readonly stopped: DeliveryStatus['stopped'];
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
  const withheld = pending.withheld.filter(({ sequence }) => sequence <= last.sequence);
  const claims = {
    kioskId,
    firstSequence: first.sequence,
    lastSequence: last.sequence,
    headHash: last.hash,
    ...(withheld.length === 0 ? {} : { withheld }),
  };
  const signature = await signer.sign(claims);
  return { version: 1, ...claims, previousHash: pending.previousHash, signature, events };
}

/** Names, ids and quotes around a body on the wire. */
const bytesBesideBody = 400;

/** Always at least one event, however long. */
function fitting(events: readonly WireEvent[]): WireEvent[] {
  const chosen: WireEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(event.body) + bytesBesideBody;
    if (chosen.length > 0 && bytes > mostBytesInBatch) break;
    chosen.push(event);
  }
  return chosen;
}

/** `isAlone`: no batch was on its way in front of it. */
export function judgeOutcome(batch: Batch, outcome: DeliveryOutcome, isAlone = true): Step {
  switch (outcome.outcome) {
    case 'acknowledged':
      return judgeAcknowledgement(batch, outcome.acknowledgement);
    case 'refused':
      return judgeRefusal(batch, outcome.refusal, isAlone);
    case 'failed': {
      const { problem, retryAfterMs } = outcome;
      if (problem !== 'too-large')
        return { step: 'failed', problem, detail: null, stopped: null, retryAfterMs };
      return batch.events.length > 1 ? { step: 'send-smaller' } : stopAt(batch, 'too-large');
    }
    default:
      return assertNever(outcome);
  }
}

function judgeRefusal(batch: Batch, { refusal, throughSequence }: IntakeRefusal, isAlone: boolean): Step {
  if (refusal === 'gap' && !isAlone) return { step: 'send-alone' };
  // Holding less than we thought: the district was restored from a backup, or another intake answers.
  const isEarlier = throughSequence !== null && throughSequence < batch.firstSequence - 1;
  if (refusal === 'gap' && isEarlier) return { step: 'send-again-after', sequence: throughSequence };
  // One event among many may be what it cannot take, or the intake takes fewer at a time than we send.
  if (refusal === 'malformed' && batch.events.length > 1) return { step: 'send-smaller' };
  return stopAt(batch, refusal);
}

/** Only a person gets the line going again; sync/README.md says how. */
function stopAt(batch: Batch, reason: NonNullable<DeliveryStatus['stopped']>['reason']): Step {
  const stopped = { reason, sequence: batch.firstSequence };
  return { step: 'failed', problem: 'refused', detail: reason, stopped, retryAfterMs: null };
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
  return { step: 'failed', problem: 'not-an-acknowledgement', detail, stopped: null, retryAfterMs: null };
}
