import { execFileSync } from 'node:child_process';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** Black and white, as a thermal head sees a page. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  isDark(x: number, y: number): boolean;
}

/** First page of a PDF as pixels; 203 dpi is a receipt printer's. */
export function rasterize(pdf: Uint8Array, dpi = 203): PNG {
  return PNG.sync.read(
    execFileSync('pdftoppm', ['-r', String(dpi), '-f', '1', '-l', '1', '-png', '-'], {
      input: pdf,
      maxBuffer: 64 * 1024 * 1024,
    }),
  );
}

/** What a phone would read on the page, or null. */
export function decodeQr(page: PNG): string | null {
  return jsQR.default(new Uint8ClampedArray(page.data), page.width, page.height)?.data ?? null;
}

export function toBitmap(page: PNG, fromX = 0, toX = page.width): Bitmap {
  return {
    width: toX - fromX,
    height: page.height,
    isDark: (x, y) => (page.data[(y * page.width + x + fromX) * 4] ?? 255) < 128,
  };
}

/** Half-open ranges in which `isInk` holds without a break. */
function findRuns(length: number, isInk: (at: number) => boolean): (readonly [from: number, to: number])[] {
  const runs: (readonly [number, number])[] = [];
  let from = -1;
  for (let at = 0; at <= length; at += 1) {
    const ink = at < length && isInk(at);
    if (ink && from < 0) from = at;
    if (!ink && from >= 0) {
      runs.push([from, at]);
      from = -1;
    }
  }
  return runs;
}

/** A printed sign scaled to 12 × 18 cells, each true where more than half is ink. */
type Glyph = readonly boolean[];

export interface GlyphRow {
  readonly glyphs: readonly Glyph[];
  /** White between neighbours, in pixels. */
  readonly gaps: readonly number[];
  readonly heightPx: number;
}

/** Lines of signs on the page from top to bottom. */
export function readGlyphRows(page: Bitmap): readonly GlyphRow[] {
  const columns = Array.from({ length: page.width }, (_, x) => x);
  const bands = findRuns(page.height, (y) => columns.some((x) => page.isDark(x, y)));
  return bands.map(([top, bottom]) => {
    const runs = findRuns(page.width, (x) => {
      for (let y = top; y < bottom; y += 1) if (page.isDark(x, y)) return true;
      return false;
    });
    return {
      glyphs: runs.map(([left, right]) => scaleGlyph(page, { left, right, top, bottom })),
      gaps: runs.slice(1).map(([left], index) => left - (runs[index]?.[1] ?? left)),
      heightPx: bottom - top,
    };
  });
}

/**
 * The one line of twelve signs that is the reference: the tallest, or of a height that is known. (Two lines of other words
 * whose marks touch read as one that is taller still.)
 */
export function numberRowOf(page: Bitmap, heightPx?: number): GlyphRow {
  const rows = readGlyphRows(page).filter(
    (row) =>
      row.glyphs.length === 12 &&
      (heightPx === undefined || Math.abs(row.heightPx - heightPx) <= heightPx / 20),
  );
  const tallest = rows.toSorted((one, other) => other.heightPx - one.heightPx)[0];
  if (tallest === undefined) throw new Error('no line of twelve signs on the paper');
  return tallest;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function scaleGlyph(page: Bitmap, box: Box): Glyph {
  const cells: boolean[] = [];
  for (let row = 0; row < 18; row += 1) {
    for (let column = 0; column < 12; column += 1) cells.push(isMostlyDark(page, box, row, column));
  }
  return cells;
}

function isMostlyDark(page: Bitmap, box: Box, row: number, column: number): boolean {
  const x0 = box.left + Math.floor(((box.right - box.left) * column) / 12);
  const x1 = Math.max(x0 + 1, box.left + Math.floor(((box.right - box.left) * (column + 1)) / 12));
  const y0 = box.top + Math.floor(((box.bottom - box.top) * row) / 18);
  const y1 = Math.max(y0 + 1, box.top + Math.floor(((box.bottom - box.top) * (row + 1)) / 18));
  let dark = 0;
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) if (page.isDark(x, y)) dark += 1;
  return dark * 2 > (x1 - x0) * (y1 - y0);
}

/** Share of cells in which two signs differ. */
export function compareGlyphs(one: Glyph, other: Glyph): number {
  return one.filter((cell, at) => cell !== other[at]).length / one.length;
}
