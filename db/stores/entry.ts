import { z } from 'zod';
import { entryAddedSchema, type EntryAdded } from '../../src-main/contract/envelope.ts';
import type { Entry } from '../../src-main/contract/entry.ts';
import { instantSchema, type EntryId, type ReportId, type StaffId } from '../../src-main/contract/ids.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';
import { appendEvent } from './event.ts';

/** Adds the event that carries the entry, and the entry's own row. */
export function insertEntry(db: WritableDb, added: EntryAdded, addedBy: StaffId, now: string): void {
  const { entryId, reportId, kind } = added;
  const body = JSON.stringify(added);
  const sequence = appendEvent(db, { kind: 'entry-added', reportId, occurredAt: now, body });
  db.run(
    'INSERT INTO entry (sequence, entry_id, report_id, kind, added_by) VALUES (?, ?, ?, ?, ?)',
    sequence,
    entryId,
    reportId,
    kind,
    addedBy,
  );
}

const entryRow = z.object({
  sequence: z.int(),
  occurred_at: instantSchema,
  body: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(entryAddedSchema),
});

/** In the order in which they were added; `acknowledgedThrough` is what the district holds. */
export function listEntries(db: ReadableDb, reportId: ReportId, acknowledgedThrough: number): Entry[] {
  const rows = db.all(
    `SELECT n.sequence, e.occurred_at, e.body FROM entry n CROSS JOIN event e ON e.sequence = n.sequence
     WHERE n.report_id = ? ORDER BY n.sequence`,
    reportId,
  );
  return rows.map((row) => {
    const { sequence, occurred_at, body } = entryRow.parse(row);
    const { entryId, kind, staffName, sealedEntry } = body;
    return {
      entryId,
      reportId,
      kind,
      addedAt: occurred_at,
      addedBy: staffName,
      isDelivered: sequence <= acknowledgedThrough,
      sealedEntry,
    };
  });
}

const ownerRow = z.object({ report_id: z.string(), kind: z.string(), added_by: z.string() });

/** Whose entry has this id, of which report and kind; null when there is none. */
export function findEntryOwner(
  db: ReadableDb,
  entryId: EntryId,
): { readonly reportId: string; readonly kind: string; readonly addedBy: string } | null {
  const row = db.get('SELECT report_id, kind, added_by FROM entry WHERE entry_id = ?', entryId);
  if (row === undefined) return null;
  const { report_id, kind, added_by } = ownerRow.parse(row);
  return { reportId: report_id, kind, addedBy: added_by };
}
