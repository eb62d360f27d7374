import { z } from 'zod';
import { genesisHash, parkReasonSchema, wireEventSchema } from '../src-main/contract/envelope.ts';
import { hashOf, readJson } from './check-batch.ts';
import type { IntakeDatabase } from './intake-database.ts';
import { heldWhole } from './keep-batch.ts';

/** The first place in a kiosk's log that is not what the kiosk signed. */
export interface BadPlace {
  readonly kioskId: string;
  readonly sequence: number;
  readonly problem: 'altered' | 'missing';
}
export interface LogsVerdict {
  readonly kiosks: number;
  readonly events: number;
  readonly bad: readonly BadPlace[];
}

const kioskRows = z.array(
  z.object({ kiosk_id: z.string(), through: z.coerce.number().int(), head_hash: z.string() }),
);
const eventRow = z.object({
  sequence: z.coerce.number().int(),
  kind: z.string(),
  report_id: z.string(),
  occurred_at: z.string().nullable(),
  body: z.string(),
  hash: z.string(),
  parked: parkReasonSchema.nullable(),
});
type Row = z.infer<typeof eventRow>;

const rowsAStep = 500;

/** Recomputes every chain from what is held, in short steps beside the work of the intake. */
export async function verifyLogs(database: IntakeDatabase): Promise<LogsVerdict> {
  const kiosks = kioskRows.parse(
    await database.transaction((transaction) =>
      transaction.query(
        'SELECT kiosk_id, through_sequence::text AS through, head_hash FROM kiosk ORDER BY kiosk_id',
      ),
    ),
  );
  const bad: BadPlace[] = [];
  let events = 0;
  for (const { kiosk_id, through, head_hash } of kiosks) {
    const walked = await walk(database, kiosk_id, through, head_hash);
    events += walked.events;
    if (walked.place !== null) bad.push({ kioskId: kiosk_id, ...walked.place });
  }
  return { kiosks: kiosks.length, events, bad };
}

async function walk(
  database: IntakeDatabase,
  kioskId: string,
  through: number,
  headHash: string,
): Promise<{ readonly events: number; readonly place: Omit<BadPlace, 'kioskId'> | null }> {
  let events = 0;
  // Null: the log of a machine that had another number before goes on from a hash that is not here.
  let previous: { readonly sequence: number; readonly hash: string } | null = null;
  const at = (sequence: number, problem: BadPlace['problem']) => ({ events, place: { sequence, problem } });
  for (;;) {
    const rows = await readRows(database, kioskId, previous?.sequence ?? 0, through);
    for (const row of rows) {
      const expected: number = previous === null ? row.sequence : previous.sequence + 1;
      if (row.sequence !== expected) return at(expected, 'missing');
      const before = row.sequence === 1 ? genesisHash : (previous?.hash ?? null);
      if (before !== null && !isTrue(row, before)) return at(row.sequence, 'altered');
      previous = { sequence: row.sequence, hash: row.hash };
      events += 1;
    }
    if (rows.length === rowsAStep) continue;
    if (previous === null) return { events, place: null };
    if (previous.sequence < through) return at(previous.sequence + 1, 'missing');
    return previous.hash === headHash ? { events, place: null } : at(through, 'altered');
  }
}

async function readRows(
  database: IntakeDatabase,
  kioskId: string,
  after: number,
  through: number,
): Promise<readonly Row[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query(
      `SELECT sequence::text AS sequence, kind, report_id, body, hash, parked,
         to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred_at
       FROM event WHERE kiosk_id = $1::text AND sequence > $2::text::bigint AND sequence <= $3::text::bigint
       ORDER BY event.sequence LIMIT $4::text::bigint`,
      [kioskId, String(after), String(through), String(rowsAStep)],
    ),
  );
  return rows.map((row) => eventRow.parse(row));
}

/** Of an event that came without its words only the hash is here. */
function isTrue(row: Row, previousHash: string): boolean {
  if (row.parked === 'withheld') return true;
  const whole = row.kind === heldWhole ? wireEventSchema.safeParse(readJson(row.body)) : null;
  if (whole !== null) return whole.success && hashOf(previousHash, whole.data) === row.hash;
  const { sequence, kind, report_id, occurred_at, body } = row;
  const event = { sequence, kind, reportId: report_id, occurredAt: occurred_at ?? '', body };
  return hashOf(previousHash, event) === row.hash;
}
