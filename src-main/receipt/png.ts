import { crc32, deflateSync } from 'node:zlib';
import type { Bitmap } from '../domain/printer.ts';

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A picture of one bit a dot. PNG calls 1 white, a printer calls it black. */
export function encodePng({ widthDots, heightDots, bytes }: Bitmap): Uint8Array {
  const rowBytes = Math.ceil(widthDots / 8);
  const rows = Buffer.alloc((rowBytes + 1) * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    const row = bytes.subarray(y * rowBytes, (y + 1) * rowBytes);
    // Each row begins with its filter: none.
    for (const [x, dots] of row.entries()) rows[y * (rowBytes + 1) + 1 + x] = ~dots & 0xff;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthDots, 0);
  header.writeUInt32BE(heightDots, 4);
  header[8] = 1;
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
