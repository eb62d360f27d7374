import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextStanding,
  reopenWithinMs,
  standingAfterEntry,
  type Actor,
  type ReviewAction,
  type Standing,
} from '../../src-main/domain/lifecycle.ts';

const action = fc.constantFrom<ReviewAction>('claim', 'take-over', 'release', 'finish', 'reject', 'reopen');
const noon = Date.parse('2026-11-20T12:00:00.000Z');
const by = (staffId: string, afterMs = 0): Actor => ({ staffId, now: new Date(noon + afterMs) });
const staff = fc.constantFrom('anna', 'bo');
const fresh: Standing = { state: 'new', version: 1, claimedBy: null, finishedAt: null, isRejected: false };

describe('the life of a review', () => {
  it('is claimed by one, taken over by another, finished by whoever has it', () => {
    const claimed = nextStanding(fresh, 'claim', by('anna'));
    expect(claimed).toMatchObject({ state: 'claimed', version: 2, claimedBy: 'anna' });
    if (claimed === null) return;
    expect(nextStanding(claimed, 'finish', by('bo'))).toBeNull();
    const taken = nextStanding(claimed, 'take-over', by('bo'));
    expect(taken).toMatchObject({ state: 'claimed', version: 3, claimedBy: 'bo' });
  });

  it('is opened again by whoever finished it, for ten minutes, and never because a clock went back', () => {
    const claimed = nextStanding(fresh, 'claim', by('anna')) ?? fresh;
    const finished = nextStanding(claimed, 'finish', by('anna')) ?? fresh;
    const reopen = (staffId: string, afterMs: number) =>
      nextStanding(finished, 'reopen', by(staffId, afterMs))?.state ?? null;
    expect(reopen('anna', reopenWithinMs)).toBe('claimed');
    expect(reopen('anna', reopenWithinMs + 1)).toBeNull();
    expect(reopen('anna', -1)).toBeNull();
    expect(reopen('bo', 1000)).toBeNull();
    expect(nextStanding(claimed, 'reopen', by('anna'))).toBeNull();
    expect(standingAfterEntry(finished)).toBeNull();
    expect(standingAfterEntry(claimed)).toEqual({ ...claimed, version: 3 });
  });

  it('leaves finished only by opening it again, never goes back in version, and is held by somebody exactly when it is not new', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(action, staff), { maxLength: 30 }), (steps) => {
        let standing = fresh;
        for (const [step, who] of steps) {
          const next = nextStanding(standing, step, by(who));
          if (next === null) continue;
          expect(standing.state === 'finished').toBe(step === 'reopen');
          expect(next.version).toBe(standing.version + 1);
          expect(next.claimedBy === null).toBe(next.state === 'new');
          expect(next.isRejected).toBe(step === 'reject');
          standing = next;
        }
      }),
    );
  });
});
