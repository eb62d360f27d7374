import { renderAsync } from '@resvg/resvg-js';
import type { Bitmap } from '../domain/printer.ts';

/** The columns that are wanted, counted in dots from the left edge of the page. */
export interface DotColumns {
  readonly from: number;
  readonly width: number;
}

/** A dot is black when at least half of it is ink. */
const darkest = 127;

/**
 * The one place where a laid-out page becomes dots. Off the main thread: an Arabic slip takes some 60 ms.
 * The SVG holds outlines only, so that no font of this machine can come in.
 */
export async function rasterize(
  svg: string,
  dotsPerMm: number,
  columns: DotColumns | null = null,
): Promise<Bitmap> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: (dotsPerMm * 25.4) / 96 },
    font: { loadSystemFonts: false },
    background: 'white',
    logLevel: 'off',
  });
  const { from, width } = columns ?? { from: 0, width: image.width };
  if (from + width > image.width) throw new Error('The page is narrower than the printer expects');
  return packDots(image.pixels, image.width, image.height, { from, width });
}

/** Black on white: one of the three colours tells. */
function packDots(
  pixels: Uint8Array,
  pageWidth: number,
  heightDots: number,
  { from, width }: DotColumns,
): Bitmap {
  const bytesPerRow = Math.ceil(width / 8);
  const bytes = new Uint8Array(bytesPerRow * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    const row = y * pageWidth + from;
    for (let x = 0; x < width; x += 1) {
      if ((pixels[(row + x) * 4] ?? 255) > darkest) continue;
      const at = y * bytesPerRow + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthDots: width, heightDots, bytes };
}
