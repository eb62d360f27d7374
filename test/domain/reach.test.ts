import { expect, test } from 'vitest';
import { reachableShare } from '../../src-main/domain/reach.ts';

test.each<[string, number | undefined, number | undefined, number | null]>([
  ['a 43 inch screen standing, half a metre up', 952, 500, 720 / 952],
  ['a 32 inch screen lying at the height of a table', 398, 750, 1],
  ['a screen that begins at the reach itself', 600, 1220, 0],
  ['a screen that begins above it', 600, 1500, 0],
  ['a screen nobody measured', undefined, 500, null],
  ['a screen of which only the height is known', 952, undefined, null],
])('%s', (_what, heightMm, bottomMm, share) => {
  expect(reachableShare({ heightMm, bottomMm })).toBe(share);
});
