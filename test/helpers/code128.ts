import type { Bitmap } from '../../src-main/domain/printer.ts';
import { isBlack } from './dots.ts';

/** Widths of bar, space, bar, space, bar, space of the values 0 to 105, from ISO/IEC 15417; 105 starts set C. */
const patterns = [
  ...['212222', '222122', '222221', '121223', '121322', '131222', '122213', '122312', '132212', '221213'],
  ...['221312', '231212', '112232', '122132', '122231', '113222', '123122', '123221', '223211', '221132'],
  ...['221231', '213212', '223112', '312131', '311222', '321122', '321221', '312212', '322112', '322211'],
  ...['212123', '212321', '232121', '111323', '131123', '131321', '112313', '132113', '132311', '211313'],
  ...['231113', '231311', '112133', '112331', '132131', '113123', '113321', '133121', '313121', '211331'],
  ...['231131', '213113', '213311', '213131', '311123', '311321', '331121', '312113', '312311', '332111'],
  ...['314111', '221411', '431111', '111224', '111422', '121124', '121421', '141122', '141221', '112214'],
  ...['112412', '122114', '122411', '142112', '142211', '241211', '221114', '413111', '241112', '134111'],
  ...['111242', '121142', '121241', '114212', '124112', '124211', '411212', '421112', '421211', '212141'],
  ...['214121', '412121', '111143', '111341', '131141', '114113', '114311', '411113', '411311', '113141'],
  ...['114131', '311141', '411131', '211412', '211214', '211232'],
];
const startC = 105;
const stop = '2331112';
const quietModules = 10;

/** Lengths of runs in a row of dots: white, black, white …, beginning and ending with white. */
function runsOf(bitmap: Bitmap, y: number): number[] {
  const runs: number[] = [0];
  let wasBlack = false;
  for (let x = 0; x < bitmap.widthDots; x += 1) {
    const black = isBlack(bitmap, x, y);
    if (black !== wasBlack) runs.push(0);
    wasBlack = black;
    runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
  }
  if (wasBlack) runs.push(0);
  return runs;
}

function widths(runs: readonly number[], modules: number): string {
  const module = runs.reduce((sum, run) => sum + run, 0) / modules;
  return runs.map((run) => String(Math.round(run / module))).join('');
}

/** What a scanner types when its line crosses the paper at this height; null when it sees no code in set C. */
function scanRow(bitmap: Bitmap, y: number): string | null {
  const runs = runsOf(bitmap, y);
  for (let first = 1; first + 6 <= runs.length; first += 2) {
    if (widths(runs.slice(first, first + 6), 11) !== patterns[startC]) continue;
    const values: number[] = [];
    let at = first + 6;
    while (widths(runs.slice(at, at + 7), 13) !== stop) {
      const value = patterns.indexOf(widths(runs.slice(at, at + 6), 11));
      if (value < 0) return null;
      values.push(value);
      at += 6;
    }
    const module = runs.slice(at, at + 7).reduce((sum, run) => sum + run, 0) / 13;
    const isQuiet = [runs[first - 1] ?? 0, runs[at + 7] ?? 0].every(
      (white) => white >= quietModules * module,
    );
    const check = values.pop();
    const sum = values.reduce((total, value, index) => total + value * (index + 1), startC);
    if (!isQuiet || check !== sum % 103) return null;
    return values.map((value) => String(value).padStart(2, '0')).join('');
  }
  return null;
}

/** Every code on the paper with the number of rows of dots on which it can be read. */
export function scanBars(bitmap: Bitmap): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (let y = 0; y < bitmap.heightDots; y += 1) {
    const digits = scanRow(bitmap, y);
    if (digits !== null) found.set(digits, (found.get(digits) ?? 0) + 1);
  }
  return found;
}
