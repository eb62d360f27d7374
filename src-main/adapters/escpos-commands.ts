import type { PrinterProfile } from '../contract/printer-profile.ts';
import type { Bitmap } from '../domain/printer.ts';

/**
 * ESC/POS on the wire, as much as a slip of dots needs. Names and bytes as in the Epson ESC/POS command reference:
 * https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/
 */
const dle = 0x10;
const esc = 0x1b;
const gs = 0x1d;

/** ESC @: settings as after switching on. What was received is kept. */
export const initialize = Buffer.of(esc, 0x40);

/** DLE EOT n: answered at once, whatever else is under way. 1 printer, 2 why offline, 3 error, 4 paper. */
export const askStatus = (n: 1 | 2 | 3 | 4): Buffer => Buffer.of(dle, 0x04, n);

/** GS r 1: answered when everything before it has been printed. */
export const askPaper = Buffer.of(gs, 0x72, 1);

/** GS ( H function 48: the four characters come back when everything before them has been printed. */
export function askProcessId(id: string): Buffer {
  if (!/^[\x20-\x7e]{4}$/.test(id)) throw new Error('A process id has four characters');
  return Buffer.concat([Buffer.of(gs, 0x28, 0x48, 6, 0, 0x30, 0x30), Buffer.from(id, 'latin1')]);
}

/** DLE DC4 function 8 and DLE ENQ 2: forgets what was received and not printed. */
export const clearBuffers: Readonly<Record<'dle-dc4' | 'dle-enq', Buffer>> = {
  'dle-dc4': Buffer.of(dle, 0x14, 8, 1, 3, 20, 1, 6, 2, 8),
  'dle-enq': Buffer.of(dle, 0x05, 2),
};

/** Feeds what has to come out, and cuts where there is a knife. */
export function feedAndCut({ cut, feedRows }: PrinterProfile): Buffer {
  const feed = feedRows === 0 ? Buffer.alloc(0) : Buffer.of(esc, 0x4a, feedRows);
  // GS V 65 and 66 feed to the knife first.
  return cut === 'none' ? feed : Buffer.concat([feed, Buffer.of(gs, 0x56, cut === 'full' ? 65 : 66, 0)]);
}

/** GS v 0: one band of the strip. */
export function rasterBand({ widthDots, heightDots, bytes }: Bitmap, fromRow: number, rows: number): Buffer {
  const rowBytes = Math.ceil(widthDots / 8);
  const height = Math.min(rows, heightDots - fromRow);
  const head = Buffer.of(gs, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8);
  const band = Buffer.from(bytes.subarray(fromRow * rowBytes, (fromRow + height) * rowBytes));
  hideCommands(band);
  return Buffer.concat([head, band]);
}

/**
 * A printer looks for real-time commands in everything it receives, pictures too: dots that happen to spell one would
 * switch it off or clear it. One dot more beside a dot that is there, and they spell nothing.
 */
function hideCommands(band: Buffer): void {
  for (let at = 0; at < band.length; at += 1) {
    const next = band[at + 1];
    const isLast = at === band.length - 1;
    if (band[at] === dle && (isLast || next === 0x04 || next === 0x05 || next === 0x14))
      band[at] = dle | 0x08;
  }
}

/** Ends a picture that was broken off in the middle: white rows, and where none was begun NULs that mean nothing. */
export function endPicture({ bandRows }: PrinterProfile, widthDots: number): Buffer {
  return Buffer.alloc(Math.ceil(widthDots / 8) * bandRows);
}
