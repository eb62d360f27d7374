import { z } from 'zod';
import type { Feed, FeedEvent } from '../src-main/contract/reader-api.ts';
import type { Notice } from '../src-main/contract/transfer-api.ts';
import { parkReasonSchema } from '../src-main/contract/envelope.ts';
import { kioskIdSchema } from '../src-main/contract/ids.ts';
import { readJson } from './check-batch.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { acknowledgeNotices, readNotices } from './notices.ts';
import type { Reader } from './readers.ts';
import { transact } from './transact.ts';

/** An answer holds so much, or one event or notice that is longer. */
const mostBytes = 4_000_000;
/** Of that, for notices: neither keeps the other waiting for ever. */
const mostForNotices = 2_000_000;

const sizeRows = z.array(
  z.object({ kiosk_id: z.string(), sequence: z.coerce.number().int(), bytes: z.coerce.number().int() }),
);
const eventRow = z
  .object({
    kiosk_id: z.string(),
    sequence: z.coerce.number().int(),
    kind: z.string(),
    report_id: z.string(),
    occurred_at: z.string().nullable(),
    taken_in_at: z.string(),
    body: z.string(),
    parked: parkReasonSchema.nullable(),
  })
  .transform(({ kiosk_id, report_id, occurred_at, taken_in_at, ...row }): FeedEvent => ({
    ...row,
    kioskId: kiosk_id,
    reportId: report_id,
    occurredAt: occurred_at,
    takenInAt: taken_in_at,
  }));

const instant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;

export interface Span {
  readonly kiosk_id: string;
  readonly first: number;
  last: number;
}

export interface EventsOfReader {
  readonly events: readonly FeedEvent[];
  readonly spans: readonly Span[];
}

/** What this reader has not acknowledged of the kiosks' events, and of the notices of its district. */
export async function readFeed(database: IntakeDatabase, reader: Reader, limit: number): Promise<Feed> {
  return database.transaction(async (transaction) => {
    const notices = await readNotices(transaction, reader, mostForNotices);
    const { events, spans } = await readEvents(transaction, reader, limit);
    if (events.length === 0 && notices.length === 0) return { events: [], notices: [], cursor: null };
    return { events: [...events], notices: [...notices], cursor: cursorOf(spans, notices) };
  });
}

/**
 * Each kiosk has a mark of its own: events of one kiosk become visible in their order because its row is locked, while a
 * number over all kiosks would be passed by a commit that came late.
 */
export async function readEvents(
  transaction: IntakeTransaction,
  reader: Reader,
  limit: number,
): Promise<EventsOfReader> {
  const sizes = await transaction.query(
    `SELECT e.kiosk_id, e.sequence::text AS sequence, e.bytes::text AS bytes
     FROM kiosk k
     LEFT JOIN reader_mark m ON m.reader = $1::text AND m.kiosk_id = k.kiosk_id
     CROSS JOIN LATERAL (
       SELECT event.kiosk_id, event.sequence, octet_length(event.body) AS bytes FROM event
       WHERE event.kiosk_id = k.kiosk_id AND event.sequence > coalesce(m.through_sequence, 0)
       ORDER BY event.sequence LIMIT $3::text::bigint
     ) AS e
     WHERE k.kiosk_id LIKE $2::text || '-%' AND k.through_sequence > coalesce(m.through_sequence, 0)
     ORDER BY e.kiosk_id, e.sequence LIMIT $3::text::bigint`,
    [reader.name, reader.district ?? '__', String(limit)],
  );
  const spans = fitting(sizeRows.parse(sizes));
  if (spans.length === 0) return { events: [], spans };
  const rows = await transaction.query(
    `SELECT e.kiosk_id, e.sequence::text AS sequence, e.kind, e.report_id, e.body, e.parked,
       ${instant('occurred_at')}, ${instant('taken_in_at')}
     FROM json_to_recordset($1::text::json) AS s (kiosk_id text, first bigint, last bigint)
     JOIN event AS e ON e.kiosk_id = s.kiosk_id AND e.sequence BETWEEN s.first AND s.last
     ORDER BY e.kiosk_id, e.sequence`,
    [JSON.stringify(spans)],
  );
  return { events: rows.map((row) => eventRow.parse(row)), spans };
}

function fitting(rows: z.infer<typeof sizeRows>): readonly Span[] {
  const spans: Span[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes;
    if (spans.length > 0 && bytes > mostBytes) break;
    const span = spans.at(-1);
    if (span?.kiosk_id === row.kiosk_id) span.last = row.sequence;
    else spans.push({ kiosk_id: row.kiosk_id, first: row.sequence, last: row.sequence });
  }
  return spans;
}

/** Of a kiosk's events, or under the two digits of a district of its notices. */
const cursorSchema = z
  .array(z.tuple([z.union([kioskIdSchema, z.string().regex(/^\d{2}$/)]), z.int().min(1)]))
  .min(1)
  .max(200_000);

function cursorOf(spans: readonly Span[], notices: readonly Notice[]): string {
  // The last notice of each district stands.
  const marks = new Map(notices.map(({ district, sequence }) => [district, sequence]));
  for (const { kiosk_id, last } of spans) marks.set(kiosk_id, last);
  return Buffer.from(JSON.stringify([...marks])).toString('base64url');
}

/** @returns of how many kiosks it speaks; null when it is no cursor of ours. Nothing moves back, or beyond what is held. */
export async function acknowledgeFeed(
  database: IntakeDatabase,
  reader: Reader,
  cursor: string,
): Promise<number | null> {
  const marks = cursorSchema.safeParse(readJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!marks.success) return null;
  const kiosks = marks.data
    .filter(([stream]) => stream.length > 2)
    .map(([kiosk_id, last]) => ({ kiosk_id, last }));
  const districts = marks.data.filter(([stream]) => stream.length === 2);
  await transact(database, async (transaction) => {
    await acknowledgeEvents(transaction, reader, kiosks);
    for (const [district, through] of districts)
      await acknowledgeNotices(transaction, reader, district, through);
  });
  return kiosks.length;
}

export async function acknowledgeEvents(
  transaction: IntakeTransaction,
  reader: Reader,
  marks: readonly Pick<Span, 'kiosk_id' | 'last'>[],
): Promise<void> {
  await transaction.query(
    `INSERT INTO reader_mark (reader, kiosk_id, through_sequence)
     SELECT $1::text, k.kiosk_id, least(c.last, k.through_sequence)
     FROM json_to_recordset($2::text::json) AS c (kiosk_id text, last bigint)
     JOIN kiosk k ON k.kiosk_id = c.kiosk_id
     WHERE k.kiosk_id LIKE $3::text || '-%' AND k.through_sequence >= 1
     ORDER BY k.kiosk_id
     ON CONFLICT (reader, kiosk_id) DO UPDATE
     SET through_sequence = greatest(reader_mark.through_sequence, excluded.through_sequence)`,
    [reader.name, JSON.stringify(marks), reader.district ?? '__'],
  );
}
