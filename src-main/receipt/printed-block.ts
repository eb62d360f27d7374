import type { BarCode } from './machine-codes.ts';
import type { PrintedPair } from './speech.ts';

/** Names and address of the station, the time, and a mark when nobody vouches for it. */
export interface PrintedPlace {
  readonly names: readonly string[];
  readonly time: PrintedPair;
  readonly clockMark: PrintedPair | null;
}

/** One part of a paper, from top to bottom; receipt-template.ts knows how each looks. */
export type PrintedBlock =
  /** In a frame: demonstration, copy. */
  | { readonly kind: 'mark'; readonly text: PrintedPair }
  /** The thick line of the counter and what the paper is. */
  | { readonly kind: 'heading'; readonly lines: readonly PrintedPair[] }
  | {
      readonly kind: 'reference';
      readonly label: PrintedPair;
      readonly groups: readonly string[];
      readonly bars: BarCode;
      readonly qr: readonly string[];
      readonly place: PrintedPlace;
    }
  | { readonly kind: 'place'; readonly place: PrintedPlace }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'notes'; readonly lines: readonly PrintedPair[] }
  | { readonly kind: 'call'; readonly text: PrintedPair; readonly number: string }
  | { readonly kind: 'section'; readonly title: PrintedPair; readonly lines: readonly PrintedPair[] }
  | {
      readonly kind: 'numbers';
      readonly title: PrintedPair;
      readonly rows: readonly { readonly number: string; readonly text: PrintedPair }[];
    }
  | { readonly kind: 'dates'; readonly lines: readonly PrintedPair[] }
  | { readonly kind: 'paragraphs'; readonly lines: readonly PrintedPair[] }
  | {
      readonly kind: 'hours';
      readonly rows: readonly {
        readonly day: PrintedPair;
        readonly note: PrintedPair | null;
        readonly spans: readonly string[];
        /** Where there are no spans. */
        readonly closed: PrintedPair;
      }[];
    }
  | { readonly kind: 'small'; readonly lines: readonly PrintedPair[] }
  /** Millimetres from edge to edge, and both codes. */
  | { readonly kind: 'ruler' }
  | {
      readonly kind: 'scripts';
      readonly rows: readonly { readonly text: string; readonly isRightToLeft: boolean }[];
    }
  | { readonly kind: 'codes'; readonly bars: BarCode; readonly qr: readonly string[] };
