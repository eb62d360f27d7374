import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { drawQr, quietZone } from '../../src-renderer/ui/qr.ts';

/* A CommonJS package: Node's types see the module, Vite hands over the function. */
const readCode = typeof jsqr === 'function' ? jsqr : jsqr.default;

test('a camera reads the number from the code and nothing else', () => {
  const { size, path } = drawQr('071204830618');
  const scale = 6;
  const side = (size + 2 * quietZone) * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let down = 0; down < scale; down += 1) {
      for (let across = 0; across < scale; across += 1) {
        const row = (Number(y) + quietZone) * scale + down;
        const column = (Number(x) + quietZone) * scale + across;
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  expect(readCode(pixels, side, side)?.data).toBe('071204830618');
});
