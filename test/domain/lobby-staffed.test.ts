import { expect, test } from 'vitest';
import type { StationHours } from '../../src-main/contract/station.ts';
import { isLobbyStaffed } from '../../src-main/domain/lobby-staffed.ts';

const known = (isOpen: boolean): StationHours => ({
  ...{ kind: 'known', isExample: false, isOpen, changesAt: null, opensAt: null },
  ...{ days: [], otherDays: [], usualWeek: [] },
  ...{ source: 'the station', date: '2026-11-12', reviewBy: '2027-11-12' },
});
const unknown: StationHours = { kind: 'unknown', why: 'never-told' };

test.each<[string, StationHours, boolean, boolean, boolean]>([
  ['open hours, and nobody at the desk yet', known(true), true, false, true],
  ['closed hours, and a desk that was left on', known(false), true, true, false],
  ['closed hours by a clock that is wrong, and somebody at the desk', known(false), false, true, true],
  ['open hours by a clock that is wrong, and nobody at the desk', known(true), false, false, false],
  ['no hours, and somebody at the desk', unknown, true, true, true],
  ['no hours, and nobody at the desk', unknown, true, false, false],
])('%s', (_what, hours, isClockTrusted, isDeskConnected, isStaffed) => {
  expect(isLobbyStaffed({ hours, isClockTrusted, isDeskConnected })).toBe(isStaffed);
});
