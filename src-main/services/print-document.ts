import type { PaperContent, ReceiptPaper } from '../contract/receipt.ts';
import type { PrintableDocument, PrintForm, ReceiptLayout } from '../domain/printer.ts';

export interface Laying {
  readonly content: PaperContent;
  readonly paper: ReceiptPaper;
  /** As the printer and its queue name it; nothing personal. */
  readonly title: string;
}

/** Lays out what is printed in the form that this printer takes. */
export async function layOut(
  layout: ReceiptLayout,
  { content, paper, title }: Laying,
  form: PrintForm,
): Promise<PrintableDocument> {
  if (form.kind === 'pdf') {
    const { pdf } = await layout.render(content, paper);
    return { kind: 'pdf', title, pdf };
  }
  if (paper === 'a4') throw new Error('A roll printer has no A4');
  return { kind: 'strip', title, strip: await layout.rasterize(content, paper, form.widthDots) };
}
