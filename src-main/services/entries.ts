import { appendAudit } from '../../db/stores/audit.ts';
import { findEntryOwner, insertEntry } from '../../db/stores/entry.ts';
import { findReport, type StoredReport } from '../../db/stores/report.ts';
import { setLane, setStanding } from '../../db/stores/review.ts';
import type { ReadableDb, WritableDb } from '../../db/transaction.ts';
import type { Staff } from '../contract/staff.ts';
import type { Standing } from '../contract/desk-entries.ts';
import type { EntryKind } from '../contract/entry.ts';
import type { EntryId } from '../contract/ids.ts';
import type { Lane } from '../contract/report.ts';
import type { ExpectedVersion } from '../contract/review.ts';
import { isSealedFor } from '../sealing/sealed-for.ts';
import { nextStanding, standingAfterEntry } from '../domain/lifecycle.ts';
import type { Clock } from '../domain/ports.ts';
import { appendReviewChange, readStanding } from './standing.ts';
import { StoreUnusable, type Store, type StoreProblem } from './store.ts';

export interface Addition extends ExpectedVersion {
  readonly entryId: EntryId;
  readonly kind: EntryKind;
  readonly sealedEntry: string;
  /** Of `lane`: where the report goes. */
  readonly lane?: Lane;
}

export type EntryOutcome =
  | { readonly kind: 'done'; readonly standing: Standing }
  /** Somebody was faster, or nothing more is added to it; how it stands now. */
  | { readonly kind: 'changed'; readonly standing: Standing }
  | { readonly kind: 'not-found' }
  /** Not a seal for the home district and the station of today; the page may know older keys. */
  | { readonly kind: 'not-sealed' }
  | { readonly kind: 'not-stored'; readonly reason: StoreProblem }
  /** Nobody knows; adding the same id again is safe. */
  | { readonly kind: 'uncertain' };

export interface Entries {
  /** A rejection also finishes the report: by whoever has it. */
  add(addition: Addition, staff: Staff): EntryOutcome;
}

export interface EntriesOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Keys that every entry is sealed for, by their ids. */
  readonly recipients: () => readonly string[];
  /** After the commit: delivery has an event, the queue has changed. */
  readonly onChanged: () => void;
}

export function createEntries(options: EntriesOptions): Entries {
  return {
    add(addition, staff) {
      try {
        return add(options, addition, staff);
      } catch (error) {
        // Before or after a commit that failed in the disk: only a look tells, and the disk cannot be read.
        if (error instanceof StoreUnusable) return { kind: 'uncertain' };
        throw error;
      }
    },
  };
}

function add(options: EntriesOptions, addition: Addition, staff: Staff): EntryOutcome {
  const { store, recipients, onChanged } = options;
  // Nothing is kept that could be read here, or that the district could not read.
  if (!isSealedFor(addition.sealedEntry, addition.reportId, recipients())) return { kind: 'not-sealed' };
  const earlier = store.read((db) => findEarlier(db, addition, staff));
  // What can be read is not yet what is on the disk.
  if (earlier !== null) return store.confirm() ? earlier : { kind: 'uncertain' };
  const outcome = store.write((db) => addNow(db, options.clock.now(), addition, staff));
  switch (outcome.kind) {
    case 'written':
      if (outcome.value.kind === 'done') onChanged();
      return outcome.value;
    case 'not-written':
      return { kind: 'not-stored', reason: outcome.reason };
    case 'unknown': {
      if (!store.confirm()) return { kind: 'uncertain' };
      const found = store.read((db) => findEarlier(db, addition, staff));
      if (found?.kind === 'done') onChanged();
      return found ?? { kind: 'not-stored', reason: 'broken' };
    }
  }
}

/** The same entry, added before: its author gets the first result, somebody with the same id gets none. */
function findEarlier(db: ReadableDb, addition: Addition, staff: Staff): EntryOutcome | null {
  const owner = findEntryOwner(db, addition.entryId);
  if (owner === null) return null;
  const { reportId, kind, addedBy } = owner;
  const isSame = reportId === addition.reportId && kind === addition.kind && addedBy === staff.staffId;
  const report = isSame ? findReport(db, addition.reportId) : null;
  return report === null
    ? { kind: 'not-found' }
    : { kind: 'done', standing: readStanding(db, report, staff) };
}

/** Entry, event, audit line and the report's new version: true together or not at all. */
function addNow(db: WritableDb, now: Date, addition: Addition, staff: Staff): EntryOutcome {
  const { reportId, version, kind, lane } = addition;
  const before = findReport(db, reportId);
  if (before === null) return { kind: 'not-found' };
  const { staffId } = staff;
  const next =
    kind === 'rejection' ? nextStanding(before, 'reject', { staffId, now }) : standingAfterEntry(before);
  if (next === null || !setStanding(db, reportId, version, next))
    return { kind: 'changed', standing: readStanding(db, before, staff) };
  if (lane !== undefined) setLane(db, reportId, lane);
  const after = findReport(db, reportId) ?? before;
  write(db, now.toISOString(), addition, after, staff);
  return { kind: 'done', standing: readStanding(db, after, staff) };
}

function write(db: WritableDb, now: string, addition: Addition, report: StoredReport, staff: Staff): void {
  const { entryId, reportId, kind, lane, sealedEntry } = addition;
  const staffName = staff.displayName;
  const bare = { entryId, reportId, kind, version: report.version, staffName, sealedEntry };
  insertEntry(db, lane === undefined ? bare : { ...bare, lane }, staff.staffId, now);
  const line = { occurredAt: now, actor: staff.staffId, subject: reportId };
  appendAudit(db, { ...line, action: `entry-${kind}` });
  if (kind !== 'rejection') return;
  appendReviewChange(db, report, now);
  appendAudit(db, { ...line, action: 'review-finish' });
}
