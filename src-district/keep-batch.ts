import { z } from 'zod';
import {
  entryAddedSchema,
  genesisHash,
  parkReasonSchema,
  reviewChangeSchema,
  type Batch,
  type ParkedEvent,
  type ParkReason,
  type WireEvent,
} from '../src-main/contract/envelope.ts';
import { sealedReportSchema } from '../src-main/contract/report.ts';
import { isHoldable, type CheckedBatch, type Refusal } from './check-batch.ts';
import type { IntakeDatabase, IntakeTransaction } from './intake-database.ts';
import { settleKey } from './renew-key.ts';

/** Thrown inside the transaction, so that nothing of a refused batch is kept. */
export class BatchRefused extends Error {
  readonly refusal: Refusal;
  readonly throughSequence: number | null;
  constructor(refusal: Refusal, throughSequence: number | null = null) {
    super(refusal);
    this.refusal = refusal;
    this.throughSequence = throughSequence;
  }
}

/**
 * Keeps what is new of a checked batch. What was here before must be the same, letter for letter.
 * @returns the events of this batch that are parked, also those that were kept earlier.
 */
export async function keepBatch(
  transaction: IntakeTransaction,
  { batch, keyId, doubtful }: Extract<CheckedBatch, { ok: true }>,
): Promise<readonly ParkedEvent[]> {
  const held = await lockKiosk(transaction, batch.kioskId);
  const { kioskId, lastSequence } = batch;
  const standing = await settleKey(transaction, { kioskId, keyId, lastSequence }, held.throughSequence);
  if (standing !== 'good') throw new BatchRefused(standing === 'ended' ? 'bad-signature' : 'conflict');
  if (batch.firstSequence > held.throughSequence + 1) throw new BatchRefused('gap', held.throughSequence);
  await compareKnown(transaction, batch, held.throughSequence);
  const fresh = batch.events.filter((event) => event.sequence > held.throughSequence);
  if (fresh.length === 0) return listParked(transaction, batch);
  const isContinued = fresh.length < batch.events.length || batch.previousHash === held.headHash;
  if (!isContinued) throw new BatchRefused('broken-chain');
  await keepEvents(transaction, batch.kioskId, fresh);
  for (const reason of ['unreadable', 'withheld'] as const) {
    const sequences = fresh.map(({ sequence }) => sequence);
    await park(
      transaction,
      batch.kioskId,
      sequences.filter((sequence) => doubtful.get(sequence) === reason),
      reason,
    );
  }
  const readable = fresh.filter(({ sequence }) => !doubtful.has(sequence));
  const others = [
    ...(await keepReports(transaction, batch.kioskId, readable)),
    ...(await keepEntries(transaction, batch.kioskId, readable)),
  ];
  await park(transaction, batch.kioskId, others, 'other-words');
  await keepReviews(transaction, readable);
  await transaction.query(
    `UPDATE kiosk SET through_sequence = $2::text::bigint, head_hash = $3::text, acknowledged_at = now()
     WHERE kiosk_id = $1::text`,
    [batch.kioskId, String(batch.lastSequence), batch.headHash],
  );
  return listParked(transaction, batch);
}

async function park(
  transaction: IntakeTransaction,
  kioskId: string,
  sequences: readonly number[],
  reason: ParkReason,
): Promise<void> {
  if (sequences.length === 0) return;
  await transaction.query(
    `UPDATE event SET parked = $3::text
     WHERE kiosk_id = $1::text AND sequence IN (SELECT value::bigint FROM json_array_elements_text($2::text::json))`,
    [kioskId, JSON.stringify(sequences), reason],
  );
}

const parkedRows = z.array(z.object({ sequence: z.coerce.number().int(), reason: parkReasonSchema }));

async function listParked(transaction: IntakeTransaction, batch: Batch): Promise<readonly ParkedEvent[]> {
  const rows = await transaction.query(
    `SELECT sequence::text AS sequence, parked AS reason FROM event
     WHERE kiosk_id = $1::text AND sequence BETWEEN $2::text::bigint AND $3::text::bigint AND parked IS NOT NULL
     ORDER BY event.sequence`,
    [batch.kioskId, String(batch.firstSequence), String(batch.lastSequence)],
  );
  return parkedRows.parse(rows);
}

const heldRows = z.array(z.object({ through: z.coerce.number().int(), hash: z.string() }));

/** Other instances taking in the same kiosk wait here. */
async function lockKiosk(
  transaction: IntakeTransaction,
  kioskId: string,
): Promise<{ throughSequence: number; headHash: string }> {
  const select = `SELECT through_sequence::text AS through, head_hash AS hash FROM kiosk
    WHERE kiosk_id = $1::text FOR UPDATE`;
  let [held] = heldRows.parse(await transaction.query(select, [kioskId]));
  if (held === undefined) {
    await transaction.query(
      `INSERT INTO kiosk (kiosk_id, through_sequence, head_hash) VALUES ($1::text, 0, $2::text)
       ON CONFLICT (kiosk_id) DO NOTHING`,
      [kioskId, genesisHash],
    );
    [held] = heldRows.parse(await transaction.query(select, [kioskId]));
  }
  if (held === undefined) throw new Error('the row of the kiosk is missing');
  return { throughSequence: held.through, headHash: held.hash };
}

const sequenceRows = z.array(z.object({ sequence: z.coerce.number().int() }));
const hashRows = z.array(z.object({ sequence: z.coerce.number().int(), hash: z.string() }));

/** A hash covers the event and all before it: equal hashes are equal histories. */
async function compareKnown(transaction: IntakeTransaction, batch: Batch, through: number): Promise<void> {
  if (batch.firstSequence > through) return;
  const rows = await transaction.query(
    `SELECT sequence::text AS sequence, hash FROM event
     WHERE kiosk_id = $1::text AND sequence BETWEEN $2::text::bigint AND $3::text::bigint`,
    [batch.kioskId, String(batch.firstSequence), String(batch.lastSequence)],
  );
  const known = new Map(hashRows.parse(rows).map((row) => [row.sequence, row.hash]));
  for (const event of batch.events) {
    if (event.sequence <= through && known.get(event.sequence) !== event.hash)
      throw new BatchRefused('conflict');
  }
}

/** The kind of a row whose body is the whole event as JSON. No kiosk has an event of this kind. */
export const heldWhole = '(whole)';

async function keepEvents(
  transaction: IntakeTransaction,
  kioskId: string,
  events: readonly WireEvent[],
): Promise<void> {
  const rows = events.map((event) => {
    const { sequence, hash } = event;
    // What no column takes is kept whole, as JSON, which can write down anything.
    if (!isHoldable(event))
      return { sequence, kind: heldWhole, report_id: '', body: JSON.stringify(event), hash };
    const { kind, reportId, occurredAt, body } = event;
    return { sequence, kind, report_id: reportId, occurred_at: occurredAt, body, hash };
  });
  await transaction.query(
    `INSERT INTO event (kiosk_id, sequence, kind, report_id, occurred_at, body, hash)
     SELECT $1::text, e.sequence, e.kind, e.report_id, e.occurred_at, e.body, e.hash
     FROM json_to_recordset($2::text::json) AS e
       (sequence bigint, kind text, report_id text, occurred_at timestamptz, body text, hash text)`,
    [kioskId, JSON.stringify(rows)],
  );
}

/* What goes into columns of its own. Made once: a schema compiles itself when it is first used. */
const reportColumns = sealedReportSchema.pick({ reference: true, receivedAt: true, lane: true }).strip();
const entryColumns = entryAddedSchema.pick({ entryId: true, kind: true }).strip();
const reviewColumns = reviewChangeSchema.pick({ state: true, version: true, staffName: true }).strip();

/**
 * The first report under an id stays for ever.
 * @returns sequences of events that bring the same id with other words.
 */
async function keepReports(
  transaction: IntakeTransaction,
  kioskId: string,
  events: readonly WireEvent[],
): Promise<readonly number[]> {
  const rows = events
    .filter((event) => event.kind === 'report-received')
    .map((event) => {
      const { reference, receivedAt, lane } = reportColumns.parse(JSON.parse(event.body));
      const { reportId, sequence } = event;
      return { report_id: reportId, sequence, reference, received_at: receivedAt, lane };
    });
  if (rows.length === 0) return [];
  const parameters = [kioskId, JSON.stringify(rows)];
  await transaction.query(
    `INSERT INTO report (report_id, kiosk_id, sequence, reference, received_at, lane)
     SELECT r.report_id, $1::text, r.sequence, r.reference, r.received_at, r.lane
     FROM json_to_recordset($2::text::json) AS r
       (report_id uuid, sequence bigint, reference text, received_at timestamptz, lane text)
     ORDER BY r.report_id
     ON CONFLICT (report_id) DO NOTHING`,
    parameters,
  );
  return findOthers(transaction, 'report', parameters);
}

/**
 * The first entry under an id stays for ever, as a report does.
 * @returns sequences of events that bring the same id with other words.
 */
async function keepEntries(
  transaction: IntakeTransaction,
  kioskId: string,
  events: readonly WireEvent[],
): Promise<readonly number[]> {
  const rows = events
    .filter((event) => event.kind === 'entry-added')
    .map(({ sequence, reportId, body }) => {
      const { entryId, kind } = entryColumns.parse(JSON.parse(body));
      return { entry_id: entryId, report_id: reportId, sequence, kind };
    });
  if (rows.length === 0) return [];
  const parameters = [kioskId, JSON.stringify(rows)];
  await transaction.query(
    `INSERT INTO entry (entry_id, report_id, kiosk_id, sequence, kind)
     SELECT n.entry_id, n.report_id, $1::text, n.sequence, n.kind
     FROM json_to_recordset($2::text::json) AS n (entry_id uuid, report_id uuid, sequence bigint, kind text)
     ORDER BY n.entry_id
     ON CONFLICT (entry_id) DO NOTHING`,
    parameters,
  );
  return findOthers(transaction, 'entry', parameters);
}

/** Sequences of events that bring an id which is kept already, with other words. @param parameters kiosk and rows. */
async function findOthers(
  transaction: IntakeTransaction,
  table: 'report' | 'entry',
  parameters: readonly string[],
): Promise<readonly number[]> {
  const id = `${table}_id`;
  const others = await transaction.query(
    `SELECT n.sequence::text AS sequence
     FROM json_to_recordset($2::text::json) AS n (${id} uuid, sequence bigint)
     JOIN ${table} AS kept ON kept.${id} = n.${id} AND (kept.kiosk_id <> $1::text OR kept.sequence <> n.sequence)
     JOIN event AS first ON first.kiosk_id = kept.kiosk_id AND first.sequence = kept.sequence
     JOIN event AS now ON now.kiosk_id = $1::text AND now.sequence = n.sequence
     WHERE first.body <> now.body`,
    parameters,
  );
  return sequenceRows.parse(others).map(({ sequence }) => sequence);
}

/** Only a higher version replaces; within a batch the last change of a report is the newest. */
async function keepReviews(transaction: IntakeTransaction, events: readonly WireEvent[]): Promise<void> {
  const newest = new Map<
    string,
    { report_id: string; state: string; version: number; staff_name: string | null }
  >();
  for (const event of events) {
    if (event.kind !== 'review-changed') continue;
    const { state, version, staffName } = reviewColumns.parse(JSON.parse(event.body));
    const known = newest.get(event.reportId)?.version ?? 0;
    if (version > known) {
      newest.set(event.reportId, { report_id: event.reportId, state, version, staff_name: staffName });
    }
  }
  if (newest.size === 0) return;
  await transaction.query(
    `INSERT INTO review (report_id, state, version, staff_name)
     SELECT r.report_id, r.state, r.version, r.staff_name
     FROM json_to_recordset($1::text::json) AS r (report_id uuid, state text, version bigint, staff_name text)
     ORDER BY r.report_id
     ON CONFLICT (report_id) DO UPDATE
     SET state = excluded.state, version = excluded.version, staff_name = excluded.staff_name
     WHERE excluded.version > review.version`,
    [JSON.stringify([...newest.values()])],
  );
}

/** A kiosk that keeps trying fills no table. */
const mostOtherHistories = 100;

/** Two machines with one number, or older data put back: noted for whoever looks after the kiosks. */
export async function noteOtherHistory(
  database: IntakeDatabase,
  { kioskId, firstSequence, lastSequence, headHash }: Batch,
): Promise<void> {
  await database.transaction((transaction) =>
    transaction.query(
      `INSERT INTO other_history (kiosk_id, head_hash, first_sequence, last_sequence)
       SELECT $1::text, $2::text, $3::text::bigint, $4::text::bigint
       WHERE (SELECT count(*) FROM other_history WHERE kiosk_id = $1::text) < $5::text::bigint
       ON CONFLICT (kiosk_id, head_hash) DO NOTHING`,
      [kioskId, headHash, String(firstSequence), String(lastSequence), String(mostOtherHistories)],
    ),
  );
}
