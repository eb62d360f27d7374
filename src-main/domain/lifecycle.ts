import type { ReviewState } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';

export type ReviewAction = 'claim' | 'take-over' | 'release' | 'finish' | 'reject' | 'reopen';

export interface Standing {
  readonly state: ReviewState;
  readonly version: number;
  /** Staff id of whoever has it. */
  readonly claimedBy: string | null;
  readonly finishedAt: string | null;
  /** Finished by saying no to it. */
  readonly isRejected: boolean;
}

/** Who acts, and when. */
export interface Actor {
  readonly staffId: string;
  readonly now: Date;
}

/** Whoever finished a report may open it again for so long. */
export const reopenWithinMs = 10 * 60_000;

/** A clock that was set back makes nobody's time longer. */
function isReopenable({ state, claimedBy, finishedAt }: Standing, { staffId, now }: Actor): boolean {
  if (state !== 'finished' || claimedBy !== staffId || finishedAt === null) return false;
  const passedMs = now.getTime() - Date.parse(finishedAt);
  return passedMs >= 0 && passedMs <= reopenWithinMs;
}

/**
 * What a review becomes when somebody acts on it, or null when the action does not fit. A finished report is read, never
 * worked on; whoever finished it may take that back for a while.
 */
export function nextStanding(standing: Standing, action: ReviewAction, actor: Actor): Standing | null {
  const { staffId, now } = actor;
  const open = { version: standing.version + 1, finishedAt: null, isRejected: false };
  if (action === 'reopen')
    return isReopenable(standing, actor) ? { ...open, state: 'claimed', claimedBy: staffId } : null;
  if (standing.state === 'finished') return null;
  const isMine = standing.claimedBy === staffId;
  switch (action) {
    case 'claim':
      return standing.state === 'new' ? { ...open, state: 'claimed', claimedBy: staffId } : null;
    case 'take-over':
      return standing.state === 'claimed' && !isMine
        ? { ...open, state: 'claimed', claimedBy: staffId }
        : null;
    case 'release':
      return standing.state === 'claimed' && isMine ? { ...open, state: 'new', claimedBy: null } : null;
    case 'finish':
    case 'reject': {
      const ended = {
        state: 'finished',
        finishedAt: now.toISOString(),
        isRejected: action === 'reject',
      } as const;
      return standing.state === 'claimed' && isMine ? { ...open, ...ended, claimedBy: staffId } : null;
    }
    default:
      return assertNever(action);
  }
}

/** What a review becomes when something is added to the report; null when nothing more is added to it. */
export function standingAfterEntry(standing: Standing): Standing | null {
  const { state, version, claimedBy } = standing;
  return state === 'finished'
    ? null
    : { state, version: version + 1, claimedBy, finishedAt: null, isRejected: false };
}
