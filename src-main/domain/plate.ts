import { plainSigns } from './digits.ts';

/** `danish`: the shape of a Danish plate. `too-long`: begins like one and has more digits. `other`: as it was typed. */
export type PlateState = 'empty' | 'danish' | 'too-long' | 'other';

export interface PlateCheck {
  readonly state: PlateState;
  /** `AB 12 345`, as it stands on the car; what is not Danish stays as it was typed. */
  readonly grouped: string;
}

/** What can be said about a typed plate. A foreign one, and a name somebody paid for, has no shape to hold it against. */
export function checkPlate(typed: string): PlateCheck {
  const signs = plainSigns(typed)
    .toUpperCase()
    .replaceAll(/[\s.·-]/g, '');
  if (signs === '') return { state: 'empty', grouped: '' };
  // Cars have five digits, trailers four.
  const [, letters, digits] = /^([A-Z]{2})(\d+)$/.exec(signs) ?? [];
  if (letters === undefined || digits === undefined) return { state: 'other', grouped: typed.trim() };
  if (digits.length === 4) return { state: 'danish', grouped: `${letters} ${digits}` };
  if (digits.length === 5)
    return { state: 'danish', grouped: `${letters} ${digits.slice(0, 2)} ${digits.slice(2)}` };
  return { state: digits.length > 5 ? 'too-long' : 'other', grouped: typed.trim() };
}
