import type { Bitmap } from '../../src-main/domain/printer.ts';

const rows = 240;

/** A slip whose every row spells its reference, so that a piece of it is told from the whole. */
export function drawReference(reference: string, widthDots: number): Bitmap {
  const row = new Uint8Array(widthDots / 8);
  row.set(Buffer.from(reference, 'latin1'));
  const bytes = new Uint8Array(row.length * rows);
  for (let y = 0; y < rows; y += 1) bytes.set(row, y * row.length);
  return { widthDots, heightDots: rows, bytes };
}

/** The reference of a strip that is whole and cut; null for less. */
export function readWhole(strip: Bitmap & { readonly isCut: boolean }): string | null {
  if (strip.heightDots !== rows || !strip.isCut) return null;
  return Buffer.from(strip.bytes.subarray(0, 12)).toString('latin1');
}
