import type { PaperContent, ReceiptPaper, RollPaper } from '../contract/receipt.ts';
import type { PrinterProblem } from '../contract/status.ts';

/**
 * `printed`: the printer said that paper came out. `unknown`: bytes have left, and nobody can say what became of them.
 * `failed`: no whole slip came out, and none will.
 */
export type PrintOutcome =
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'unknown'; readonly reason: PrinterProblem }
  | { readonly outcome: 'failed'; readonly reason: PrinterProblem };

/** `ready` with a problem: it prints, and wants a hand soon (for example paper low). */
export interface PrinterStatus {
  readonly state: 'ready' | 'attention' | 'absent';
  readonly problem: PrinterProblem | null;
}

/** Dots row by row, eight to a byte, the leftmost in the highest bit; 1 is black. Rows are filled up to whole bytes. */
export interface Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bytes: Uint8Array;
}

/** What a printer takes: pages, or one strip of dots as wide as its head. */
export type PrintForm = { readonly kind: 'pdf' } | { readonly kind: 'strip'; readonly widthDots: number };

/** Something laid out on its way to paper. `title`: the reference of a slip, the id of a leaflet; nothing personal. */
export type PrintableDocument =
  | { readonly kind: 'pdf'; readonly title: string; readonly pdf: Uint8Array }
  | { readonly kind: 'strip'; readonly title: string; readonly strip: Bitmap };

/** One document's way through a printer. */
export interface PrintRun {
  /** Aborted: the wait is over. The printer takes the document back where it can, and says what became of it. */
  readonly signal: AbortSignal;
  /** Called before the first byte leaves that could become paper; never after the signal. */
  readonly onSent: () => void;
}

/**
 * A printer; nothing it answers makes these throw. One call at a time: services go through the print lane
 * (services/print-lane.ts), never here.
 */
export interface Printer {
  readonly kind: 'file' | 'ipp' | 'escpos' | 'none';
  readonly form: PrintForm;
  print(document: PrintableDocument, run: PrintRun): Promise<PrintOutcome>;
  status(signal: AbortSignal): Promise<PrinterStatus>;
  /**
   * Takes back what a kiosk that died left in it, before paper or a hand brings it out for somebody else.
   * @param mayHang a piece of a slip may hang out of it; it is cut off, so that it does not come with the next one.
   */
  takeBackOld(signal: AbortSignal, mayHang: boolean): Promise<void>;
}

/** A receipt as paper. */
export interface RenderedReceipt {
  readonly pdf: Uint8Array;
  /** Of the first page. */
  readonly heightMm: number;
  readonly pageCount: number;
}

/** Lays paper out. Throws only on bugs: every content the type allows can be laid out. */
export interface ReceiptLayout {
  render(content: PaperContent, paper: ReceiptPaper): Promise<RenderedReceipt>;
  /** The same on a roll as dots: the part of the paper that a head of so many dots can reach. */
  rasterize(content: PaperContent, paper: RollPaper, widthDots: number): Promise<Bitmap>;
  /** Scripts of its words that no font here has; they are replaced by Danish or English, or by a sign for "missing". */
  missingScripts(content: PaperContent): readonly string[];
  /** Pays the start of the typesetter before the first visitor waits for it. */
  warmUp(): Promise<void>;
}
