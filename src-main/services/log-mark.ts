import { findMark } from '../../db/stores/acknowledgement.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { findHash } from '../../db/stores/event.ts';
import { findOwner, saveOwner } from '../../db/stores/kiosk.ts';
import type { KioskId } from '../contract/ids.ts';
import type { Clock } from '../domain/ports.ts';
import type { Store } from './store.ts';

/** Up to where the district holds this kiosk's log; null when the event at that place is gone from it. */
export function readLogMark(
  store: Store,
): { readonly throughSequence: number; readonly headHash: string } | null {
  return store.read((db) => {
    const { throughSequence } = findMark(db);
    const headHash = findHash(db, throughSequence);
    return headHash === null ? null : { throughSequence, headHash };
  });
}

/** The folder goes on as this kiosk's; what it holds goes along. @returns false when it was not stored. */
export function moveToNumber(store: Store, clock: Clock, kioskId: KioskId): boolean {
  const now = clock.now().toISOString();
  const outcome = store.write((db) => {
    if (findOwner(db)?.kioskId !== kioskId) saveOwner(db, { kioskId, mode: 'enrolled' }, now);
    appendAudit(db, { occurredAt: now, actor: 'it', action: 'kiosk-registered', subject: kioskId });
  });
  return outcome.kind === 'written';
}
