import type { Language } from '../contract/ids.ts';
import type { TestPageContent } from '../contract/receipt.ts';
import { stationOnPaper, type ReceiptPlace } from './receipt.ts';

export interface TestPageOccasion {
  readonly language: Language;
  readonly printerName: string;
  /** On the station's clock. */
  readonly printedAt: string;
  readonly isClockTrusted: boolean;
}

/** Every script, both codes and a ruler from edge to edge: a human says whether it came out. */
export function composeTestPage(place: ReceiptPlace, occasion: TestPageOccasion): TestPageContent {
  return {
    ...occasion,
    variant: 'test',
    isDemonstration: place.isDemonstration,
    station: stationOnPaper(place.station),
    districtName: place.district.name,
  };
}
