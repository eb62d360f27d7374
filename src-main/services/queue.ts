import { findMark } from '../../db/stores/acknowledgement.ts';
import { countUnprinted } from '../../db/stores/print-job.ts';
import {
  countMine,
  findInQueue,
  findTally,
  listQueue,
  type QueueFilter,
  type StoredQueueRow,
  type StoredStanding,
} from '../../db/stores/queue.ts';
import { countAfter } from '../../db/stores/search.ts';
import type { ReadableDb } from '../../db/transaction.ts';
import type { QueueStanding } from '../contract/desk-search.ts';
import type { Staff } from '../contract/staff.ts';
import type { ReferenceNumber } from '../contract/ids.ts';
import type { QueueRow } from '../contract/status.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store } from './store.ts';

export interface QueueRequest {
  readonly filter: QueueFilter;
  /** The page after this row; null: the newest. */
  readonly beforeSequence: number | null;
}

export interface QueuePage {
  readonly rows: QueueRow[];
  /** For the next page; null at the end. */
  readonly nextBeforeSequence: number | null;
  readonly counts: {
    readonly all: number;
    readonly new: number;
    readonly mine: number;
    readonly unprinted: number;
  };
}

export interface Queue {
  page(request: QueueRequest, staff: Staff): QueuePage;
  /** Not noted in the audit log, no more than the queue itself is: what it says stands in clear or sealed. Opening is. */
  find(reference: ReferenceNumber, staff: Staff): QueueRow | null;
  unprinted(): number;
  /** Rises at every change. */
  version(): number;
  /** Something of the queue has changed; desks ask again. */
  readonly bump: () => void;
  onChange(listener: () => void): Unsubscribe;
}

const pageLength = 50;

/** How many reports there were when the newest of them was this one, and so many had been deleted. */
interface Counted {
  readonly all: number;
  readonly newest: number;
  readonly touched: number;
  readonly deleted: number;
}

/** Walks the whole log once, and again after something was deleted; otherwise only what has come since. */
function countOn(db: ReadableDb, before: Counted | null): Counted {
  const { touched, deleted } = findTally(db);
  const from = before?.deleted === deleted ? before : { all: 0, newest: 0 };
  const { reports, newest } = countAfter(db, from.newest);
  return { all: from.all + reports, newest, touched, deleted };
}

export function createQueue({ store }: { readonly store: Store }): Queue {
  const changes = createListeners<void>();
  let version = 0;
  let counted: Counted | null = null;
  const count = (db: ReadableDb): { readonly all: number; readonly new: number } => {
    counted = countOn(db, counted);
    return { all: counted.all, new: counted.all - counted.touched };
  };
  return {
    page: ({ filter, beforeSequence }, staff) =>
      store.read((db): QueuePage => {
        const total = count(db);
        const before = beforeSequence ?? Number.MAX_SAFE_INTEGER;
        const most = Math.min(pageLength + 1, filter === 'new' ? total.new : total.all);
        const found = listQueue(db, filter, staff.staffId, before, most);
        const { throughSequence } = findMark(db);
        const rows = found.slice(0, pageLength).map((row) => toQueueRow(row, staff, throughSequence));
        return {
          rows,
          nextBeforeSequence: found.length > pageLength ? (rows.at(-1)?.sequence ?? null) : null,
          counts: {
            all: total.all,
            new: total.new,
            mine: countMine(db, staff.staffId),
            unprinted: countUnprinted(db),
          },
        };
      }),
    find: (reference, staff) => store.read((db) => findRow(db, reference, staff)),
    unprinted: () => store.read(countUnprinted),
    version: () => version,
    bump() {
      version += 1;
      changes.tell();
    },
    onChange: (listener) => changes.add(listener),
  };
}

function findRow(db: ReadableDb, reference: ReferenceNumber, staff: Staff): QueueRow | null {
  const found = findInQueue(db, reference);
  return found === null ? null : toQueueRow(found, staff, findMark(db).throughSequence);
}

/** Field by field: a page is made at every change for every desk, and copying the rest of an object is slow. */
export function toStanding(stored: StoredStanding, staff: Staff, acknowledgedThrough: number): QueueStanding {
  return {
    reportId: stored.reportId,
    reference: stored.reference,
    sequence: stored.sequence,
    receivedAt: stored.receivedAt,
    lane: stored.lane,
    state: stored.state,
    version: stored.version,
    claimedBy: stored.claimedByName,
    isMine: stored.claimedBy === staff.staffId,
    isRejected: stored.isRejected === 1,
    printState: stored.printState,
    printProblem: stored.printProblem,
    isDelivered: stored.sequence <= acknowledgedThrough,
  };
}

function toQueueRow(stored: StoredQueueRow, staff: Staff, acknowledgedThrough: number): QueueRow {
  const { sealedSummary } = stored;
  return Object.assign(toStanding(stored, staff, acknowledgedThrough), { sealedSummary });
}
