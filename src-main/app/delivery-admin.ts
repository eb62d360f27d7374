import type { StopReason } from '../contract/status.ts';
import { makeBatch } from '../sync/attempt.ts';
import type { AdminAnswer } from './admin.ts';
import type { Identity } from './identity.ts';
import { batchSignerOf } from './signing-keys.ts';
import type { StationServices } from './station-services.ts';

type Parts = Pick<StationServices, 'delivery' | 'outbox'>;

export function tellDelivery({ delivery, outbox }: Parts): AdminAnswer {
  return { answer: 'delivery', status: delivery.status(), parked: outbox.listParked() };
}

/** Only these are about one event; any other stop is about the whole history, and leaving an event out mends nothing. */
const aboutOneEvent: readonly StopReason[] = ['malformed', 'too-large'];

export function setEventAside({ delivery, outbox }: Parts, sequence: number): AdminAnswer {
  const { stopped } = delivery.status();
  if (stopped?.sequence !== sequence || !aboutOneEvent.includes(stopped.reason))
    return {
      answer: 'refused',
      sentence: `The line does not stand at event ${String(sequence)} for its form or size; nothing was changed.`,
    };
  if (!outbox.setAside(sequence))
    return { answer: 'refused', sentence: 'The store cannot be written; nothing was changed.' };
  delivery.wake();
  return { answer: 'event-set-aside' };
}

/** What the line would carry next, for a file that is carried by hand. It moves no mark: only the district's word does. */
export async function signBatch(
  { identity, services }: { readonly identity: Identity; readonly services: Pick<Parts, 'outbox'> },
  afterSequence: number | null,
): Promise<AdminAnswer> {
  if (identity.mode !== 'enrolled' || identity.signing === null)
    return { answer: 'refused', sentence: 'Only an enrolled kiosk has reports for a district.' };
  const pending = services.outbox.nextBatch(afterSequence ?? undefined);
  const signer = batchSignerOf(identity.signing);
  const batch = pending === null ? null : await makeBatch(identity.kioskId, pending, signer);
  return { answer: 'signed-batch', batch };
}
