import { expect, test } from 'vitest';
import { createTestLayout, fullReceipt } from '../helpers/receipt-content.ts';

const layout = createTestLayout();

async function printMany(count: number, from: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const content = { ...fullReceipt('en'), reference: String(100_000_000_000 + from + at) };
    // Two of three printers take pages, one takes dots.
    if (at % 3 === 2) await layout.rasterize(content, '80mm', 576);
    else await layout.render(content, '80mm');
  }
}

// A kiosk prints for months; before the cache was emptied each slip kept about 1 MB.
test('slips leave no memory behind', async () => {
  await printMany(60, 0);
  const before = process.memoryUsage().rss;
  await printMany(240, 60);
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(110);
}, 180_000);
