import type { DatabaseFacts, HeldAlone } from '../services/database-findings.ts';
import type { Identity } from './identity.ts';

/** What the folder holds before something is put back there. */
export type HeldThere = HeldAlone | { readonly kind: 'nothing' };

export interface RestoreCase {
  readonly file: string;
  readonly facts: DatabaseFacts;
  readonly identity: Pick<Identity, 'kioskId' | 'mode'>;
  readonly there: HeldThere;
  /** IT has read what was changed in the backup. */
  readonly acceptsChanged: boolean;
}

const districtOf = (kioskId: string): string => kioskId.slice(0, 2);

/** Why a backup is not put back, in one sentence or two; null when nothing speaks against it. */
export function judgeRestore(restore: RestoreCase): string | null {
  return whyNotThisFile(restore) ?? whyLost(restore) ?? whyReused(restore);
}

function whyNotThisFile({ file, facts, identity, acceptsChanged }: RestoreCase): string | null {
  const { owner, changed } = facts;
  if (owner === null) return `${file}: no kiosk was ever started on this database.`;
  if ((owner.mode === 'demonstration') !== (identity.mode === 'demonstration'))
    return `${file}: this is a backup of kiosk ${owner.kioskId} (${owner.mode}), and the configuration is of ${identity.kioskId} (${identity.mode}).`;
  if (districtOf(owner.kioskId) !== districtOf(identity.kioskId))
    return `${file}: this is a backup of kiosk ${owner.kioskId}, whose reports are sealed for another district than that of kiosk ${identity.kioskId}.`;
  if (changed.length > 0 && !acceptsChanged)
    return `${file}: ${changed.join('; ')}. With --as-it-is it is put back all the same, and the kiosk goes on naming that place.`;
  return null;
}

/** Reports that only the folder holds would be out of the district's reach. */
function whyLost({ identity, there }: RestoreCase): string | null {
  if (identity.mode === 'demonstration' || there.kind !== 'readable' || there.undelivered === 0) return null;
  return `The database in the folder can be read, and ${there.undelivered} of its events are neither at the district nor in this backup. Start the kiosk until "skranke delivery" says that nothing waits.`;
}

/**
 * A number of an event, once used, is never given to another: the district may hold the first, or a visitor its slip.
 * That nothing was made after the backup is known only where the database in the folder says so.
 */
function whyReused({ facts, identity, there }: RestoreCase): string | null {
  const { owner, head } = facts;
  if (identity.mode === 'demonstration' || head.sequence === 0 || owner?.kioskId !== identity.kioskId)
    return null;
  if (there.kind === 'readable' && there.head.hash === head.hash) return null;
  return `Kiosk ${identity.kioskId} may have taken reports after this backup, and their numbers would be given twice. Put a number from the district that was never used into "kiosk.number" of the configuration: the district then gets this history under it, each report still once.`;
}
