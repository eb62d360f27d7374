import { expect, it } from 'vitest';
import { appendAudit } from '../../db/stores/audit.ts';
import { insertPrintJob } from '../../db/stores/print-job.ts';
import { insertReport } from '../../db/stores/report.ts';
import { createNumbers } from '../../src-main/services/numbers.ts';
import { createFakeClock, createFakeLog, makeSealedReport } from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

function open() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  return { clock, store, desk: createNumbers({ store, clock, log: createFakeLog() }) };
}

it('drop-outs are counted by day, screen and language; a cell under five is never told, nor is its day', () => {
  const { desk, store } = open();
  for (let visit = 0; visit < 5; visit += 1) desk.dropped({ screen: 'question-when', language: 'ar' });
  for (let visit = 0; visit < 4; visit += 1) desk.dropped({ screen: 'check', language: 'da' });
  const { dropped, days } = desk.numbers();
  expect(dropped).toEqual({
    cells: [{ screen: 'question-when', language: 'ar', count: 5 }],
    hidden: 1,
  });
  expect(days.at(-1)?.dropped).toBe(9);
  const stored = store.read((db) => db.all('SELECT * FROM left_at'));
  expect(stored.map((row) => Object.keys(row ?? {}))).toEqual(
    Array.from({ length: 2 }, () => ['day', 'screen', 'language', 'count']),
  );
  const few = open();
  few.desk.dropped({ screen: 'check', language: 'da' });
  expect(few.desk.numbers().days.at(-1)?.dropped).toBeNull();
});

it('waiting runs from receiving to the first who took it; the newest thirty days alone are told', () => {
  const { clock, desk, store } = open();
  const now = clock.now().getTime();
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
  const receive = (minutesAgo: number, takenAfter: number | null): void => {
    const sealed = { ...makeSealedReport(), receivedAt: at(minutesAgo) };
    store.write((db) => {
      const sequence = insertReport(db, sealed);
      insertPrintJob(db, { sequence, reference: sealed.reference, paper: '80mm', variant: 'full' });
      if (takenAfter === null) return;
      for (const later of [takenAfter, takenAfter + 500])
        appendAudit(db, {
          occurredAt: at(minutesAgo - later),
          actor: 'holm',
          action: 'review-claim',
          subject: sealed.reportId,
        });
    });
  };
  receive(60 * 24 * 40, 3);
  receive(600, 10);
  receive(500, 30);
  receive(400, 200);
  receive(90, null);
  const { waiting, days } = desk.numbers();
  expect(waiting.buckets.map(({ count }) => count)).toEqual([1, 1, 1, 0, 0]);
  expect(waiting).toMatchObject({ notTaken: 1, medianMinutes: 30, ninetiethMinutes: 200 });
  expect(days.reduce((sum, { reports }) => sum + reports, 0)).toBe(4);
});
