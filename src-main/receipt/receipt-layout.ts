import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler';
import type { ReceiptContent, ReceiptPaper, RollPaper } from '../contract/receipt.ts';
import type { ReceiptLayout, RenderedReceipt } from '../domain/printer.ts';
import {
  buildReceiptDocument,
  receiptTrims,
  type ReceiptDocument,
  type ReceiptFit,
} from './receipt-document.ts';
import { rasterize } from './rasterize.ts';
import type { ReceiptTextsByLanguage } from './receipt-texts.ts';

/** A longer slip is folded unread. A4 has one page. */
const longestSlipMm = 250;
const a4HeightMm = 297;

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

/**
 * Receipts as PDF, typeset in this process: about 200 ms once (`warmUp`), then some 10 ms a slip.
 * Throws at once when a font is missing.
 */
export function createReceiptPrinterLayout(options: ReceiptLayoutOptions): ReceiptLayout {
  const fontBlobs = fontFiles.map((file) => readFileSync(join(options.fontsDir, file)));
  let compiler: NodeCompiler | null = null;
  const getCompiler = (): NodeCompiler => {
    compiler ??= NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
    return compiler;
  };
  const setSlip = (content: ReceiptContent, paper: ReceiptPaper): Promise<SetSlip> =>
    setFitting(getCompiler(), options.texts, content, paper);
  const render = async (content: ReceiptContent, paper: ReceiptPaper): Promise<RenderedReceipt> => {
    const { pages, heightMm, pageCount } = await setSlip(content, paper);
    return { pdf: new Uint8Array(getCompiler().pdf(pages, { pdfTags: false })), heightMm, pageCount };
  };
  return {
    render,
    async rasterize(content, paper, widthDots) {
      const { pages } = await setSlip(content, paper);
      const svg = getCompiler().plainSvg(pages);
      const { widthMm, headMm } = rolls[paper];
      const dotsPerMm = widthDots / headMm;
      const from = Math.round(((widthMm - headMm) / 2) * dotsPerMm);
      return rasterize(svg, dotsPerMm, { from, width: widthDots });
    },
    async warmUp() {
      await render(warmUpContent, '80mm');
    },
  };
}

/** Leaves out topics, then addresses, then the QR help, then sets the words smaller; never more. */
const fitsInOrder: readonly ReceiptFit[] = [
  ...receiptTrims.map((trim) => ({ trim, typeScale: 1 })),
  ...[0.94, 0.88, 0.82, 0.76].map((typeScale) => ({ trim: 'qr-help' as const, typeScale })),
];

interface SetSlip {
  readonly pages: NodeTypstDocument;
  readonly heightMm: number;
  readonly pageCount: number;
}

async function setFitting(
  compiler: NodeCompiler,
  texts: ReceiptTextsByLanguage,
  content: ReceiptContent,
  paper: ReceiptPaper,
): Promise<SetSlip> {
  let receipt: SetSlip | null = null;
  for (const fit of fitsInOrder) {
    // Native documents are given back only between two turns; without them a slip would cost 1 MB for ever.
    await nextTurn();
    receipt = typeset(compiler, buildReceiptDocument(content, paper, texts, fit), paper);
    if (isShortEnough(receipt, paper)) break;
  }
  if (receipt === null) throw new Error('There is no way to fit a receipt');
  return receipt;
}

function isShortEnough(receipt: SetSlip, paper: ReceiptPaper): boolean {
  return receipt.pageCount === 1 && (paper === 'a4' || receipt.heightMm <= longestSlipMm);
}

function typeset(compiler: NodeCompiler, document: ReceiptDocument, paper: ReceiptPaper): SetSlip {
  const compiled = compiler.compile({ mainFileContent: document.source, inputs: { ...document.inputs } });
  const pages = compiled.result;
  if (pages === null) {
    const failure = compiled.takeError();
    throw new Error(`The receipt could not be typeset: ${JSON.stringify(failure?.shortDiagnostics ?? [])}`);
  }
  const heightMm = paper === 'a4' ? a4HeightMm : readHeightMm(compiler, pages);
  const pageCount = pages.numOfPages;
  // The typesetter remembers what it has set; a kiosk runs for months and a slip belongs to one visitor.
  compiler.evictCache(0);
  return { pages, heightMm, pageCount };
}

function readHeightMm(compiler: NodeCompiler, pages: NodeTypstDocument): number {
  const found: unknown = compiler.query(pages, { selector: '<slip-height>', field: 'value' });
  const height: unknown = Array.isArray(found) ? found[0] : undefined;
  if (typeof height !== 'number') throw new Error('The receipt does not tell its height');
  return height;
}

const warmUpContent: ReceiptContent = {
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
