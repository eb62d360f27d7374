import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import type { PaperContent, ReceiptPaper, RollPaper } from '../contract/receipt.ts';
import type { Bitmap, ReceiptLayout } from '../domain/printer.ts';
import { createFontCoverage, scriptsOf } from './font-coverage.ts';
import { rasterize } from './rasterize.ts';
import {
  buildReceiptDocument,
  fitsFor,
  type ReceiptDocument,
  type ReceiptMeans,
  type ReceiptMedium,
} from './receipt-document.ts';
import type { ReceiptTextsByLanguage } from './receipt-texts.ts';

/** A longer slip is folded unread. A4 has one page. */
const longestSlipMm = 250;
const a4HeightMm = 297;

/** Of most heads, 203 to the inch; a printer that takes pages has dots of its own. */
const dotMm = 1 / 8;

/** The roll, and what a head on it can reach: 576 and 384 dots of 1/8 mm on most. */
const rolls: Readonly<Record<RollPaper, { readonly widthMm: number; readonly headMm: number }>> = {
  '80mm': { widthMm: 80, headMm: 72 },
  '58mm': { widthMm: 58, headMm: 48 },
};

const fontFiles = [
  'NotoSans-Regular.ttf',
  'NotoSans-Bold.ttf',
  'NotoSansArabic-Regular.ttf',
  'NotoSansArabic-Bold.ttf',
] as const;

interface ReceiptLayoutOptions {
  /** Folder with the TTF files of resources/fonts. */
  readonly fontsDir: string;
  readonly texts: ReceiptTextsByLanguage;
}

export interface ReceiptPrinterLayout extends ReceiptLayout {
  /** The whole paper as dots, pages one under the other: to look at. */
  picture(content: PaperContent, paper: ReceiptPaper, dotsPerMm: number): Promise<Bitmap>;
}

/**
 * Papers as PDF or dots, typeset in this process: about 200 ms once (`warmUp`), then some 10 ms a slip.
 * Throws at once when a font is missing.
 */
export function createReceiptPrinterLayout({ fontsDir, texts }: ReceiptLayoutOptions): ReceiptPrinterLayout {
  const fontBlobs = fontFiles.map((file) => readFileSync(join(fontsDir, file)));
  const means: ReceiptMeans = { texts, coverage: createFontCoverage(fontBlobs) };
  let compiler: NodeCompiler | null = null;
  const typesetter = (): NodeCompiler => {
    compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
    return compiler;
  };
  const draw = (content: PaperContent, medium: ReceiptMedium): Promise<string> =>
    setFitting(typesetter(), means, { content, medium }, ({ pages }) => typesetter().plainSvg(pages));
  const layout: ReceiptPrinterLayout = {
    render: (content, paper) =>
      setFitting(
        typesetter(),
        means,
        { content, medium: { paper, dotMm } },
        ({ pages, heightMm, pageCount }) => ({
          pdf: new Uint8Array(typesetter().pdf(pages, { pdfTags: false })),
          heightMm,
          pageCount,
        }),
      ),
    async rasterize(content, paper, widthDots) {
      const { widthMm, headMm } = rolls[paper];
      const dotsPerMm = widthDots / headMm;
      const from = Math.round(((widthMm - headMm) / 2) * dotsPerMm);
      const svg = await draw(content, { paper, dotMm: 1 / dotsPerMm });
      return rasterize(svg, dotsPerMm, { from, width: widthDots });
    },
    picture: async (content, paper, dotsPerMm) =>
      rasterize(await draw(content, { paper, dotMm: 1 / dotsPerMm }), dotsPerMm),
    missingScripts: (content) => scriptsOf(means.coverage.missing(JSON.stringify(content))),
    async warmUp() {
      await layout.render(warmUpContent, '80mm');
    },
  };
  return layout;
}

interface Wanted {
  readonly content: PaperContent;
  readonly medium: ReceiptMedium;
}

interface SetPaper {
  readonly pages: NodeTypstDocument;
  readonly heightMm: number;
  readonly pageCount: number;
}

/** @param output what becomes of the way that fits; native pages do not outlive it. */
async function setFitting<Output>(
  compiler: NodeCompiler,
  means: ReceiptMeans,
  { content, medium }: Wanted,
  output: (set: SetPaper) => Output,
): Promise<Output> {
  const { paper } = medium;
  const fits = fitsFor(content);
  for (const [index, fit] of fits.entries()) {
    // Native documents are given back only between two turns; without them a slip would cost 1 MB for ever.
    await nextTurn();
    const set = typeset(compiler, buildReceiptDocument(content, medium, means, fit), paper);
    const isLast = index === fits.length - 1;
    const made = isLast || isShortEnough(set, paper) ? { output: output(set) } : null;
    // The typesetter remembers what it has set; a kiosk runs for months and a slip belongs to one visitor.
    compiler.evictCache(0);
    if (made !== null) return made.output;
  }
  throw new Error('There is no way to fit a receipt');
}

function isShortEnough({ pageCount, heightMm }: SetPaper, paper: ReceiptPaper): boolean {
  return pageCount === 1 && (paper === 'a4' || heightMm <= longestSlipMm);
}

function typeset(compiler: NodeCompiler, document: ReceiptDocument, paper: ReceiptPaper): SetPaper {
  const compiled = compiler.compile({ mainFileContent: document.source, inputs: { ...document.inputs } });
  const pages = compiled.result;
  if (pages === null) {
    const failure = compiled.takeError();
    throw new Error(`The receipt could not be typeset: ${JSON.stringify(failure?.shortDiagnostics ?? [])}`);
  }
  const heightMm = paper === 'a4' ? a4HeightMm : readHeightMm(compiler, pages);
  return { pages, heightMm, pageCount: pages.numOfPages };
}

function readHeightMm(compiler: NodeCompiler, pages: NodeTypstDocument): number {
  const found: unknown = compiler.query(pages, { selector: '<slip-height>', field: 'value' });
  const height: unknown = Array.isArray(found) ? found[0] : undefined;
  if (typeof height !== 'number') throw new Error('The receipt does not tell its height');
  return height;
}

const warmUpContent: PaperContent = {
  variant: 'discreet',
  reference: '000000000000',
  proof: null,
  isCopy: false,
  language: 'ar',
  isDemonstration: true,
  station: { name: 'Skranke', address: null },
  districtName: 'Skranke',
  receivedAt: '2000-01-01T00:00',
  isClockTrusted: true,
  interpreterWanted: null,
  nextSteps: ['staff-reads'],
  rightsTopics: [],
  helpNumbers: [],
  callNumber: null,
};
