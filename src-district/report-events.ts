import { z } from 'zod';
import type { IntakeTransaction } from './intake-database.ts';

/** What came of one report: itself, and what staff added. */
export interface EventOfReport {
  readonly kioskId: string;
  readonly sequence: number;
  readonly reportId: string;
  readonly kind: string;
  readonly body: string;
}

const reportRows = z.array(z.object({ kiosk_id: z.string() }));
const eventRow = z
  .object({
    kiosk_id: z.string(),
    sequence: z.coerce.number().int(),
    report_id: z.string(),
    kind: z.string(),
    body: z.string(),
  })
  .transform(({ kiosk_id, report_id, ...row }): EventOfReport => ({
    ...row,
    kioskId: kiosk_id,
    reportId: report_id,
  }));

/** Whoever hands this report over at the same time waits here. */
export async function findReportRow(
  transaction: IntakeTransaction,
  reportId: string,
): Promise<{ readonly kioskId: string } | null> {
  const rows = await transaction.query(
    'SELECT kiosk_id FROM report WHERE report_id = $1::text::uuid FOR UPDATE',
    [reportId],
  );
  const [found] = reportRows.parse(rows);
  return found === undefined ? null : { kioskId: found.kiosk_id };
}

/** In the order in which they were taken in. */
export async function readEventsOfReport(
  transaction: IntakeTransaction,
  reportId: string,
): Promise<readonly EventOfReport[]> {
  const rows = await transaction.query(
    `SELECT e.kiosk_id, e.sequence::text AS sequence, e.report_id, e.kind, e.body
     FROM (
       SELECT kiosk_id, sequence FROM report WHERE report_id = $1::text::uuid
       UNION ALL SELECT kiosk_id, sequence FROM entry WHERE report_id = $1::text::uuid
     ) AS part
     JOIN event e ON e.kiosk_id = part.kiosk_id AND e.sequence = part.sequence
     ORDER BY e.taken_in_at, e.kiosk_id, e.sequence`,
    [reportId],
  );
  return rows.map((row) => eventRow.parse(row));
}

const idRows = z.array(z.object({ report_id: z.string() }));

/** Reports with this number; more than one only if two kiosks were given the same. */
export async function findByReference(
  transaction: IntakeTransaction,
  reference: string,
): Promise<readonly string[]> {
  const rows = await transaction.query(
    'SELECT report_id::text AS report_id FROM report WHERE reference = $1::text ORDER BY report.report_id',
    [reference],
  );
  return idRows.parse(rows).map(({ report_id }) => report_id);
}
