import { plainSigns } from './digits.ts';

/** `letters`: one of I, O, Q, which no such number has. Nothing is refused: older vehicles have other numbers. */
export type VinState = 'empty' | 'complete' | 'too-short' | 'too-long' | 'letters';

export interface VinCheck {
  readonly state: VinState;
  /** How many signs there are, without spaces. */
  readonly count: number;
  /** `WVW ZZZ1JZ 3W386752`: maker, kind, the vehicle itself. */
  readonly grouped: string;
}

/**
 * The vehicle number of ISO 3779, 17 signs. Its check digit is left alone: only North America fills it in, so a Danish
 * car would be wrong nine times out of ten.
 */
export function checkVin(typed: string): VinCheck {
  const signs = plainSigns(typed)
    .toUpperCase()
    .replaceAll(/[\s.-]/g, '');
  const count = Array.from(signs).length;
  const grouped = [signs.slice(0, 3), signs.slice(3, 9), signs.slice(9)]
    .filter((part) => part !== '')
    .join(' ');
  const state = ((): VinState => {
    if (count === 0) return 'empty';
    if (/[^A-HJ-NPR-Z0-9]/.test(signs)) return 'letters';
    if (count === 17) return 'complete';
    return count < 17 ? 'too-short' : 'too-long';
  })();
  return { state, count, grouped: state === 'letters' ? typed.trim() : grouped };
}
