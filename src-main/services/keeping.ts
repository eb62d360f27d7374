import { setImmediate } from 'node:timers/promises';
import {
  findLook,
  listFinished,
  purgeAudit,
  purgeReport,
  restingSince,
  saveLook,
  type FinishedReport,
} from '../../db/stores/keeping.ts';
import type { Clock, Log } from '../domain/ports.ts';
import type { Store } from './store.ts';
import type { Timers } from './timers.ts';

/** How many days something is kept. */
export interface KeepingTimes {
  /** After the district acknowledged all of a report and work on it ended. */
  readonly reportDays: number;
  readonly auditDays: number;
}

export interface KeepingOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly times: KeepingTimes;
  /** After a commit: delivery has an event, the queue has changed. */
  readonly onPurged: () => void;
}

export interface Keeping {
  start(): void;
  stop(): void;
  /** Deletes what is over, unless the clock is in doubt. @returns how many reports. */
  look(): Promise<number>;
}

const dayMs = 86_400_000;
const firstLookMs = 5 * 60_000;
const betweenLooksMs = 6 * 3_600_000;
/** Longer between two looks, or backwards, is a leap: the machine was off, or somebody set the clock. */
const leapMs = 3 * dayMs;
/** So long the clock has to go on after a leap before anything is deleted by it: somebody may set it right. */
const steadyMs = dayMs;
const reportsAStep = 50;
const linesAStep = 1000;

/** Deletes what has been kept long enough. */
export function createKeeping(options: KeepingOptions): Keeping {
  const { timers, log } = options;
  let forget = (): void => undefined;
  const later = (ms: number): void => {
    forget = timers.after(ms, () => {
      look(options)
        // The store says itself that it is ill; the next look finds the same.
        .catch((error: unknown) =>
          log.warn('keeping-interrupted', { error: error instanceof Error ? error.name : 'unknown' }),
        )
        .finally(() => later(betweenLooksMs));
    });
  };
  return {
    start: () => later(firstLookMs),
    stop: () => forget(),
    look: () => look(options),
  };
}

async function look(options: KeepingOptions): Promise<number> {
  const { store, clock, log, times, onPurged } = options;
  if (!clock.isTrusted() || !isClockSteady(options)) return 0;
  const nowMs = clock.now().getTime();
  const lines = await purgeLines(store, new Date(nowMs - times.auditDays * dayMs).toISOString());
  const reports = await purgeReports(options, new Date(nowMs - times.reportDays * dayMs).toISOString());
  if (reports + lines === 0) return 0;
  log.note('purged', { reports, auditLines: lines });
  // What was deleted is zeros in the file by now; its copies in the log are overwritten here.
  if (!store.scrub()) log.warn('purged-not-scrubbed', {});
  if (reports > 0) onPurged();
  return reports;
}

/** Notes this look. */
function isClockSteady({ store, clock }: KeepingOptions): boolean {
  const lookedAt = clock.now().toISOString();
  const before = store.read(findLook);
  const sinceMs = before === null ? Infinity : Date.parse(lookedAt) - Date.parse(before.lookedAt);
  const isLeap = sinceMs < 0 || sinceMs > leapMs;
  const steadySince = before === null || isLeap ? lookedAt : before.steadySince;
  const saved = store.write((db) => saveLook(db, { lookedAt, steadySince }));
  return saved.kind === 'written' && Date.parse(lookedAt) - Date.parse(steadySince) >= steadyMs;
}

/** One report is one transaction: a kill leaves it whole or gone. Visitors are served in between. */
async function purgeReports({ store, clock }: KeepingOptions, before: string): Promise<number> {
  let purged = 0;
  let after = 0;
  for (;;) {
    const finished = store.read((db) => listFinished(db, after, reportsAStep));
    for (const report of finished) if (purgeOne(store, report, before, clock)) purged += 1;
    const last = finished.at(-1);
    if (last === undefined) return purged;
    after = last.sequence;
    await setImmediate();
  }
}

/** Looked at again inside the transaction: staff may have opened it anew a moment ago. */
function purgeOne(store: Store, { sequence }: FinishedReport, before: string, clock: Clock): boolean {
  const isOver = store.read((db) => findOver(db, sequence, before) !== null);
  if (!isOver) return false;
  const outcome = store.write((db) => {
    const report = findOver(db, sequence, before);
    if (report !== null) purgeReport(db, report, clock.now().toISOString());
    return report !== null;
  });
  return outcome.kind === 'written' && outcome.value;
}

function findOver(
  db: Parameters<typeof restingSince>[0],
  sequence: number,
  before: string,
): FinishedReport | null {
  const [report] = listFinished(db, sequence - 1, 1);
  if (report?.sequence !== sequence) return null;
  const since = restingSince(db, report);
  return since !== null && since < before ? report : null;
}

async function purgeLines(store: Store, before: string): Promise<number> {
  for (let purged = 0; ;) {
    const outcome = store.write((db) => purgeAudit(db, before, linesAStep));
    const count = outcome.kind === 'written' ? outcome.value : 0;
    purged += count;
    if (count === 0) return purged;
    await setImmediate();
  }
}
