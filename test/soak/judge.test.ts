import { expect, it } from 'vitest';
import { kioskIdSchema, referenceNumberSchema } from '../../src-main/contract/ids.ts';
import { reportSchema } from '../../src-main/contract/report.ts';
import { createDice } from '../helpers/dice.ts';
import { judge, type DistrictCopy, type KioskLog, type Told } from './judge.ts';
import { throwSubmission } from './submissions.ts';

const kioskId = kioskIdSchema.parse('07-120');
const reference = referenceNumberSchema.parse('071200000017');
const submission = throwSubmission(createDice(1));
const { reportId } = submission;
const report = reportSchema.parse({
  ...{ reportId, reference, kioskId, submission, stationId: 'fjordby', contentVersion: 'test' },
  ...{ receivedAt: '2026-11-20T13:00:00.000Z', receivedLocal: '2026-11-20T14:00', isClockTrusted: true },
  summary: {
    ...{ reportId, reportType: 'self-type', language: 'da', flags: [], districtId: 'fjord', route: 'self' },
    ...{ isFallbackRouting: false, isAnonymous: false },
  },
});
const event = { sequence: 1, kind: 'report-received', reportId, hash: 'a'.repeat(64) };

const told: Told = { submission, kioskId, outcome: 'shown', references: [reference] };
const log: KioskLog = { kioskId, events: [event], firstBad: null };
const copy: DistrictCopy = {
  events: [{ ...event, kioskId, parked: null }],
  reports: [{ reportId }],
  opened: new Map([[reportId, report]]),
  bad: [],
};
const counts = (...[visitors, logs, district]: Parameters<typeof judge>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(judge(visitors, logs, district)).map(([kind, found]) => [kind, found.length]),
  );
const none = { lost: 0, doubled: 0, altered: 0, invented: 0 };
const nowhere: DistrictCopy = { events: [], reports: [], opened: new Map(), bad: [] };
const empty: KioskLog = { ...log, events: [] };

it('what was shown is there once, as it was submitted: nothing is found', () => {
  expect(counts([told], [log], copy)).toEqual(none);
  // A kiosk that was killed before it answered may have it or not, as long as both sides agree.
  const nobodyKnows: Told = { ...told, outcome: 'nothing', references: [] };
  expect(counts([nobodyKnows], [log], copy)).toEqual(none);
  expect(counts([nobodyKnows], [empty], nowhere)).toEqual(none);
});

it('lost: shown and not at the district, or in the log of the kiosk and not there', () => {
  expect(counts([told], [log], nowhere)).toEqual({ ...none, lost: 1 });
  expect(counts([told], [empty], nowhere)).toEqual({ ...none, lost: 1 });
  expect(counts([{ ...told, outcome: 'nothing' }], [log], nowhere)).toEqual({ ...none, lost: 1 });
});

it('doubled: two rows, two events, two rows of one event, or one number shown for two reports', () => {
  expect(counts([told], [log], { ...copy, reports: [{ reportId }, { reportId }] })).toMatchObject({
    doubled: 1,
  });
  const again = { ...event, kioskId, parked: null, sequence: 2 };
  expect(counts([told], [log], { ...copy, events: [...copy.events, again] })).toMatchObject({ doubled: 1 });
  expect(counts([told], [log], { ...copy, events: [...copy.events, ...copy.events] })).toMatchObject({
    doubled: 2,
  });
  const other: Told = { ...told, submission: throwSubmission(createDice(2)) };
  expect(counts([told, other], [log], copy)).toMatchObject({ doubled: 1 });
});

it('altered: other words, another number, an envelope that does not open, another hash, a parked event, a broken chain', () => {
  const opened = (change: object | null): DistrictCopy => ({
    ...copy,
    opened: new Map([[reportId, change === null ? null : reportSchema.parse({ ...report, ...change })]]),
  });
  const others = { ...throwSubmission(createDice(2)), reportId };
  for (const district of [
    opened({ submission: others }),
    opened({ reference: '071200000025' }),
    opened({ kioskId: '07-121' }),
    opened(null),
    { ...copy, events: [{ ...event, kioskId, parked: 'withheld' }] },
    { ...copy, events: [{ ...event, kioskId, parked: null, hash: 'b'.repeat(64) }] },
    { ...copy, bad: ['event 1 of 07-120 is altered'] },
  ])
    expect(counts([told], [log], district)).toEqual({ ...none, altered: 1 });
  expect(counts([told], [{ ...log, firstBad: 1 }], copy)).toEqual({ ...none, altered: 1 });
  expect(counts([{ ...told, references: [reference, '071200000025'] }], [log], copy)).toMatchObject({
    altered: 1,
  });
});

it('invented: submitted by nobody, called not stored, or at the district only', () => {
  expect(counts([], [empty], copy)).toEqual({ ...none, invented: 2 });
  expect(counts([{ ...told, outcome: 'not-stored' }], [log], copy)).toMatchObject({ invented: 1 });
  expect(counts([told], [empty], copy)).toEqual({ ...none, invented: 1 });
});
