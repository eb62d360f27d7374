import { expect, it } from 'vitest';
import { createRecentLog } from '../../src-main/adapters/recent-log.ts';
import { createSilentLog } from '../../src-main/adapters/log.ts';
import { withoutPersons } from '../../src-main/app/support-bundle.ts';
import { createFakeClock } from '../helpers/fakes.ts';

it.each([
  ['"reportId":"3f0c2b0e-8f5e-4c52-9e0a-0a6f4c1b2d3e"', '"reportId":"(id)"'],
  ['slip 739544821203, 7395 4482 1203, 7395-4482-1203', 'slip (reference), (reference), (reference)'],
  ['/home/zqanders/data and /Users/zqbirte/x', '/home/(user)/data and /Users/(user)/x'],
  ['C:\\Users\\zqcarl\\data', 'C:\\Users\\(user)\\data'],
  ['ipp://zq:word@printer/ipp', 'ipp://(secret)@printer/ipp'],
  ['2026-11-21T20:33:36.000Z, 1893 µs, kiosk 07-120', '2026-11-21T20:33:36.000Z, 1893 µs, kiosk 07-120'],
])('a bundle says of %s no more than %s', (text, left) => {
  expect(withoutPersons(text)).toBe(left);
});

it('the newest events are remembered, and no more than fit', () => {
  const log = createRecentLog(createSilentLog(), createFakeClock());
  for (let n = 0; n < 500; n += 1) log.note('purged', { reports: n });
  log.warn('desk-network');
  expect(log.recent()).toHaveLength(200);
  expect(log.recent().at(-1)).toMatchObject({ level: 'warn', event: 'desk-network', facts: {} });
});
