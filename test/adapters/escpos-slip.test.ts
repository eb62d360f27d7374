import { expect, test } from 'vitest';
import { tcpChannel } from '../../src-main/adapters/escpos-channel.ts';
import { createEscPosPrinter } from '../../src-main/adapters/escpos-printer.ts';
import { columnsOf, readQr, strayInk } from '../helpers/dots.ts';
import { testProfile } from '../helpers/escpos-parts.ts';
import { startFakeEscPosPrinter } from '../helpers/fake-escpos-printer.ts';
import { needs } from '../helpers/needs.ts';
import { rasterize, toBitmap } from '../helpers/pdf-pixels.ts';
import { createTestLayout, exampleProof, fullReceipt } from '../helpers/receipt-content.ts';

const dotsPerMm = 8;
const heads = { '80mm': { widthDots: 576, sideMm: 4 }, '58mm': { widthDots: 384, sideMm: 5 } } as const;

test.skipIf(!needs('pdftoppm').run).each([
  ['80mm', 'ar'],
  ['80mm', 'da'],
  ['58mm', 'uk'],
] as const)('what the printer draws of a slip is what its PDF shows: %s, %s', async (paper, language) => {
  const fake = await startFakeEscPosPrinter();
  const { widthDots, sideMm } = heads[paper];
  const profile = { ...testProfile, papers: { [paper]: widthDots } };
  const printer = createEscPosPrinter({ open: tcpChannel('127.0.0.1', fake.port), profile, paper });
  const layout = createTestLayout();
  const content = fullReceipt(language);
  const strip = await layout.rasterize(content, paper, widthDots);
  const run = { signal: AbortSignal.timeout(20_000), onSent: () => undefined };
  const outcome = await printer.print({ kind: 'strip', title: content.reference, strip }, run);
  await fake.close();
  expect(outcome).toEqual({ outcome: 'printed' });
  const [drawn] = fake.slips;
  if (drawn === undefined) throw new Error('nothing was drawn');
  expect(readQr(drawn)).toBe(exampleProof);
  const { pdf } = await layout.render(content, paper);
  const from = sideMm * dotsPerMm;
  const page = toBitmap(rasterize(pdf, dotsPerMm * 25.4), from, from + widthDots);
  const inDrawn = columnsOf(drawn);
  expect(strayInk(page, inDrawn)).toBeLessThan(0.005);
  expect(strayInk(inDrawn, page)).toBeLessThan(0.005);
});
