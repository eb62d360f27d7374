import jsQR from 'jsqr';
import type { Bitmap } from '../../src-main/domain/printer.ts';
import { type Bitmap as Page } from './pdf-pixels.ts';

export function isBlack({ widthDots, bytes }: Bitmap, x: number, y: number): boolean {
  return (((bytes[y * Math.ceil(widthDots / 8) + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
}

/** What a phone would read. */
export function readQr(bitmap: Bitmap): string | null {
  const { widthDots, heightDots } = bitmap;
  const pixels = new Uint8ClampedArray(widthDots * heightDots * 4).fill(255);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      if (isBlack(bitmap, x, y)) pixels.fill(0, (y * widthDots + x) * 4, (y * widthDots + x) * 4 + 3);
    }
  }
  return jsQR.default(pixels, widthDots, heightDots, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

/**
 * Share of ink in `one` with none in `other` at the same place or one dot beside it: two renderers round the edges of
 * letters differently, no more.
 */
export function strayInk(one: Page, other: Page): number {
  let [ink, stray] = [0, 0];
  const near = [-1, 0, 1];
  for (let y = 0; y < one.height; y += 1) {
    for (let x = 0; x < one.width; x += 1) {
      if (!one.isDark(x, y)) continue;
      ink += 1;
      if (!near.some((down) => near.some((across) => other.isDark(x + across, y + down)))) stray += 1;
    }
  }
  return stray / ink;
}

/** A part of the page, as the readers of signs take it. */
export function columnsOf(bitmap: Bitmap, from = 0, to = bitmap.widthDots): Page {
  return { width: to - from, height: bitmap.heightDots, isDark: (x, y) => isBlack(bitmap, x + from, y) };
}

export interface InkBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The smallest box around all ink; `right` and `bottom` are the first dots without. */
export function inkBox(bitmap: Bitmap): InkBox {
  let [left, right, top, bottom] = [bitmap.widthDots, 0, bitmap.heightDots, 0];
  for (let y = 0; y < bitmap.heightDots; y += 1) {
    for (let x = 0; x < bitmap.widthDots; x += 1) {
      if (!isBlack(bitmap, x, y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return { left, right, top, bottom };
}
