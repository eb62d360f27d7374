import { findMark } from '../../db/stores/acknowledgement.ts';
import { countUnprinted } from '../../db/stores/print-job.ts';
import {
  countMine,
  countTouched,
  findInQueue,
  listQueue,
  type QueueFilter,
  type StoredQueueRow,
} from '../../db/stores/queue.ts';
import { countReports } from '../../db/stores/report.ts';
import type { ReadableDb } from '../../db/transaction.ts';
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

export function createQueue({ store }: { readonly store: Store }): Queue {
  const changes = createListeners<void>();
  let version = 0;
  // Counting walks an index; it is done once for each change, not once for each desk and page.
  let counted: { readonly version: number; readonly all: number; readonly new: number } | null = null;
  const count = (db: ReadableDb): { readonly all: number; readonly new: number } => {
    if (counted?.version === version) return counted;
    const all = countReports(db);
    counted = { version, all, new: all - countTouched(db) };
    return counted;
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

function toQueueRow(stored: StoredQueueRow, staff: Staff, acknowledgedThrough: number): QueueRow {
  const { claimedBy, claimedByName, ...row } = stored;
  return {
    ...row,
    claimedBy: claimedByName,
    isMine: claimedBy === staff.staffId,
    isDelivered: row.sequence <= acknowledgedThrough,
  };
}
