import type { ReceiptContent, ReceiptPaper } from '../contract/receipt.ts';

/** What keeps paper from coming out; also the i18n key of the sentence that names it. */
export type PrinterProblem =
  | 'no-paper'
  | 'jam'
  | 'cover-open'
  | 'offline'
  | 'wrong-printer'
  | 'timeout'
  | 'refused'
  | 'no-printer'
  | 'unknown';

/** `sent`: the printer took the job but never told that paper came out. `printed`: it told. */
export type PrintOutcome =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'printed' }
  | { readonly outcome: 'failed'; readonly reason: PrinterProblem };

/** `ready` with a problem: it prints, and wants a hand soon (for example paper low). */
export interface PrinterStatus {
  readonly state: 'ready' | 'attention' | 'absent';
  readonly problem: PrinterProblem | null;
}

/** A laid-out receipt on its way to paper. */
export interface PrintableDocument {
  /** Twelve digits without spaces. */
  readonly reference: string;
  readonly pdf: Uint8Array;
}

/** A receipt printer. Expected failures are outcomes; nothing a printer answers makes these throw. */
export interface Printer {
  readonly kind: 'file' | 'ipp' | 'none';
  /** Aborting the signal ends the wait, takes the job back where the printer can, and answers `timeout`. */
  print(document: PrintableDocument, signal: AbortSignal): Promise<PrintOutcome>;
  status(): Promise<PrinterStatus>;
}

/** A receipt as paper. */
export interface RenderedReceipt {
  readonly pdf: Uint8Array;
  /** Of the first page. */
  readonly heightMm: number;
  readonly pageCount: number;
}

/** Lays a receipt out. Throws only on bugs: every content the type allows can be laid out. */
export interface ReceiptLayout {
  render(content: ReceiptContent, paper: ReceiptPaper): Promise<RenderedReceipt>;
  /** Pays the start of the typesetter before the first visitor waits for it. */
  warmUp(): Promise<void>;
}
