import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/* Which letters a font file has, read from its own table (cmap): a browser that misses one borrows it from the machine. */

/** A number in groups of seven bits, as WOFF2 writes lengths. */
function readBase128(file: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let next = at; ; next += 1) {
    const byte = file.readUInt8(next);
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: next + 1 };
  }
}

/** The table of letters, unpacked. WOFF2 packs all tables one after the other into one stream. */
function readCmap(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOF2') throw new Error('expected a WOFF2 file');
  const count = file.readUInt16BE(12);
  let at = 48;
  let start = 0;
  let found: { start: number; length: number } | null = null;
  for (let table = 0; table < count; table += 1) {
    const flags = file.readUInt8(at);
    const kind = flags & 0x3f;
    const original = readBase128(file, at + (kind === 0x3f ? 5 : 1));
    // Outlines (10, 11) are packed another way unless marked 3; all others only when marked.
    const isOutline = kind === 10 || kind === 11;
    const isTransformed = isOutline ? flags >> 6 !== 3 : flags >> 6 !== 0;
    const stored = isTransformed ? readBase128(file, original.next) : original;
    if (kind === 0) found = { start, length: stored.value };
    start += stored.value;
    at = stored.next;
  }
  if (found === null) throw new Error('expected a table of letters');
  const stream = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  return stream.subarray(found.start, found.start + found.length);
}

function* spansOf(cmap: Buffer): Generator<readonly [number, number]> {
  for (let record = 0; record < cmap.readUInt16BE(2); record += 1) {
    const at = cmap.readUInt32BE(4 + record * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 4) {
      const doubled = cmap.readUInt16BE(at + 6);
      for (let segment = 0; segment < doubled; segment += 2) {
        const last = cmap.readUInt16BE(at + 14 + segment);
        if (last !== 0xffff) yield [cmap.readUInt16BE(at + 16 + doubled + segment), last];
      }
    }
    if (format === 12)
      for (let group = 0; group < cmap.readUInt32BE(at + 12); group += 1)
        yield [cmap.readUInt32BE(at + 16 + group * 12), cmap.readUInt32BE(at + 20 + group * 12)];
  }
}

type Has = (letter: number) => boolean;

function lettersOf(file: string): Has {
  const spans = [...spansOf(readCmap(readFileSync(file)))];
  return (letter) => spans.some(([first, last]) => letter >= first && letter <= last);
}

function rangeOf(text: string): Has {
  const spans = text.split(',').map((part) => {
    const [first = '', last = first] = part.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)] as const;
  });
  return (letter) => spans.some(([first, last]) => letter >= first && letter <= last);
}

/** Whether the faces of a stylesheet show a letter: its range asks for the file, and the file has it. */
export function lettersOfStylesheet(stylesheet: string): Has {
  const css = readFileSync(stylesheet, 'utf8');
  const faces = [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].map(([, face = '']): Has => {
    const file = /url\(['"]?([^'")]+)/.exec(face)?.[1] ?? '';
    const has = lettersOf(path.resolve(path.dirname(stylesheet), file));
    const range = /unicode-range:\s*([^;]+);/.exec(face)?.[1];
    const isAskedFor = range === undefined ? () => true : rangeOf(range);
    return (letter) => isAskedFor(letter) && has(letter);
  });
  return (letter) => faces.some((has) => has(letter));
}
