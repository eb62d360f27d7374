import { z } from 'zod';
import type { NamedEntry } from '../../src-main/contract/desk-search.ts';
import { entryAddedSchema } from '../../src-main/contract/envelope.ts';
import { reportIdSchema, type ReportId } from '../../src-main/contract/ids.ts';
import type { ReadableDb } from '../transaction.ts';
import { standingColumns, standingRow, type StoredStanding } from './queue.ts';

const tables = `CROSS JOIN print_job p ON p.reference = q.reference
  LEFT JOIN staff s ON s.staff_id = q.claimed_by`;

/** The lines with these ids, in no order; ids that are not here are passed over. */
export function listStandings(db: ReadableDb, reportIds: readonly string[]): StoredStanding[] {
  const sql = `SELECT ${standingColumns} FROM json_each(?) j CROSS JOIN report q ON q.report_id = j.value ${tables}`;
  return db.all(sql, JSON.stringify(reportIds)).map((row) => standingRow.parse(row));
}

const sizeRow = z.object({ sequence: z.int(), size: z.int() });
const sealedBody = z
  .object({ body: z.string().transform((text): unknown => JSON.parse(text)) })
  .transform(({ body }) => z.object({ sealedReport: z.string() }).parse(body));

export type SealedStanding = StoredStanding & {
  readonly sealedReport: string;
  readonly entries: NamedEntry[];
};

const entryBody = z.object({ body: z.string() }).transform(({ body }): NamedEntry => {
  const { entryId, reportId, kind, sealedEntry } = entryAddedSchema.parse(JSON.parse(body));
  return { entryId, reportId, kind, sealedEntry };
});

/** What was added to one report, in the order in which it was added. */
function listNamedEntries(db: ReadableDb, reportId: ReportId): NamedEntry[] {
  const sql = `SELECT e.body FROM entry n CROSS JOIN event e ON e.sequence = n.sequence
    WHERE n.report_id = ? ORDER BY n.sequence`;
  return db.all(sql, reportId).map((row) => entryBody.parse(row));
}

/** Newest first, between two sequences, neither of them included: as many as fit, and one in any case. */
export function listSealed(
  db: ReadableDb,
  { after, before }: { readonly after: number; readonly before: number },
  most: { readonly reports: number; readonly bytes: number },
): SealedStanding[] {
  const sizes = db.all(
    `SELECT r.sequence, octet_length(e.body) + coalesce((
       SELECT sum(octet_length(a.body)) FROM entry n CROSS JOIN event a ON a.sequence = n.sequence
       WHERE n.report_id = r.report_id
     ), 0) AS size FROM report r CROSS JOIN event e ON e.sequence = r.sequence
     WHERE r.sequence > ? AND r.sequence < ? ORDER BY r.sequence DESC LIMIT ?`,
    after,
    before,
    most.reports,
  );
  let bytes = 0;
  const fitting = sizes
    .map((row) => sizeRow.parse(row))
    .filter(({ size }, at) => {
      bytes += size;
      return at === 0 || bytes <= most.bytes;
    });
  const last = fitting.at(-1)?.sequence;
  if (last === undefined) return [];
  const sql = `SELECT ${standingColumns}, e.body FROM report q CROSS JOIN event e ON e.sequence = q.sequence ${tables}
    WHERE q.sequence >= ? AND q.sequence < ? ORDER BY q.sequence DESC`;
  return db.all(sql, last, before).map((row) => {
    const standing = standingRow.parse(row);
    const entries = listNamedEntries(db, standing.reportId);
    return Object.assign(standing, sealedBody.parse(row), { entries });
  });
}

const rangeRow = z.object({ reports: z.int(), newest: z.int().nullable() });

/** How many reports came after a sequence, and the newest of them. */
export function countAfter(db: ReadableDb, sequence: number): { reports: number; newest: number } {
  const sql = 'SELECT count(*) AS reports, max(sequence) AS newest FROM report WHERE sequence > ?';
  const { reports, newest } = rangeRow.parse(db.get(sql, sequence));
  return { reports, newest: newest ?? sequence };
}

const newestRow = z.object({ newest: z.int().nullable() });

export function newestEvent(db: ReadableDb): number {
  return newestRow.parse(db.get('SELECT max(sequence) AS newest FROM event')).newest ?? 0;
}

const changeRow = z.object({
  sequence: z.int(),
  report_id: reportIdSchema,
  /** Of an entry. */
  body: z.string().nullable(),
});

export interface Change {
  readonly sequence: number;
  readonly reportId: ReportId;
  /** What was added to it, where it was that. */
  readonly entry: NamedEntry | null;
}

/** What happened after an event, oldest first: as much as fits, and one in any case. */
export function listChanges(
  db: ReadableDb,
  afterEvent: number,
  most: { readonly reports: number; readonly bytes: number },
): { readonly changes: readonly Change[]; readonly hasMore: boolean } {
  const sql = `SELECT sequence, report_id, CASE WHEN kind = 'entry-added' THEN body END AS body
    FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?`;
  const rows = db.all(sql, afterEvent, most.reports).map((row) => changeRow.parse(row));
  let bytes = 0;
  const fitting = rows.filter(({ body }, at) => {
    bytes += body?.length ?? 0;
    return at === 0 || bytes <= most.bytes;
  });
  const changes = fitting.map(({ sequence, report_id, body }) => ({
    sequence,
    reportId: report_id,
    entry: body === null ? null : entryBody.parse({ body }),
  }));
  return { changes, hasMore: fitting.length < rows.length || rows.length === most.reports };
}
