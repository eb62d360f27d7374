import { randomInt } from 'node:crypto';
import type { ApiRoute } from '../src-main/contract/api-route.ts';

export interface Place {
  /** The proof was not good: a guess, a forgery or a mistake. */
  blame(): void;
  leave(): void;
}

/**
 * Who may come in: only so many requests at once, so that a whole country that comes back finds an answer, and few guesses
 * at a token. A bad signature is nobody's guess: kiosks behind one address must not pay for the one whose key is wrong.
 */
export interface Callers {
  /** Null: come again later. */
  enter(address: string, proof: ApiRoute['proof']): Place | null;
  /** Not the same for all, or all would come again together. */
  secondsToStayAway(): string;
}

/** Each holds at most 4 MB while it is taken in. */
const mostAtOnce = 64;
const mostUntruths = 30;
const forgetAfterMs = 60_000;
const mostAddresses = 10_000;

export function createCallers(): Callers {
  let inside = 0;
  const untruths = new Map<string, { count: number; readonly since: number }>();
  const isTooOften = (address: string): boolean => {
    const known = untruths.get(address);
    if (known === undefined) return false;
    if (performance.now() - known.since < forgetAfterMs) return known.count >= mostUntruths;
    untruths.delete(address);
    return false;
  };
  const blame = (address: string): void => {
    const known = untruths.get(address);
    if (known !== undefined) known.count += 1;
    else if (untruths.size < mostAddresses) untruths.set(address, { count: 1, since: performance.now() });
    else untruths.clear();
  };
  return {
    enter(address, proof) {
      if (proof === 'none') return { blame: () => undefined, leave: () => undefined };
      const isGuess = proof === 'code' || proof === 'reader';
      if (inside >= mostAtOnce || (isGuess && isTooOften(address))) return null;
      inside += 1;
      return { blame: () => (isGuess ? blame(address) : undefined), leave: () => void (inside -= 1) };
    },
    secondsToStayAway: () => String(randomInt(2, 11)),
  };
}
