import { countLeft, forgetLeftBefore, listLeft, listLeftByDay } from '../../db/stores/left-at.ts';
import { countDeedsSince, listWorkTimes, type WorkTimes } from '../../db/stores/work-times.ts';
import type { ReadableDb } from '../../db/transaction.ts';
import { waitingBuckets, type Numbers } from '../contract/desk-trust.ts';
import type { DroppedAt } from '../contract/visitor.ts';
import { firstInstantOf, localDate } from '../domain/local-time.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { addDays } from '../domain/visit-when.ts';
import type { Store } from './store.ts';

export interface NumbersDesk {
  /** A visit was left in the middle of a report. */
  dropped(at: DroppedAt): void;
  /** Of the last thirty days. */
  numbers(): Numbers;
}

const days = 30;
/** A year to look back on. */
const keptDays = 366;
/** Below it a number could be about somebody. */
const leastShown = 5;
/** More than a kiosk takes in a month; what is beyond is not asked for. */
const mostReports = 20_000;
const minuteMs = 60_000;
const limits = { quarter: 15, hour: 60, 'half-day': 240, day: 1440 } as const;

function minutesOf({ receivedAt, claimedAt }: WorkTimes): number[] {
  return claimedAt === null ? [] : [Math.max(0, (Date.parse(claimedAt) - Date.parse(receivedAt)) / minuteMs)];
}

/** The value that a share of them does not pass; null of none. */
function quantile(sorted: readonly number[], share: number): number | null {
  const at = sorted[Math.ceil(sorted.length * share) - 1];
  return at === undefined ? null : Math.round(at);
}

function bucketOf(minutes: number): (typeof waitingBuckets)[number] {
  return waitingBuckets.find((name) => name !== 'longer' && minutes < limits[name]) ?? 'longer';
}

function waitingOf(reports: readonly WorkTimes[]): Numbers['waiting'] {
  const minutes = reports.flatMap(minutesOf).toSorted((a, b) => a - b);
  return {
    buckets: waitingBuckets.map((id) => ({
      id,
      count: minutes.filter((one) => bucketOf(one) === id).length,
    })),
    notTaken: reports.length - minutes.length,
    medianMinutes: quantile(minutes, 0.5),
    ninetiethMinutes: quantile(minutes, 0.9),
  };
}

function slipsOf(reports: readonly WorkTimes[], done: ReadonlyMap<string, number>): Numbers['slips'] {
  const count = (...states: readonly string[]): number =>
    reports.filter(({ printState }) => states.includes(printState)).length;
  return {
    printed: count('printed'),
    notPrinted: count('failed', 'unknown'),
    settled: count('settled'),
    notSeen: done.get('receipt-not-seen') ?? 0,
    reprinted: done.get('receipt-reprinted') ?? 0,
  };
}

function readNumbers(db: ReadableDb, today: string): Numbers {
  const from = addDays(today, 1 - days);
  const start = firstInstantOf(`${from}T00:00`).toISOString();
  const reports = listWorkTimes(db, mostReports).filter(({ receivedAt }) => receivedAt >= start);
  const done = countDeedsSince(db, start);
  const left = listLeft(db, from);
  const leftBy = new Map(listLeftByDay(db, from).map(({ day, count }) => [day, count]));
  const shown = (count: number): number | null => (count > 0 && count < leastShown ? null : count);
  return {
    from,
    to: today,
    days: Array.from({ length: days }, (_, at) => {
      const day = addDays(from, at);
      const received = reports.filter(({ receivedAt }) => localDate(new Date(receivedAt)) === day).length;
      return { day, reports: received, dropped: shown(leftBy.get(day) ?? 0) };
    }),
    waiting: waitingOf(reports),
    dropped: {
      cells: left.filter(({ count }) => count >= leastShown),
      hidden: left.filter(({ count }) => count < leastShown).length,
    },
    questions: done.get('entry-question') ?? 0,
    slips: slipsOf(reports, done),
  };
}

export function createNumbers({ store, clock, log }: { store: Store; clock: Clock; log: Log }): NumbersDesk {
  return {
    dropped: ({ screen, language }) => {
      // The day of a clock that may be wrong would be another day's number.
      if (!clock.isTrusted()) return;
      const today = localDate(clock.now());
      const outcome = store.write((db) => {
        countLeft(db, today, screen, language);
        forgetLeftBefore(db, addDays(today, -keptDays));
      });
      if (outcome.kind !== 'written') log.warn('drop-out-not-counted');
    },
    numbers: () => store.read((db) => readNumbers(db, localDate(clock.now()))),
  };
}
