import { expect, test } from 'vitest';
import { promisedDay } from '../../src-main/domain/promised-reply.ts';

const until = { validFrom: '2026-11-10', reviewBy: '2026-12-31' };
const promises = [
  { ...until, from: '2026-11-10T08:00:00.000Z', days: 5 },
  { ...until, from: '2026-11-20T10:00:00.000Z', days: 14 },
  { ...until, from: '2026-11-25T10:00:00.000Z', days: null },
];

test.each([
  ['before anything was promised', '2026-11-10T07:58:00.000Z', null],
  ['under the first promise', '2026-11-18T23:30:00.000Z', '2026-11-24'],
  ['in the minute of the second', '2026-11-20T10:00:30.000Z', '2026-12-04'],
  ['after it was taken back', '2026-11-26T10:00:00.000Z', null],
])('a report that came %s is counted by what held then', (_, receivedAt, day) => {
  expect(promisedDay(promises, receivedAt)).toBe(day);
});

test('a promise that nobody looked at again in time promises nothing new', () => {
  expect(promisedDay(promises.slice(0, 2), '2027-01-01T10:00:00.000Z')).toBeNull();
});
