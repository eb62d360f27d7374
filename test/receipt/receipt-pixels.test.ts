import { describe, expect, test } from 'vitest';
import {
  receiptLanguages,
  receiptPapers,
  receiptVariants,
  sheetVariants,
  type PaperContent,
  type ReceiptContent,
  type ReceiptLanguage,
  type ReceiptPaper,
} from '../../src-main/contract/receipt.ts';
import type { Bitmap } from '../../src-main/domain/printer.ts';
import { scanBars } from '../helpers/code128.ts';
import { columnsOf, inkBox, isBlack, readQr, strayInk } from '../helpers/dots.ts';
import { needs } from '../helpers/needs.ts';
import { compareGlyphs, rasterize, numberRowOf, toBitmap, type GlyphRow } from '../helpers/pdf-pixels.ts';
import {
  createTestLayout,
  exampleProof,
  fullReceipt,
  longestReceipt,
  papers,
} from '../helpers/receipt-content.ts';

const layout = createTestLayout();
const reference = '071204837395';
const dotsPerMm = 8;
const sideMm = { '80mm': 4, '58mm': 5, a4: 20 } as const;

const combinations = receiptPapers.flatMap((paper) =>
  receiptLanguages.map((language) => [paper, language] as const),
);

const picture = (content: PaperContent, paper: ReceiptPaper): Promise<Bitmap> =>
  layout.picture(content, paper, dotsPerMm);

describe.each(combinations)('on %s in %s', (paper, language) => {
  test.each([...receiptVariants, ...sheetVariants])('nothing is cut off: %s', async (variant) => {
    const page = await picture(papers[variant](language), paper);
    const { left, right, top, bottom } = inkBox(page);
    // Two dots: the foot of a "J" leans out.
    const side = sideMm[paper] * dotsPerMm - 2;
    expect(left).toBeGreaterThanOrEqual(side);
    expect(right).toBeLessThanOrEqual(page.widthDots - side);
    expect(top).toBeGreaterThanOrEqual(3 * dotsPerMm);
    expect(bottom).toBeLessThanOrEqual(page.heightDots - 5 * dotsPerMm);
    // The thick line goes from edge to edge: the page is not set narrower than its paper.
    expect(right - left).toBeGreaterThan(page.widthDots - 2 * side - 6);
  });

  // Every slip is made of the same block; the longest is set smaller, and its codes are not.
  test.each([fullReceipt, longestReceipt])('both codes can be read: %o', async (slip) => {
    const page = await picture(slip(language), paper);
    expect(readQr(page)).toBe(exampleProof);
    const [[digits, rows] = ['', 0], ...others] = scanBars(page);
    expect([digits, others]).toEqual([reference, []]);
    expect(rows).toBeGreaterThan(6 * dotsPerMm);
  });
});

async function findNumber(
  language: ReceiptLanguage,
  paper: ReceiptPaper,
  { number = reference, heightPx }: { number?: string; heightPx?: number } = {},
): Promise<GlyphRow> {
  const content: ReceiptContent = { ...fullReceipt(language), reference: number };
  const page = await layout.picture(content, paper, 12);
  // On A4 the QR stands beside the number: at the left in Arabic, else at the right.
  const third = Math.round(page.widthDots * 0.3);
  const cut =
    paper !== 'a4'
      ? columnsOf(page)
      : language === 'ar'
        ? columnsOf(page, third)
        : columnsOf(page, 0, page.widthDots - third);
  return numberRowOf(cut, heightPx);
}

const distances = (one: GlyphRow, other: GlyphRow): number[] =>
  one.glyphs.map((glyph, at) => compareGlyphs(glyph, other.glyphs[at] ?? []));

describe('the number', () => {
  test.each(combinations)('reads from left to right as in Danish: %s, %s', async (paper, language) => {
    const danish = await findNumber('da', paper);
    const own = await findNumber(language, paper, { heightPx: danish.heightPx });
    expect(Math.max(...distances(danish, own))).toBeLessThan(0.12);
  });

  test('the comparison would see groups that changed places', async () => {
    const right = await findNumber('ar', '80mm');
    const turned = await findNumber('ar', '80mm', { number: '739504830712' });
    expect(Math.max(...distances(right, turned))).toBeGreaterThan(0.2);
  });

  test.each(receiptLanguages)('stands in three groups of four: %s', async (language) => {
    const { gaps } = await findNumber(language, '80mm');
    const between = [gaps[3] ?? 0, gaps[7] ?? 0];
    const within = gaps.filter((_, at) => at !== 3 && at !== 7);
    expect(Math.min(...between)).toBeGreaterThan(1.5 * Math.max(...within));
  });
});

describe('dots for a head', () => {
  test.each([
    ['80mm', 576],
    ['58mm', 384],
  ] as const)('are the middle of the paper: %s', async (paper, widthDots) => {
    const strip = await layout.rasterize(fullReceipt('ar'), paper, widthDots);
    const page = await picture(fullReceipt('ar'), paper);
    const from = sideMm[paper] * dotsPerMm;
    expect([strip.widthDots, strip.heightDots]).toEqual([widthDots, page.heightDots]);
    let differing = 0;
    for (let y = 0; y < strip.heightDots; y += 1)
      for (let x = 0; x < widthDots; x += 1)
        if (isBlack(strip, x, y) !== isBlack(page, x + from, y)) differing += 1;
    expect(differing).toBe(0);
  });

  test('of another pitch show the whole slip too: 512 dots of 180 to the inch', async () => {
    const strip = await layout.rasterize(fullReceipt('en'), '80mm', 512);
    expect(strip.widthDots).toBe(512);
    expect(readQr(strip)).toBe(exampleProof);
    // The modules of both codes are whole dots of this head: a scanner meets no bar that is a dot too wide.
    expect(scanBars(strip).get(reference)).toBeGreaterThan(6 * 7);
    const { left, right } = inkBox(strip);
    expect([left, right]).toEqual([0, 512]);
  });
});

describe.skipIf(!needs('pdftoppm').run)('the PDF', () => {
  test.each(combinations)('shows what the dots show: %s, %s', async (paper, language) => {
    const content = longestReceipt(language);
    const dots = await picture(content, paper);
    const { pdf, heightMm } = await layout.render(content, paper);
    const page = rasterize(pdf, dotsPerMm * 25.4);
    expect(page.height / dotsPerMm).toBeCloseTo(heightMm, 0);
    const [inPdf, inDots] = [toBitmap(page), columnsOf(dots)];
    expect(strayInk(inPdf, inDots)).toBeLessThan(0.005);
    expect(strayInk(inDots, inPdf)).toBeLessThan(0.005);
  });
});
