import { expect, test } from 'vitest';
import { closesAt } from '../../src-main/domain/hours.ts';

const day = (date: string, ...spans: [string, string][]) => ({
  ...{ date, holiday: null, exception: null },
  spans: spans.map(([from, to]) => ({ from, to })),
});

test.each<[string, ReturnType<typeof day>[], string | null]>([
  ['the same day', [day('2026-11-20', ['08:00', '12:00'], ['13:00', '18:00'])], '2026-11-20T18:00'],
  [
    'after midnight',
    [day('2026-11-20', ['12:00', '24:00']), day('2026-11-21', ['00:00', '02:00'])],
    '2026-11-21T02:00',
  ],
  [
    'at midnight',
    [day('2026-11-20', ['12:00', '24:00']), day('2026-11-21', ['08:00', '10:00'])],
    '2026-11-21T00:00',
  ],
  ['never', [day('2026-11-20', ['00:00', '24:00']), day('2026-11-21', ['00:00', '24:00'])], null],
  ['not, being closed', [day('2026-11-20', ['08:00', '12:00'])], null],
])('a counter closes %s', (_when, days, closing) => {
  expect(closesAt(days, '2026-11-20T14:00')).toBe(closing);
});
