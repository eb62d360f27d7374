import type { ReviewState } from '../contract/report.ts';
import { assertNever } from './assert-never.ts';

export type ReviewAction = 'claim' | 'take-over' | 'release' | 'finish';

export interface Standing {
  readonly state: ReviewState;
  readonly version: number;
  /** Staff id of whoever has it. */
  readonly claimedBy: string | null;
}

/**
 * What a review becomes when `staffId` acts on it, or null when the action does not fit.
 * Finished is final: a finished report is read, never worked on again.
 */
export function nextStanding(standing: Standing, action: ReviewAction, staffId: string): Standing | null {
  if (standing.state === 'finished') return null;
  const version = standing.version + 1;
  const isMine = standing.claimedBy === staffId;
  switch (action) {
    case 'claim':
      return standing.state === 'new' ? { state: 'claimed', version, claimedBy: staffId } : null;
    case 'take-over':
      return standing.state === 'claimed' && !isMine
        ? { state: 'claimed', version, claimedBy: staffId }
        : null;
    case 'release':
      return standing.state === 'claimed' && isMine ? { state: 'new', version, claimedBy: null } : null;
    case 'finish':
      return standing.state === 'claimed' && isMine
        ? { state: 'finished', version, claimedBy: staffId }
        : null;
    default:
      return assertNever(action);
  }
}
