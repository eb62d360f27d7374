import { randomBytes, randomInt } from 'node:crypto';
import type { Randomness } from '../domain/ports.ts';

export function createRandomness(): Randomness {
  return {
    uuid: uuidVersion7,
    digits: (count) => Array.from({ length: count }, () => String(randomInt(10))).join(''),
  };
}

/** RFC 9562: 48 bits of time, then 74 random bits. */
function uuidVersion7(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  const noise = randomBytes(10);
  noise.writeUInt8((noise.readUInt8(0) & 0x0f) | 0x70, 0);
  noise.writeUInt8((noise.readUInt8(2) & 0x3f) | 0x80, 2);
  const hex = time + noise.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
