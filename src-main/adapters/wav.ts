import type { SpokenSound } from '../domain/speaker.ts';

const headBytes = 44;

/** A WAV file of one channel with 16 bits a sample. */
export function toWav({ samples, sampleRate }: SpokenSound): Uint8Array {
  const bytes = Buffer.alloc(headBytes + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, at) => bytes.writeInt16LE(sample, headBytes + at * 2));
  return bytes;
}

interface Format {
  readonly isPlain: boolean;
  readonly sampleRate: number;
}

/** The sound of such a file; null for every other kind. Editors put chunks of their own between, which are passed over. */
export function fromWav(file: Uint8Array): SpokenSound | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return null;
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ' && body.length >= 16) format = readFormat(body);
    if (name === 'data') return format?.isPlain === true ? readSamples(body, format.sampleRate) : null;
    at += 8 + size + (size % 2);
  }
  return null;
}

function readFormat(body: Buffer): Format {
  const [kind, channels, bits] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt16LE(14)];
  const sampleRate = body.readUInt32LE(4);
  const isPlain = kind === 1 && channels === 1 && bits === 16 && sampleRate >= 8000 && sampleRate <= 48_000;
  return { isPlain, sampleRate };
}

function readSamples(body: Buffer, sampleRate: number): SpokenSound | null {
  const samples = new Int16Array(Math.floor(body.length / 2));
  for (let at = 0; at < samples.length; at += 1) samples[at] = body.readInt16LE(at * 2);
  return samples.length === 0 ? null : { kind: 'sound', sampleRate, samples };
}
