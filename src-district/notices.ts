import { z } from 'zod';
import { genesisHash, parkReasonSchema } from '../src-main/contract/envelope.ts';
import type { HandedEvent, HandedKey, Notice } from '../src-main/contract/transfer-api.ts';
import type { IntakeTransaction } from './intake-database.ts';
import type { Reader } from './readers.ts';
import { readTurns, type Turn } from './turns.ts';

/** What a district is told. It becomes visible in its order, because the row of the district is locked. */
export async function appendNotice(
  transaction: IntakeTransaction,
  district: string,
  {
    kind,
    reportId,
    turn,
  }: { readonly kind: Notice['kind']; readonly reportId: string; readonly turn: number },
): Promise<void> {
  await transaction.query(
    `INSERT INTO district (district, through_sequence) VALUES ($1::text, 0) ON CONFLICT (district) DO NOTHING`,
    [district],
  );
  await transaction.query(
    `WITH numbered AS (
       UPDATE district SET through_sequence = through_sequence + 1 WHERE district = $1::text
       RETURNING district, through_sequence)
     INSERT INTO notice (district, sequence, kind, report_id, turn)
     SELECT district, through_sequence, $2::text, $3::text::uuid, $4::text::bigint FROM numbered`,
    [district, kind, reportId, String(turn)],
  );
}

const noticeRows = z.array(
  z.object({
    district: z.string(),
    sequence: z.coerce.number().int(),
    kind: z.enum(['transfer-arrived', 'transfer-received']),
    report_id: z.string(),
    turn: z.coerce.number().int(),
    sealed_reason: z.string().nullable(),
  }),
);
type NoticeRow = z.infer<typeof noticeRows>[number];

const eventRow = z
  .object({
    kiosk_id: z.string(),
    sequence: z.coerce.number().int(),
    kind: z.string(),
    occurred_at: z.string().nullable(),
    taken_in_at: z.string(),
    body: z.string(),
    parked: parkReasonSchema.nullable(),
    hash: z.string(),
    previous_hash: z.string().nullable(),
  })
  .transform(({ kiosk_id, occurred_at, taken_in_at, previous_hash, ...row }): HandedEvent => ({
    ...row,
    kioskId: kiosk_id,
    occurredAt: occurred_at,
    takenInAt: taken_in_at,
    previousHash: row.sequence === 1 ? genesisHash : previous_hash,
  }));

const mostNotices = 50;

/** Notices that this reader has not acknowledged, as many as fit; at least one, however long. */
export async function readNotices(
  transaction: IntakeTransaction,
  reader: Reader,
  mostCharacters: number,
): Promise<readonly Notice[]> {
  const rows = noticeRows.parse(
    await transaction.query(
      `SELECT n.district, n.sequence::text AS sequence, n.kind, n.report_id::text AS report_id, n.turn::text AS turn,
         t.sealed_reason
       FROM notice n
       JOIN transfer t ON t.report_id = n.report_id AND t.turn = n.turn
       LEFT JOIN reader_notice_mark m ON m.reader = $1::text AND m.district = n.district
       WHERE n.district LIKE $2::text AND n.sequence > coalesce(m.through_sequence, 0)
       ORDER BY n.district, n.sequence LIMIT $3::text::bigint`,
      [reader.name, reader.district ?? '__', String(mostNotices)],
    ),
  );
  const turns = await readTurns(transaction, [...new Set(rows.map(({ report_id }) => report_id))]);
  const notices: Notice[] = [];
  let characters = 0;
  for (const row of rows) {
    const notice = await describeNotice(transaction, row, turns);
    if (notice.kind === 'transfer-arrived')
      characters += notice.events.reduce((sum, { body }) => sum + body.length, 0);
    if (notices.length > 0 && characters > mostCharacters) break;
    notices.push(notice);
  }
  return notices;
}

async function describeNotice(
  transaction: IntakeTransaction,
  { district, sequence, kind, report_id, turn, sealed_reason }: NoticeRow,
  turns: readonly Turn[],
): Promise<Notice> {
  const found = turns.find(({ transfer }) => transfer.reportId === report_id && transfer.turn === turn);
  if (found === undefined) throw new Error('a notice of a transfer that is not there');
  const { transfer, keys } = found;
  if (kind === 'transfer-received') return { kind, district, sequence, transfer };
  // As it was when it was told: asked again before the acknowledgement it answers the same.
  const told = { ...transfer, receivedAt: null };
  const events = await readHandedEvents(transaction, keys);
  return { kind, district, sequence, transfer: told, sealedReason: sealed_reason, events, keys: [...keys] };
}

async function readHandedEvents(
  transaction: IntakeTransaction,
  keys: readonly HandedKey[],
): Promise<HandedEvent[]> {
  const places = new Map(
    keys.map(({ kioskId, sequence }) => [`${kioskId} ${String(sequence)}`, { kiosk_id: kioskId, sequence }]),
  );
  const rows = await transaction.query(
    `SELECT e.kiosk_id, e.sequence::text AS sequence, e.kind, e.body, e.parked, e.hash, before.hash AS previous_hash,
       to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred_at,
       to_char(e.taken_in_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS taken_in_at
     FROM json_to_recordset($1::text::json) AS s (kiosk_id text, sequence bigint)
     JOIN event e ON e.kiosk_id = s.kiosk_id AND e.sequence = s.sequence
     LEFT JOIN event before ON before.kiosk_id = s.kiosk_id AND before.sequence = s.sequence - 1
     ORDER BY e.taken_in_at, e.kiosk_id, e.sequence`,
    [JSON.stringify([...places.values()])],
  );
  return rows.map((row) => eventRow.parse(row));
}

const receivedRows = z.array(
  z.object({ report_id: z.string(), turn: z.coerce.number().int(), from_district: z.string() }),
);

/**
 * This reader has stored a district's notices up to the sequence. Whoever handed a report over is told, once, by the first
 * reader of the receiving district that says so.
 */
export async function acknowledgeNotices(
  transaction: IntakeTransaction,
  reader: Reader,
  district: string,
  through: number,
): Promise<void> {
  if (reader.district !== null && reader.district !== district) return;
  await transaction.query(
    `INSERT INTO reader_notice_mark (reader, district, through_sequence)
     SELECT $1::text, d.district, least($3::text::bigint, d.through_sequence)
     FROM district d WHERE d.district = $2::text AND d.through_sequence >= 1
     ON CONFLICT (reader, district) DO UPDATE
     SET through_sequence = greatest(reader_notice_mark.through_sequence, excluded.through_sequence)`,
    [reader.name, district, String(through)],
  );
  await noteReceived(transaction, { district, by: reader.name, reportId: null, through });
}

interface Receipt {
  readonly district: string;
  readonly by: string;
  /** Null: of every report. */
  readonly reportId: string | null;
  readonly through: number;
}

/** @returns how many transfers were not known to be received before; who gave them is told. */
export async function noteReceived(
  transaction: IntakeTransaction,
  { district, by, reportId, through }: Receipt,
): Promise<number> {
  const received = receivedRows.parse(
    await transaction.query(
      `UPDATE transfer AS t SET received_at = now(), received_by = $1::text
       FROM notice n
       WHERE t.received_at IS NULL AND t.to_district = $2::text AND n.report_id = t.report_id AND n.turn = t.turn
         AND n.district = $2::text AND n.kind = 'transfer-arrived' AND n.sequence <= $3::text::bigint
         AND ($4::text = '' OR t.report_id::text = $4::text)
       RETURNING t.report_id::text AS report_id, t.turn::text AS turn, t.from_district`,
      [by, district, String(through), reportId ?? ''],
    ),
  );
  for (const { report_id, turn, from_district } of received.toSorted(byDistrict))
    await appendNotice(transaction, from_district, { kind: 'transfer-received', reportId: report_id, turn });
  return received.length;
}

/** Rows of districts are locked in one order everywhere. */
function byDistrict(one: { from_district: string }, other: { from_district: string }): number {
  return one.from_district < other.from_district ? -1 : 1;
}
