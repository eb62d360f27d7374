import { appendAudit } from '../../db/stores/audit.ts';
import { findHead } from '../../db/stores/event.ts';
import { findOwner, saveOwner, type FolderOwner } from '../../db/stores/kiosk.ts';
import { giveUpWaiting } from '../../db/stores/print-job.ts';
import type { ReadableDb } from '../../db/transaction.ts';
import type { Clock } from '../domain/ports.ts';
import type { Store, StoreProblem } from './store.ts';

export type FolderClaim =
  | { readonly kind: 'ours' }
  /** The folder holds reports of another kiosk, or of a demonstration. */
  | ({ readonly kind: 'other' } & FolderOwner)
  | { readonly kind: 'not-stored'; readonly reason: StoreProblem };

/** A folder with events stays with its kiosk: their chain and their keys are that kiosk's. An empty one may be taken. */
function isTaken(db: ReadableDb, owner: FolderOwner, claimant: FolderOwner): boolean {
  const isDemonstrationOnly = (mode: FolderOwner['mode']): boolean => mode === 'demonstration';
  const isSame =
    owner.kioskId === claimant.kioskId &&
    isDemonstrationOnly(owner.mode) === isDemonstrationOnly(claimant.mode);
  return !isSame && findHead(db).sequence > 0;
}

/**
 * Called once after opening: says whose folder this is, notes the start, and gives up slips that a stopped kiosk left
 * waiting, so that none comes out before the next visitor.
 */
export function claimFolder(store: Store, clock: Clock, claimant: FolderOwner): FolderClaim {
  const outcome = store.write((db): FolderClaim => {
    const owner = findOwner(db);
    if (owner !== null && isTaken(db, owner, claimant)) return { kind: 'other', ...owner };
    const now = clock.now().toISOString();
    if (owner?.kioskId !== claimant.kioskId || owner.mode !== claimant.mode) saveOwner(db, claimant, now);
    giveUpWaiting(db);
    appendAudit(db, { occurredAt: now, actor: 'kiosk', action: 'kiosk-started', subject: claimant.kioskId });
    return { kind: 'ours' };
  });
  if (outcome.kind === 'written') return outcome.value;
  return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
}
