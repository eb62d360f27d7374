import { z } from 'zod';
import {
  handedKeysSchema,
  type HandedKey,
  type SealedPart,
  type Transfer,
} from '../src-main/contract/transfer-api.ts';
import { readJson } from './check-batch.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';

/** One transfer of a report, with the keys that were handed over by it. */
export interface Turn {
  readonly transfer: Transfer;
  readonly keys: readonly HandedKey[];
}

const instant = (column: string, name = column): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${name}`;

interface TurnColumns {
  readonly report_id: string;
  readonly turn: number;
  readonly from_district: string;
  readonly to_district: string;
  readonly transferred_at: string;
  readonly received_at: string | null;
}

function describeTurn(row: TurnColumns): Transfer {
  return {
    reportId: row.report_id,
    turn: row.turn,
    from: row.from_district,
    to: row.to_district,
    transferredAt: row.transferred_at,
    receivedAt: row.received_at,
  };
}

const turnRow = z
  .object({
    report_id: z.string(),
    turn: z.coerce.number().int(),
    from_district: z.string(),
    to_district: z.string(),
    transferred_at: z.string(),
    received_at: z.string().nullable(),
    keys: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(handedKeysSchema),
  })
  .transform((row): Turn => ({
    keys: row.keys,
    transfer: describeTurn(row),
  }));
const columns = `report_id::text AS report_id, turn::text AS turn, from_district, to_district, keys,
  ${instant('transferred_at')}, ${instant('received_at')}`;

/** Each turn that a report took, the first one first. @param reportIds empty: of all reports. */
export async function readTurns(
  transaction: IntakeTransaction,
  reportIds: readonly string[] = [],
): Promise<readonly Turn[]> {
  const rows = await transaction.query(
    `SELECT ${columns} FROM transfer
     WHERE $1::text = '[]' OR report_id IN (SELECT value::uuid FROM json_array_elements_text($1::text::json))
     ORDER BY transfer.report_id, transfer.turn`,
    [JSON.stringify(reportIds)],
  );
  return rows.map((row) => turnRow.parse(row));
}

interface NewTurn extends Pick<Transfer, 'reportId' | 'turn' | 'from' | 'to'> {
  readonly sealedReason: string | null;
  readonly keys: readonly HandedKey[];
}

export async function insertTurn(
  transaction: IntakeTransaction,
  { reportId, turn, from, to, sealedReason, keys }: NewTurn,
): Promise<Transfer> {
  const [made] = await transaction.query(
    `INSERT INTO transfer (report_id, turn, from_district, to_district, sealed_reason, keys)
     VALUES ($1::text::uuid, $2::text::bigint, $3::text, $4::text, nullif($5::text, ''), $6::text)
     RETURNING ${columns}`,
    [reportId, String(turn), from, to, sealedReason ?? '', JSON.stringify(keys)],
  );
  return turnRow.parse(made).transfer;
}

/** Where a sealed document stands. */
export interface Place {
  readonly kioskId: string;
  readonly sequence: number;
  readonly part: SealedPart;
}
export const placeName = ({ kioskId, sequence, part }: Place): string =>
  `${kioskId} ${String(sequence)} ${part}`;

/** The keys that were handed over for one document. */
export function keysOfPlace(turns: readonly Turn[], place: Place): readonly HandedKey[] {
  return turns.flatMap(({ keys }) => keys.filter((key) => placeName(key) === placeName(place)));
}

/** Sealed documents in the body of an event, by the names of their places. */
export function sealedParts(body: string): ReadonlyMap<SealedPart, string> {
  const found = bodySchema.safeParse(readJson(body));
  const parts = new Map<SealedPart, string>();
  if (!found.success) return parts;
  for (const part of ['sealedReport', 'sealedSummary', 'sealedEntry'] as const) {
    const text = found.data[part];
    if (text !== undefined) parts.set(part, text);
  }
  return parts;
}
const bodySchema = z.object({
  sealedReport: z.string().optional(),
  sealedSummary: z.string().optional(),
  sealedEntry: z.string().optional(),
});

const listedRow = z
  .object({
    reference: z.string(),
    report_id: z.string(),
    turn: z.coerce.number().int(),
    from_district: z.string(),
    to_district: z.string(),
    transferred_at: z.string(),
    received_at: z.string().nullable(),
  })
  .transform(({ reference, ...row }) => ({ reference, ...describeTurn(row) }));
export type ListedTransfer = z.infer<typeof listedRow>;

/** Every transfer, the newest last. */
export async function listTransfers(database: IntakeDatabase): Promise<readonly ListedTransfer[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT r.reference, t.report_id::text AS report_id, t.turn::text AS turn, t.from_district, t.to_district,
         ${instant('t.transferred_at', 'transferred_at')}, ${instant('t.received_at', 'received_at')}
       FROM transfer t JOIN report r ON r.report_id = t.report_id
       ORDER BY t.transferred_at, t.report_id, t.turn`,
    ),
  );
  return rows.map((row) => listedRow.parse(row));
}
