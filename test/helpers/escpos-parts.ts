import type { PrinterProfile } from '../../src-main/contract/printer-profile.ts';
import type { Bitmap } from '../../src-main/domain/printer.ts';

/** A model that can answer everything. */
export const testProfile: PrinterProfile = {
  id: 'test-model',
  name: 'Test model',
  papers: { '80mm': 576 },
  dpi: 203,
  raster: 'gs-v-0',
  bandRows: 48,
  status: 'answers',
  hasNearEndSensor: true,
  confirm: 'process-id',
  clear: 'dle-dc4',
  cut: 'partial',
  feedRows: 0,
  source: 'made for this test',
  date: '2026-11-01',
  reviewBy: '2027-11-01',
};

/** A pattern in which hardly two rows are alike, without a byte that could begin a command. */
export function makeStrip(heightDots = 500, widthDots = 576): Bitmap {
  const rowBytes = widthDots / 8;
  const bytes = new Uint8Array(rowBytes * heightDots);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 0xef;
  return { widthDots, heightDots, bytes };
}
