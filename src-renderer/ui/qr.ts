import { encode } from 'uqr';

/** White modules around the code, as the standard asks. */
export const quietZone = 4;

/** A QR code as one SVG path on a grid of modules (quiet zone not counted in `size`). */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}

/** Draws the dark modules of a code; error correction M survives a crumpled slip. */
export function drawQr(text: string): QrPath {
  const { size, data } = encode(text, { border: 0, ecc: 'M' });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  return { size, path: path.join('') };
}
