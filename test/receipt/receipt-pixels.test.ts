import { describe, expect, test } from 'vitest';
import {
  receiptLanguages,
  receiptPapers,
  type ReceiptLanguage,
  type ReceiptPaper,
} from '../../src-main/contract/receipt.ts';
import { needs } from '../helpers/needs.ts';
import {
  compareGlyphs,
  decodeQr,
  rasterize,
  readGlyphRows,
  toBitmap,
  type GlyphRow,
} from '../helpers/pdf-pixels.ts';
import { createTestLayout, fullReceipt, longestReceipt } from '../helpers/receipt-content.ts';

const layout = createTestLayout();
const reference = '071204837395';

async function printPage(language: ReceiptLanguage, paper: ReceiptPaper, number = reference) {
  const content = { ...fullReceipt(language), reference: number };
  return rasterize((await layout.render(content, paper)).pdf, paper === 'a4' ? 203 : 300);
}

/** The one line of twelve signs of equal height, tallest of all on the slip. */
async function findNumber(
  language: ReceiptLanguage,
  paper: ReceiptPaper,
  number = reference,
): Promise<GlyphRow> {
  const page = await printPage(language, paper, number);
  // On A4 the QR stands beside the number: at the left in Arabic, else at the right.
  const quarter = Math.round(page.width / 4);
  const cut =
    paper !== 'a4' ? [0, page.width] : language === 'ar' ? [quarter, page.width] : [0, page.width - quarter];
  const rows = readGlyphRows(toBitmap(page, cut[0], cut[1])).filter((row) => row.glyphs.length === 12);
  const tallest = rows.toSorted((one, other) => other.heightPx - one.heightPx)[0];
  if (tallest === undefined) throw new Error('No line of twelve signs');
  return tallest;
}

const distances = (one: GlyphRow, other: GlyphRow): number[] =>
  one.glyphs.map((glyph, at) => compareGlyphs(glyph, other.glyphs[at] ?? []));

describe.skipIf(!needs('pdftoppm').run)('on paper', () => {
  test.each(receiptLanguages.flatMap((language) => receiptPapers.map((paper) => [language, paper] as const)))(
    'a phone reads the reference from the QR: %s on %s',
    async (language, paper) => {
      const { pdf } = await layout.render(longestReceipt(language), paper);
      expect(decodeQr(rasterize(pdf))).toBe(reference);
    },
  );

  test.each(receiptPapers)('the number reads the same in Arabic as in Danish on %s', async (paper) => {
    const danish = await findNumber('da', paper);
    const arabic = await findNumber('ar', paper);
    expect(Math.max(...distances(danish, arabic))).toBeLessThan(0.12);
  });

  test('the comparison would see groups that changed places', async () => {
    const right = await findNumber('ar', '80mm');
    const turned = await findNumber('ar', '80mm', '739504830712');
    expect(Math.max(...distances(right, turned))).toBeGreaterThan(0.2);
  });

  test.each(receiptLanguages)('the number stands in three groups of four: %s', async (language) => {
    const { gaps } = await findNumber(language, '80mm');
    const between = [gaps[3] ?? 0, gaps[7] ?? 0];
    const within = gaps.filter((_, at) => at !== 3 && at !== 7);
    expect(Math.min(...between)).toBeGreaterThan(1.5 * Math.max(...within));
  });

  test.each(receiptLanguages)('the height told is the height of the paper: %s', async (language) => {
    const { pdf, heightMm } = await layout.render(fullReceipt(language), '80mm');
    expect((rasterize(pdf).height / 203) * 25.4).toBeCloseTo(heightMm, 0);
  });
});
