import bwipjs from 'bwip-js/node';
import { encode } from 'uqr';

/** Rows of "0" and "1" without a quiet zone. A signed code is longer and corrects less, so that its modules stay large. */
export function encodeQr(text: string): readonly string[] {
  const { data } = encode(text, { ecc: /^\d+$/.test(text) ? 'H' : 'M', border: 0 });
  return data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''));
}

/** A bar as its first module and its width in modules. */
export interface Bar {
  readonly from: number;
  readonly width: number;
}

export interface BarCode {
  readonly bars: readonly Bar[];
  readonly modules: number;
}

/** Twelve digits as Code 128, set C: a scanner at the desk types the reference, and nothing else. */
export function encodeBars(digits: string): BarCode {
  const [symbol] = bwipjs.raw('code128', digits, '');
  if (symbol === undefined || !('sbs' in symbol)) throw new Error('Code 128 has bars');
  // Bar, space, bar, space …; a bar comes first and last.
  const bars: Bar[] = [];
  let modules = 0;
  for (const [index, width] of symbol.sbs.entries()) {
    if (index % 2 === 0) bars.push({ from: modules, width });
    modules += width;
  }
  return { bars, modules };
}
