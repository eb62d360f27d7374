import { expect, it } from 'vitest';
import { acknowledgeThrough, findAcknowledgedAt, findMark } from '../../db/stores/acknowledgement.ts';
import { appendAudit, findFirstBadAudit, listAudit } from '../../db/stores/audit.ts';
import {
  appendEvent,
  findFirstBadEvent,
  findHash,
  findHead,
  listEventsAfter,
} from '../../db/stores/event.ts';
import { listDeeds } from '../../db/stores/deed.ts';
import { insertPrintJob } from '../../db/stores/print-job.ts';
import { listQueue, type QueueFilter } from '../../db/stores/queue.ts';
import { findReport, findSealed, insertReport } from '../../db/stores/report.ts';
import { insertStaff } from '../../db/stores/staff.ts';
import { setStanding } from '../../db/stores/review.ts';
import { isDuplicate } from '../../db/sqlite-code.ts';
import type { Database } from '../../db/open-database.ts';
import type { WritableDb } from '../../db/transaction.ts';
import { genesisHash, mostBytesInBatch, mostEventsInBatch } from '../../src-main/contract/envelope.ts';
import type { SealedReport } from '../../src-main/contract/report.ts';
import { makeSealedReport, makeStaff, newReportId } from '../helpers/fakes.ts';
import { openTestDatabase } from '../helpers/test-store.ts';

const now = '2026-11-20T14:00:00.000Z';

function store(db: WritableDb, sealed: SealedReport): number {
  const sequence = insertReport(db, sealed);
  insertPrintJob(db, { sequence, reference: sealed.reference, paper: '80mm', variant: 'full' });
  return sequence;
}

function addReports(database: Database, count: number, bytes = 200): SealedReport[] {
  const sealed = Array.from({ length: count }, () => makeSealedReport(bytes));
  database.write((db) => sealed.forEach((one) => store(db, one)));
  return sealed;
}

it('events are numbered from 1 without a gap and each hash follows from the one before', () => {
  const database = openTestDatabase();
  const [first] = addReports(database, 3);
  const run = database.read((db) => listEventsAfter(db, 0));
  expect(run?.previousHash).toBe(genesisHash);
  expect(run?.events.map((event) => event.sequence)).toEqual([1, 2, 3]);
  expect(database.read(findHead)).toEqual({ sequence: 3, hash: run?.events.at(-1)?.hash });
  expect(database.read((db) => findSealed(db, 1))).toEqual(first);
  expect(database.read(findFirstBadEvent)).toBeNull();
});

it.each([
  ['its body', "UPDATE event SET body = replace(body, 'x', 'y') WHERE sequence = 4"],
  ['its time', "UPDATE event SET occurred_at = '2026-11-20T15:00:00.000Z' WHERE sequence = 4"],
  ['its own hash', 'UPDATE event SET hash = (SELECT hash FROM event WHERE sequence = 3) WHERE sequence = 4'],
])('an event that was tampered with in %s is the first bad one', (_, sql) => {
  const database = openTestDatabase();
  addReports(database, 8);
  database.write((db) => db.run(sql));
  expect(database.read(findFirstBadEvent)).toBe(4);
});

it('a deleted or changed audit line is found', () => {
  const database = openTestDatabase();
  for (let n = 1; n <= 5; n += 1) {
    database.write((db) =>
      appendAudit(db, { occurredAt: now, actor: 'kiosk', action: 'kiosk-started', subject: String(n) }),
    );
  }
  expect(database.read(findFirstBadAudit)).toBeNull();
  database.write((db) => db.run("UPDATE audit SET subject = '9' WHERE sequence = 5"));
  expect(database.read(findFirstBadAudit)).toBe(5);
  database.write((db) => db.run('DELETE FROM audit WHERE sequence = 2'));
  expect(database.read(findFirstBadAudit)).toBe(2);
  expect(database.read((db) => listAudit(db, 2)).map((line) => line.sequence)).toEqual([5, 4]);
});

it('batches are bounded by count and by bytes, and one event always fits', () => {
  const database = openTestDatabase();
  addReports(database, mostEventsInBatch + 5);
  expect(database.read((db) => listEventsAfter(db, 0))?.events).toHaveLength(mostEventsInBatch);
  const head = database.read(findHead).sequence;
  database.write((db) => {
    for (let n = 0; n < 4; n += 1) {
      const reportId = newReportId();
      appendEvent(db, { kind: 'review-changed', reportId, occurredAt: now, body: '-'.repeat(800_000) });
    }
  });
  const large = database.read((db) => listEventsAfter(db, head));
  expect(large?.events).toHaveLength(Math.floor(mostBytesInBatch / 800_000));
  expect(large?.previousHash).toBe(database.read((db) => findHash(db, head)));
  expect(database.read((db) => listEventsAfter(db, head + 4))).toBeNull();
  expect(database.read((db) => listEventsAfter(db, head + 40))).toBeNull();
});

it('the mark moves forward only, and only over events that are ours', () => {
  const database = openTestDatabase();
  addReports(database, 5);
  const hash = (sequence: number): string => database.read((db) => findHash(db, sequence)) ?? '';
  expect(database.write((db) => acknowledgeThrough(db, 3, hash(3), now))).toBe(true);
  expect(database.write((db) => acknowledgeThrough(db, 2, hash(2), now))).toBe(false);
  expect(() => database.write((db) => acknowledgeThrough(db, 5, hash(4), now))).toThrow('not ours');
  expect(() => database.write((db) => acknowledgeThrough(db, 9, hash(5), now))).toThrow('not ours');
  expect(database.read(findMark)).toEqual({ throughSequence: 3, acknowledgedAt: now });
  expect(database.read((db) => [1, 3, 4].map((sequence) => findAcknowledgedAt(db, sequence)))).toEqual([
    now,
    now,
    null,
  ]);
});

it('an id or a reference is there once', () => {
  const database = openTestDatabase();
  const [sealed] = addReports(database, 1);
  const sameId = makeSealedReport(10, sealed === undefined ? {} : { reportId: sealed.reportId });
  const sameReference = makeSealedReport(10, sealed === undefined ? {} : { reference: sealed.reference });
  for (const [column, twin] of [
    ['report.report_id', sameId],
    ['print_job.reference', sameReference],
  ] as const) {
    let caught: unknown = null;
    try {
      database.write((db) => store(db, twin));
    } catch (error) {
      caught = error;
    }
    expect(isDuplicate(caught, column)).toBe(true);
  }
  expect(database.read(findHead).sequence).toBe(1);
});

it('compare-and-set: of two who act on the same version one wins', () => {
  const database = openTestDatabase();
  const [report] = addReports(database, 1);
  const [anna, bo] = [makeStaff('Anna'), makeStaff('Bo')];
  database.write((db) => {
    for (const staff of [anna, bo]) insertStaff(db, { staff, pinHash: '$argon2id$test' }, now);
  });
  const claim = (staffId: string): boolean =>
    database.write((db) =>
      setStanding(db, report?.reportId ?? newReportId(), 1, {
        state: 'claimed',
        version: 2,
        claimedBy: staffId,
        finishedAt: null,
        isRejected: false,
      }),
    );
  expect([claim(anna.staffId), claim(bo.staffId)]).toEqual([true, false]);
  const found = database.read((db) => findReport(db, report?.reportId ?? newReportId()));
  expect(found).toMatchObject({ claimedByName: 'Anna', version: 2, state: 'claimed' });
});

it('what was done with one report is found by its index, however long the log is, and a submit does not write that index', () => {
  const database = openTestDatabase();
  const [report] = addReports(database, 1);
  const reportId = report?.reportId ?? newReportId();
  const plans: unknown[] = [];
  database.read((db) =>
    listDeeds(
      {
        ...db,
        all: (sql, ...values) => {
          plans.push(...db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values));
          return [];
        },
      },
      reportId,
    ),
  );
  expect(plans.map((row) => String(Object(row).detail))).toContainEqual(
    expect.stringContaining('SEARCH a USING INDEX audit_of_report'),
  );
  const line = { occurredAt: now, actor: 'visitor', subject: reportId };
  database.write((db) => {
    appendAudit(db, { ...line, action: 'report-received' });
    appendAudit(db, { ...line, actor: 'kiosk', action: 'review-claim' });
  });
  expect(database.read((db) => listDeeds(db, reportId))).toEqual([
    { deed: 'review-claim', at: now, by: null },
  ]);
});

it('no page of the queue sorts or scans more than the rows it passes', () => {
  const database = openTestDatabase();
  addReports(database, 5);
  // What the walk has found already, a page at most.
  const isOfPage = new Set(['SCAN q', 'SCAN j']);
  const walks: readonly (readonly [QueueFilter, string])[] = [
    ['all', 'INTEGER PRIMARY KEY'],
    ['new', 'INTEGER PRIMARY KEY'],
    ['mine', 'report_touched'],
    ['unprinted', 'print_job_unprinted'],
    ['finished', 'report_touched'],
  ];
  for (const [filter, index] of walks) {
    const plans: unknown[] = [];
    database.read((db) => {
      const explained = {
        ...db,
        all: (sql: string, ...values: (string | number | null)[]) => {
          plans.push(...db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values));
          return [];
        },
      };
      return listQueue(explained, filter, 'nobody', 100, 50);
    });
    const details = plans.map((row) => String(Object(row).detail));
    expect(
      details.filter((detail) => detail.startsWith('SCAN') && !isOfPage.has(detail)),
      filter,
    ).toEqual([]);
    expect(
      details.filter((detail) => detail.includes('TEMP B-TREE')),
      filter,
    ).toEqual([]);
    expect(
      details.find((detail) => detail.startsWith('SEARCH')),
      filter,
    ).toContain(index);
  }
});
