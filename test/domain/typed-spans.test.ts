import { expect, test } from 'vitest';
import { parseSpans, writeSpans } from '../../src-main/domain/typed-spans.ts';

test.each([
  ['8-18', '08.00-18.00'],
  ['08:00–12:00; 13—16.30', '08.00-12.00, 13.00-16.30'],
  [' 0 - 24 ,', '00.00-24.00'],
  ['٨-١٢', '08.00-12.00'],
  ['', ''],
])('open times typed as "%s" are %s', (typed, written) => {
  expect(writeSpans(parseSpans(typed) ?? [])).toBe(written);
});

test.each(['8', '8-', '25-26', '8-12-16', '8.5-12', 'otte'])('"%s" is not taken for times', (typed) => {
  expect(parseSpans(typed)).toBeNull();
});
