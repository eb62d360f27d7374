import { expect, test } from 'vitest';
import { lastDayForCourt } from '../../src-main/domain/court-limit.ts';

test.each([
  ['2026-11-21', '2027-05-21'],
  ['2026-08-31', '2027-02-28'],
  ['2027-08-31', '2028-02-29'],
  ['2026-08-28', '2027-02-28'],
  ['2026-12-31', '2027-06-30'],
  ['2028-02-29', '2028-08-29'],
  ['2026-02-29', null],
  ['', null],
])('learned on %s, the court is asked by %s', (known, last) => {
  expect(lastDayForCourt(known)).toBe(last);
});
