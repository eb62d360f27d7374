import { afterEach, expect, test } from 'vitest';
import { axeFaults, layoutFaults, openDesk, press, seen, signIn, stopDesks, textOf } from './stage.ts';

afterEach(stopDesks);

test('whoever looks after the machine has no queue, and reads in words that all is well', async () => {
  const { kiosk, i18n } = await openDesk({ roles: ['it'] });
  await signIn();
  kiosk.changeNotice({ unprinted: 0 });
  await press('[data-place="health"]');
  await seen('[data-health-wrong="0"]');
  expect(document.querySelector('[data-place="queue"]')).toBeNull();
  expect(document.querySelectorAll('[data-health][data-well="true"]')).toHaveLength(13);
  expect(await axeFaults()).toEqual([]);
  expect([...i18n.missing.keys()]).toEqual([]);
});

test.each([
  [1366, 768],
  [1920, 1080],
])('at %i × %i everything that is wrong stands first, each with what to do', async (width, height) => {
  const { kiosk, i18n } = await openDesk({ roles: ['supervisor'] }, width, height);
  kiosk.trust.health = {
    ...kiosk.trust.health,
    isClockTrusted: false,
    disk: { freeBytes: 200_000_000, totalBytes: 64_000_000_000 },
    hours: 'overdue',
    hoursReviewBy: null,
    canReport: false,
  };
  kiosk.welcome = {
    ...kiosk.welcome,
    contentProblems: {
      problems: [{ file: 'a.json', path: 'x', message: 'expected y' }],
      overdue: [
        { file: 'a.json', path: 'x', message: 'overdue' },
        { file: 'b.json', path: 'x', message: 'overdue' },
      ],
    },
  };
  await signIn();
  kiosk.changeNotice({
    unprinted: 2,
    printer: { state: 'attention', problem: 'no-paper' },
    delivery: {
      state: 'failing',
      undelivered: 3,
      parked: 1,
      problem: 'unreachable',
      stopped: null,
      progress: null,
      oldestWaitingAt: '2026-11-20T11:53:00.000Z',
      acknowledgedAt: null,
    },
  });
  await press('[data-place="health"]');
  await seen('[data-health-wrong="11"]');
  expect(textOf('[data-health="waiting"]')).toContain('2 t 00');
  expect(textOf('[data-health="printer"]')).toContain('intet papir');
  expect(textOf('[data-health="hours"]')).toContain('Spørg 114');
  kiosk.trust.health = { ...kiosk.trust.health, disk: null, store: 'full' };
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
  expect([...i18n.missing.keys()]).toEqual([]);
});
