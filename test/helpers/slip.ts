import type { GlyphRow } from './pdf-pixels.ts';
import { compareGlyphs, decodeQr, numberRowOf, rasterize, toBitmap } from './pdf-pixels.ts';
import { createTestLayout, fullReceipt } from './receipt-content.ts';

/** Finer than a receipt printer, so that twelve digits keep apart. */
const dpi = 300;
/** Share of a glyph's cells that may differ between two renderings of the same digit. */
const mostDifference = 0.12;

const findNumber = (pdf: Uint8Array, heightPx?: number): GlyphRow =>
  numberRowOf(toBitmap(rasterize(pdf, dpi)), heightPx);

/** The reference as the paper shows it: in the signed code of the QR, and the digits from left to right as in a Danish slip of the same number. */
export interface PrintedReference {
  readonly code: string | null;
  readonly isInOrder: boolean;
}

/** Reads a slip of 80 mm by its pixels; text extracted from a PDF says nothing about what the eye sees in Arabic. */
export async function readPrintedReference(pdf: Uint8Array, reference: string): Promise<PrintedReference> {
  const danish = await createTestLayout().render({ ...fullReceipt('da'), reference }, '80mm');
  const expected = findNumber(danish.pdf);
  const printed = findNumber(pdf, expected.heightPx);
  const isInOrder = printed.glyphs.every(
    (glyph, at) => compareGlyphs(glyph, expected.glyphs[at] ?? []) < mostDifference,
  );
  const code = decodeQr(rasterize(pdf));
  return { code, isInOrder };
}
