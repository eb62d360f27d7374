import { expect, it } from 'vitest';
import { parkEvent } from '../../db/stores/acknowledgement.ts';
import { findFirstBadAudit, listAudit } from '../../db/stores/audit.ts';
import { findFirstBadEvent, listEventsAfter } from '../../db/stores/event.ts';
import { hasReference } from '../../db/stores/print-job.ts';
import { countReports } from '../../db/stores/report.ts';
import { createKeeping } from '../../src-main/services/keeping.ts';
import { createFakeClock, createFakeLog } from '../helpers/fakes.ts';
import { openCounter, tracesIn } from '../helpers/kept-reports.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const dayMs = 86_400_000;

async function setUp() {
  const clock = createFakeClock();
  const folder = makeFolder();
  const store = openTestStore(clock, folder);
  const keeping = createKeeping({
    ...{ store, clock, log: createFakeLog(), timers: { after: () => () => undefined } },
    times: { reportDays: 30, auditDays: 730 },
    onPurged: () => undefined,
  });
  return {
    ...{ clock, store, keeping },
    ...(await openCounter(store, clock)),
    /** As a day at the counter goes by: the kiosk looks four times. */
    async passDays(days: number): Promise<number> {
      let purged = 0;
      for (let quarter = 0; quarter < days * 4; quarter += 1) {
        clock.advance(dayMs / 4);
        purged += await keeping.look();
      }
      return purged;
    },
    traces: () => tracesIn(folder),
  };
}

it('thirty days after acknowledgement and finishing a report is gone from the disk, and its number is never given again', async () => {
  const kiosk = await setUp();
  const report = kiosk.receive();
  kiosk.finish(report);
  kiosk.acknowledgeAll();
  expect(kiosk.traces()).not.toEqual([]);
  expect(await kiosk.passDays(29)).toBe(0);
  expect(await kiosk.passDays(2)).toBe(1);
  expect(kiosk.traces()).toEqual([]);
  expect(kiosk.store.read(countReports)).toBe(0);
  expect(kiosk.store.read((db) => hasReference(db, report.reference))).toBe(true);
  expect(kiosk.store.read(findFirstBadEvent)).toBeNull();
  const told = kiosk.store.read((db) => listEventsAfter(db, 3))?.events;
  expect(told).toMatchObject([{ kind: 'report-purged', reportId: report.reportId }]);
  expect(JSON.parse(told?.[0]?.body ?? '')).toEqual({ reportId: report.reportId, throughSequence: 3 });
  expect(kiosk.store.read((db) => listAudit(db, 1))).toMatchObject([
    { actor: 'kiosk', action: 'report-purged', subject: report.reportId },
  ]);
  // A district that was restored from a backup asks for it again: it goes without its words.
  expect(kiosk.store.read((db) => listEventsAfter(db, 0))?.withheld).toEqual(
    [1, 2, 3].map((sequence) => ({ sequence, reason: 'purged' })),
  );
});

it('never before the district has it, while work goes on, or while a person there has to look at it', async () => {
  const kiosk = await setUp();
  const [finished, open, parked, late] = [kiosk.receive(), kiosk.receive(), kiosk.receive(), kiosk.receive()];
  for (const report of [finished, parked]) kiosk.finish(report);
  kiosk.store.write((db) =>
    parkEvent(db, { sequence: 3, reason: 'unreadable' }, kiosk.clock.now().toISOString()),
  );
  expect(await kiosk.passDays(40)).toBe(0);
  kiosk.acknowledgeAll();
  // Finished after the district last heard of it.
  kiosk.finish(late);
  expect(await kiosk.passDays(40)).toBe(1);
  expect(kiosk.store.read((db) => hasReference(db, open.reference))).toBe(true);
  expect(kiosk.store.read(countReports)).toBe(3);
  kiosk.acknowledgeAll();
  expect(await kiosk.passDays(40)).toBe(1);
  expect(kiosk.store.read(countReports)).toBe(2);
});

it('a clock that leaps deletes nothing for a day; one that is not trusted nothing at all', async () => {
  const kiosk = await setUp();
  kiosk.finish(kiosk.receive());
  kiosk.acknowledgeAll();
  await kiosk.passDays(2);
  kiosk.clock.leap(4000 * dayMs);
  expect(await kiosk.keeping.look()).toBe(0);
  expect(await kiosk.passDays(0.5)).toBe(0);
  // Somebody sets it right: back is a leap too.
  kiosk.clock.leap(-4000 * dayMs);
  expect(await kiosk.passDays(10)).toBe(0);
  expect(kiosk.store.read(countReports)).toBe(1);
  kiosk.clock.distrust();
  expect(await kiosk.passDays(40)).toBe(0);
  expect(kiosk.store.read(countReports)).toBe(1);
});

it('audit lines of more than two years go from the start of the log, and what is left is still a chain', async () => {
  const kiosk = await setUp();
  kiosk.receive();
  const before = kiosk.store.read((db) => listAudit(db, 100)).length;
  await kiosk.passDays(1);
  kiosk.clock.advance(2 * dayMs);
  await kiosk.keeping.look();
  // A kiosk that was off for two years: it looks, waits a day, and only then deletes.
  kiosk.clock.advance(729 * dayMs);
  kiosk.receive();
  await kiosk.passDays(2);
  const left = kiosk.store.read((db) => listAudit(db, 100));
  expect([before > 2, left.map(({ action }) => action)]).toEqual([true, ['report-received']]);
  expect(kiosk.store.read(findFirstBadAudit)).toBeNull();
  kiosk.store.write((db) => db.run("UPDATE audit SET subject = 'x'"));
  expect(kiosk.store.read(findFirstBadAudit)).toBe(left[0]?.sequence);
});
