import {
  receiptVariants,
  type PaperContent,
  type ReceiptContent,
  type ReceiptPaper,
} from '../contract/receipt.ts';
import type { FontCoverage } from './font-coverage.ts';
import type { PrintedBlock } from './printed-block.ts';
import { receiptTemplate } from './receipt-template.ts';
import type { ReceiptTextsByLanguage } from './receipt-texts.ts';
import { sheetBlocks } from './sheet-blocks.ts';
import { receiptTrims, slipBlocks, type ReceiptTrim } from './slip-blocks.ts';
import { createSpeech, isRightToLeft } from './speech.ts';

/** One way to make a slip fit. `typeScale` never touches reference and codes. */
export interface ReceiptFit {
  readonly trim: ReceiptTrim;
  readonly typeScale: number;
}

/** What it is set on. `dotMm`: of the head; modules of both codes are so many whole dots. */
export interface ReceiptMedium {
  readonly paper: ReceiptPaper;
  readonly dotMm: number;
}

const whole: ReceiptFit = { trim: 'nothing', typeScale: 1 };

/** Leaves out topics, then addresses, then the QR help, then sets the words smaller; never more. */
const slipFits: readonly ReceiptFit[] = [
  ...receiptTrims.map((trim) => ({ trim, typeScale: 1 })),
  ...[0.96, 0.92, 0.88, 0.84, 0.8, 0.76].map((typeScale) => ({ trim: 'qr-help' as const, typeScale })),
];

/** The ways to try, the roomiest first. Only a slip has to be short. */
export function fitsFor(content: PaperContent): readonly ReceiptFit[] {
  return isSlip(content) ? slipFits : [whole];
}

/** The words and fonts that papers are made of. */
export interface ReceiptMeans {
  readonly texts: ReceiptTextsByLanguage;
  readonly coverage: FontCoverage;
}

/** A Typst source that never changes, and the strings it sets: data, never markup. */
export interface ReceiptDocument {
  readonly source: string;
  readonly inputs: { readonly receipt: string };
}

/** Pure: the same content gives the same document. What stands on it, from top to bottom, is a list of blocks. */
export function buildReceiptDocument(
  content: PaperContent,
  { paper, dotMm }: ReceiptMedium,
  { texts, coverage }: ReceiptMeans,
  { trim, typeScale }: ReceiptFit,
): ReceiptDocument {
  const { language } = content;
  const speech = createSpeech(language, texts, coverage);
  const blocks: readonly PrintedBlock[] = isSlip(content)
    ? slipBlocks(content, speech, trim)
    : sheetBlocks(content, { speech, texts, paper });
  const printed = {
    paper,
    dotMm,
    language,
    isRightToLeft: isRightToLeft(language),
    isPaired: language !== 'da',
    typeScale,
    blocks,
  };
  return { source: receiptTemplate, inputs: { receipt: JSON.stringify(printed) } };
}

const slipVariants: ReadonlySet<string> = new Set(receiptVariants);

function isSlip(content: PaperContent): content is ReceiptContent {
  return slipVariants.has(content.variant);
}
