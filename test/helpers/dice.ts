/** Chance that a seed repeats: small, and the same in every run. */
export interface Dice {
  below(limit: number): number;
  /** True so many times out of a hundred. */
  percent(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
  /** Others under a name, whatever was thrown here before. */
  fork(name: string): Dice;
}

export function createDice(seed: number | string): Dice {
  let state = typeof seed === 'number' ? seed >>> 0 : hashOf(seed);
  // Mulberry32.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => {
    const [one] = list.slice(below(list.length));
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  return {
    below,
    percent: (share) => next() * 100 < share,
    pick,
    shuffle: (list) => {
      const left = [...list];
      return list.flatMap(() => left.splice(below(left.length), 1));
    },
    fork: (name) => createDice(`${String(seed)}/${name}`),
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
