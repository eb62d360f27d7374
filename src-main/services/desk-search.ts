import { findMark } from '../../db/stores/acknowledgement.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { listPromises } from '../../db/stores/promise.ts';
import { countAfter, listChanges, listSealed, listStandings, newestEvent } from '../../db/stores/search.ts';
import type { ReadableDb, WritableDb } from '../../db/transaction.ts';
import { mostStandings, type NamedEntry, type QueueStanding } from '../contract/desk-search.ts';
import type { ReportId } from '../contract/ids.ts';
import type { Staff } from '../contract/staff.ts';
import { localTime } from '../domain/local-time.ts';
import type { Clock } from '../domain/ports.ts';
import { promiseSpans, type ReplyPromise } from '../domain/reply-promise.ts';
import { toStanding } from './queue.ts';
import type { Store } from './store.ts';

/** Whoever asks, and the connection they ask on, compared by identity. */
export interface Searcher {
  readonly staff: Staff;
  readonly connection: object;
}

export type BeginOutcome =
  | {
      readonly kind: 'begun';
      readonly reports: number;
      readonly throughSequence: number;
      readonly throughEvent: number;
      readonly promises: ReplyPromise[];
    }
  | { readonly kind: 'not-stored' };

export type PageOutcome =
  | {
      readonly kind: 'page';
      readonly reports: readonly {
        readonly row: QueueStanding;
        readonly sealedReport: string;
        readonly entries: NamedEntry[];
      }[];
      readonly nextBeforeSequence: number | null;
    }
  | { readonly kind: 'not-begun' };

export interface Changes {
  readonly rows: QueueStanding[];
  readonly entries: NamedEntry[];
  readonly gone: ReportId[];
  readonly throughEvent: number;
  readonly hasMore: boolean;
}

export interface DeskSearch {
  /** Notes who opens how many reports, once for all of them. Nothing is handed out that was not noted. */
  begin(searcher: Searcher, afterSequence: number): BeginOutcome;
  page(searcher: Searcher, beforeSequence: number | null): PageOutcome;
  changes(searcher: Searcher, afterEvent: number, reportIds: readonly ReportId[]): Changes;
}

/** What one connection has noted. */
interface Noted {
  readonly staffId: string;
  readonly after: number;
  readonly through: number;
}

/** A message that is sent and read at once, and the kiosk does something else in between. */
const mostAtOnce = { reports: 25, bytes: 2_000_000 };

export interface DeskSearchOptions {
  readonly store: Store;
  readonly clock: Clock;
}

export function createDeskSearch({ store, clock }: DeskSearchOptions): DeskSearch {
  const noted = new WeakMap<object, Noted>();
  return {
    begin({ staff, connection }, afterSequence) {
      const occurredAt = clock.now().toISOString();
      const outcome = store.write((db) => noteSearch(db, staff, afterSequence, occurredAt));
      if (outcome.kind !== 'written') return { kind: 'not-stored' };
      const { throughSequence: through } = outcome.value;
      noted.set(connection, { staffId: staff.staffId, after: afterSequence, through });
      return { kind: 'begun', ...outcome.value };
    },
    page({ staff, connection }, beforeSequence) {
      const range = noted.get(connection);
      if (range?.staffId !== staff.staffId) return { kind: 'not-begun' };
      return store.read((db) => readSealed(db, staff, range, beforeSequence));
    },
    changes({ staff, connection }, afterEvent, reportIds) {
      const hasBegun = noted.get(connection)?.staffId === staff.staffId;
      const changes = store.read((db) => readChanges(db, staff, afterEvent, reportIds));
      return hasBegun ? changes : { ...changes, entries: [] };
    },
  };
}

function noteSearch(db: WritableDb, staff: Staff, afterSequence: number, occurredAt: string) {
  const { reports, newest } = countAfter(db, afterSequence);
  if (reports > 0)
    appendAudit(db, {
      occurredAt,
      actor: staff.staffId,
      action: 'search-opened',
      subject: String(reports),
    });
  const versions = listPromises(db).map(({ approvedAt, promise }) => ({
    at: localTime(new Date(approvedAt)),
    promise,
  }));
  return {
    reports,
    throughSequence: newest,
    throughEvent: newestEvent(db),
    promises: promiseSpans(versions),
  };
}

function readSealed(
  db: ReadableDb,
  staff: Staff,
  { after, through }: Noted,
  beforeSequence: number | null,
): PageOutcome {
  const { throughSequence } = findMark(db);
  const before = Math.min(beforeSequence ?? Number.MAX_SAFE_INTEGER, through + 1);
  const found = listSealed(db, { after, before }, mostAtOnce);
  return {
    kind: 'page',
    reports: found.map(({ sealedReport, entries, ...row }) => ({
      row: toStanding(row, staff, throughSequence),
      sealedReport,
      entries,
    })),
    nextBeforeSequence: found.at(-1)?.sequence ?? null,
  };
}

function readChanges(
  db: ReadableDb,
  staff: Staff,
  afterEvent: number,
  reportIds: readonly ReportId[],
): Changes {
  const { changes: changed, hasMore } = listChanges(db, afterEvent, {
    reports: mostStandings,
    bytes: mostAtOnce.bytes,
  });
  const { throughSequence } = findMark(db);
  const ids = new Set([...changed.map(({ reportId }) => reportId), ...reportIds]);
  const rows = listStandings(db, [...ids]);
  const here = new Set(rows.map(({ reportId }) => reportId));
  return {
    rows: rows.map((row) => toStanding(row, staff, throughSequence)),
    entries: changed.flatMap(({ entry }) => (entry !== null && here.has(entry.reportId) ? [entry] : [])),
    gone: [...ids].filter((reportId) => !here.has(reportId)),
    throughEvent: changed.at(-1)?.sequence ?? afterEvent,
    hasMore,
  };
}
