import { z } from 'zod';
import {
  instantSchema,
  referenceNumberSchema,
  reportIdSchema,
  type ReportId,
} from '../../src-main/contract/ids.ts';
import { laneSchema, reviewStateSchema } from '../../src-main/contract/report.ts';
import { printerProblemSchema, printStateSchema } from '../../src-main/contract/status.ts';
import type { ReadableDb } from '../transaction.ts';

const standingRow = z
  .object({
    sequence: z.int(),
    report_id: reportIdSchema,
    reference: referenceNumberSchema,
    received_at: instantSchema,
    lane: laneSchema,
    state: reviewStateSchema,
    version: z.int(),
    claimed_by: z.string().nullable(),
    claimed_by_name: z.string().nullable(),
    print_state: printStateSchema,
    print_problem: printerProblemSchema.nullable().catch('unknown'),
  })
  .transform(
    ({ report_id, received_at, claimed_by, claimed_by_name, print_state, print_problem, ...row }) => ({
      ...row,
      reportId: report_id,
      receivedAt: received_at,
      claimedBy: claimed_by,
      claimedByName: claimed_by_name,
      printState: print_state,
      printProblem: print_problem,
    }),
  );
export type StoredStanding = z.infer<typeof standingRow>;

const columns = `r.sequence, r.report_id, r.reference, r.received_at, r.lane, r.state, r.version, r.claimed_by,
  s.display_name AS claimed_by_name, p.state AS print_state, p.problem AS print_problem`;
const tables = `CROSS JOIN print_job p ON p.reference = r.reference
  LEFT JOIN staff s ON s.staff_id = r.claimed_by`;

/** The lines with these ids, in no order; ids that are not here are passed over. */
export function listStandings(db: ReadableDb, reportIds: readonly string[]): StoredStanding[] {
  const sql = `SELECT ${columns} FROM json_each(?) j CROSS JOIN report r ON r.report_id = j.value ${tables}`;
  return db.all(sql, JSON.stringify(reportIds)).map((row) => standingRow.parse(row));
}

const sizeRow = z.object({ sequence: z.int(), size: z.int() });
const sealedBody = z
  .object({ body: z.string().transform((text): unknown => JSON.parse(text)) })
  .transform(({ body }) => z.object({ sealedReport: z.string() }).parse(body));

export type SealedStanding = StoredStanding & { readonly sealedReport: string };

/** Newest first, between two sequences, neither of them included: as many as fit, and one in any case. */
export function listSealed(
  db: ReadableDb,
  { after, before }: { readonly after: number; readonly before: number },
  most: { readonly reports: number; readonly bytes: number },
): SealedStanding[] {
  const sizes = db.all(
    `SELECT r.sequence, octet_length(e.body) AS size FROM report r CROSS JOIN event e ON e.sequence = r.sequence
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
  const sql = `SELECT ${columns}, e.body FROM report r CROSS JOIN event e ON e.sequence = r.sequence ${tables}
    WHERE r.sequence >= ? AND r.sequence < ? ORDER BY r.sequence DESC`;
  return db.all(sql, last, before).map((row) => ({ ...standingRow.parse(row), ...sealedBody.parse(row) }));
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

const changeRow = z.object({ sequence: z.int(), report_id: reportIdSchema });

/** What something happened to after an event, oldest first. */
export function listChanges(
  db: ReadableDb,
  afterEvent: number,
  most: number,
): readonly { readonly sequence: number; readonly reportId: ReportId }[] {
  const sql = 'SELECT sequence, report_id FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?';
  return db.all(sql, afterEvent, most).map((row) => {
    const { sequence, report_id } = changeRow.parse(row);
    return { sequence, reportId: report_id };
  });
}
