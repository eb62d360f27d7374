import { z } from 'zod';
import { entryAddedSchema, parkReasonSchema, type ParkReason } from '../src-main/contract/envelope.ts';
import { sealedReportSchema, type SealedReport } from '../src-main/contract/report.ts';
import { keptEntrySchema } from '../src-main/contract/reader-api.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { readTurns, type Turn } from './turns.ts';

/** What staff at the station added, as the district keeps it. */
export type KeptEntry = z.infer<typeof keptEntrySchema>;

/** A report as the district keeps it. */
export interface KeptReport {
  readonly kioskId: string;
  readonly sequence: number;
  readonly takenInAt: string;
  readonly review: {
    readonly state: string;
    readonly version: number;
    readonly staffName: string | null;
  } | null;
  readonly entries: readonly KeptEntry[];
  readonly transfers: readonly Turn[];
  readonly sealed: SealedReport;
}

const rowSchema = z.object({
  kiosk_id: z.string(),
  report_id: z.string(),
  sequence: z.coerce.number().int(),
  taken_in_at: z.string(),
  body: z.string(),
  state: z.string().nullable(),
  version: z.coerce.number().int().nullable(),
  staff_name: z.string().nullable(),
});

/** An event that is held, but is no report until a person has looked at it. */
export interface ParkedReport {
  readonly kioskId: string;
  readonly sequence: number;
  readonly reason: ParkReason;
  readonly takenInAt: string;
  /** As it came. */
  readonly body: string;
}

const parkedRow = z
  .object({
    kiosk_id: z.string(),
    sequence: z.coerce.number().int(),
    reason: parkReasonSchema,
    taken_in_at: z.string(),
    body: z.string(),
  })
  .transform(({ kiosk_id, taken_in_at, ...row }): ParkedReport => ({
    kioskId: kiosk_id,
    takenInAt: taken_in_at,
    ...row,
  }));

const takenInAt = `to_char(event.taken_in_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS taken_in_at`;

const occurredAt = `to_char(event.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred_at`;

/* Made once: a schema compiles itself when it is first used. A kiosk may be newer and say more. */
const keptEntryBody = entryAddedSchema.loose();
const keptReportBody = sealedReportSchema.loose();

const entryRow = z
  .object({
    kiosk_id: z.string(),
    sequence: z.coerce.number().int(),
    report_id: z.string(),
    occurred_at: z.string(),
    body: z.string(),
  })
  .transform(({ kiosk_id, sequence, report_id, occurred_at, body }) => {
    const { entryId, kind, staffName, sealedEntry } = keptEntryBody.parse(JSON.parse(body));
    const place = { kioskId: kiosk_id, sequence };
    const entry: KeptEntry = {
      ...place,
      entryId,
      kind,
      addedAt: occurred_at,
      addedBy: staffName,
      sealedEntry,
    };
    return { reportId: report_id, entry };
  });

/** What a person at the district has to look at, in the order in which each kiosk sent it. */
export async function listParked(database: IntakeDatabase): Promise<readonly ParkedReport[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT event.kiosk_id, event.sequence::text AS sequence, event.parked AS reason, event.body, ${takenInAt}
       FROM event WHERE event.parked IS NOT NULL ORDER BY event.kiosk_id, event.sequence`,
      [],
    ),
  );
  return z.array(parkedRow).parse(rows);
}

/** All reports, one kiosk's, or one, in the order in which each kiosk received them. */
export async function listReports(
  database: IntakeDatabase,
  kioskId = '',
  reportId = '',
): Promise<readonly KeptReport[]> {
  const [rows, entries, turns] = await database.transaction(async (transaction) => [
    await transaction.query(
      `SELECT report.kiosk_id, report.report_id::text AS report_id, report.sequence::text AS sequence, event.body, review.state,
         review.version::text AS version, review.staff_name, ${takenInAt}
       FROM report
       JOIN event ON event.kiosk_id = report.kiosk_id AND event.sequence = report.sequence
       LEFT JOIN review ON review.report_id = report.report_id
       WHERE ($1::text = '' OR report.kiosk_id = $1::text) AND ($2::text = '' OR report.report_id = nullif($2::text, '')::uuid)
       ORDER BY report.kiosk_id, report.sequence`,
      [kioskId, reportId],
    ),
    await transaction.query(
      `SELECT entry.report_id::text AS report_id, entry.kiosk_id, entry.sequence::text AS sequence, event.body, ${occurredAt}
       FROM entry
       JOIN event ON event.kiosk_id = entry.kiosk_id AND event.sequence = entry.sequence
       WHERE ($1::text = '' OR entry.kiosk_id = $1::text) AND ($2::text = '' OR entry.report_id = nullif($2::text, '')::uuid)
       ORDER BY entry.kiosk_id, entry.sequence`,
      [kioskId, reportId],
    ),
    await readTurns(transaction, reportId === '' ? [] : [reportId]),
  ]);
  const turnsOf = Map.groupBy(turns, ({ transfer }) => transfer.reportId);
  const byReport = Map.groupBy(z.array(entryRow).parse(entries), ({ reportId }) => reportId);
  return rows.map((row) => {
    const report = rowSchema.parse(row);
    return toReport(report, byReport.get(report.report_id) ?? [], turnsOf.get(report.report_id) ?? []);
  });
}

function toReport(
  row: z.infer<typeof rowSchema>,
  entries: readonly z.infer<typeof entryRow>[],
  transfers: readonly Turn[],
): KeptReport {
  const { state, version } = row;
  return {
    kioskId: row.kiosk_id,
    sequence: row.sequence,
    takenInAt: row.taken_in_at,
    review: state === null || version === null ? null : { state, version, staffName: row.staff_name },
    entries: entries.map(({ entry }) => entry),
    transfers,
    sealed: keptReportBody.parse(JSON.parse(row.body)),
  };
}
