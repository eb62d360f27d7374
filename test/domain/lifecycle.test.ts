import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextStanding, type ReviewAction, type Standing } from '../../src-main/domain/lifecycle.ts';

const action = fc.constantFrom<ReviewAction>('claim', 'take-over', 'release', 'finish');
const staff = fc.constantFrom('anna', 'bo');
const fresh: Standing = { state: 'new', version: 1, claimedBy: null };

describe('the life of a review', () => {
  it('is claimed by one, taken over by another, finished by whoever has it', () => {
    const claimed = nextStanding(fresh, 'claim', 'anna');
    expect(claimed).toEqual({ state: 'claimed', version: 2, claimedBy: 'anna' });
    if (claimed === null) return;
    expect(nextStanding(claimed, 'finish', 'bo')).toBeNull();
    const taken = nextStanding(claimed, 'take-over', 'bo');
    expect(taken).toEqual({ state: 'claimed', version: 3, claimedBy: 'bo' });
  });

  it('never leaves finished, never goes back in version, and is held by somebody exactly when it is not new', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(action, staff), { maxLength: 30 }), (steps) => {
        let standing = fresh;
        for (const [step, who] of steps) {
          const next = nextStanding(standing, step, who);
          if (next === null) continue;
          expect(standing.state).not.toBe('finished');
          expect(next.version).toBe(standing.version + 1);
          expect(next.claimedBy === null).toBe(next.state === 'new');
          standing = next;
        }
      }),
    );
  });
});
