import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import {
  eventDigestText,
  eventSchema,
  genesisHash,
  mostBytesInBatch,
  mostEventsInBatch,
  type KioskEvent,
  type WireEvent,
  type WithheldEvent,
  type WithholdReason,
} from '../../src-main/contract/envelope.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

const headRow = z.object({ sequence: z.int(), hash: z.string() });
export interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** The newest event; sequence 0 and the genesis hash before the first. */
export function findHead(db: ReadableDb): Head {
  const row = db.get('SELECT sequence, hash FROM event ORDER BY sequence DESC LIMIT 1');
  return row === undefined ? { sequence: 0, hash: genesisHash } : headRow.parse(row);
}

/** Adds an event after the head and chains it. @returns its sequence. */
export function appendEvent(db: WritableDb, event: Omit<KioskEvent, 'sequence' | 'hash'>): number {
  const head = findHead(db);
  const sequence = head.sequence + 1;
  const hash = hashEvent(head.hash, { ...event, sequence });
  db.run(
    'INSERT INTO event (sequence, kind, report_id, occurred_at, hash, body) VALUES (?, ?, ?, ?, ?, ?)',
    sequence,
    event.kind,
    event.reportId,
    event.occurredAt,
    hash,
    event.body,
  );
  return sequence;
}

function hashEvent(previousHash: string, event: Omit<WireEvent, 'hash'>): string {
  return digest('sha256', eventDigestText(previousHash, event));
}

export interface EventRun {
  readonly previousHash: string;
  readonly events: readonly WireEvent[];
  /** Those that go without their words: somebody changed them here, or their time is over. */
  readonly withheld: readonly WithheldEvent[];
}

const wireRow = z.object({
  sequence: z.int(),
  kind: z.string(),
  report_id: z.string(),
  occurred_at: z.string(),
  hash: z.string(),
  body: z.string().nullable(),
  set_aside: z.int(),
});

/** Events after a sequence, at most a batch by count and bytes; null when the next one is not there. */
export function listEventsAfter(
  db: ReadableDb,
  afterSequence: number,
  mostEvents: number = mostEventsInBatch,
): EventRun | null {
  const previousHash = findHash(db, afterSequence);
  if (previousHash === null) return null;
  const events: WireEvent[] = [];
  const withheld: WithheldEvent[] = [];
  let bytes = 0;
  while (events.length < Math.min(mostEvents, mostEventsInBatch)) {
    const row = db.get(
      `SELECT sequence, kind, report_id, occurred_at, hash, body,
         EXISTS (SELECT 1 FROM set_aside_event s WHERE s.sequence = e.sequence) AS set_aside
       FROM event e WHERE sequence = ?`,
      afterSequence + 1 + events.length,
    );
    if (row === undefined) break;
    const { event, reason } = toWire(wireRow.parse(row), events.at(-1)?.hash ?? previousHash);
    bytes += Buffer.byteLength(event.body);
    if (events.length > 0 && bytes > mostBytesInBatch) break;
    events.push(event);
    if (reason !== null) withheld.push({ sequence: event.sequence, reason });
  }
  return events.length === 0 ? null : { previousHash, events, withheld };
}

/** Its words go along only while they are what the chain says. */
function toWire(
  { report_id, occurred_at, set_aside, body, ...row }: z.infer<typeof wireRow>,
  previousHash: string,
): { readonly event: WireEvent; readonly reason: WithholdReason | null } {
  const event = { ...row, reportId: report_id, occurredAt: occurred_at, body: body ?? '' };
  const without = (reason: WithholdReason) => ({
    event: { ...event, occurredAt: occurred_at.slice(0, 60), body: '' },
    reason,
  });
  if (body === null) return without('purged');
  if (set_aside === 1) return without('set-aside');
  const isTrue = eventSchema.safeParse(event).success && hashEvent(previousHash, event) === event.hash;
  return isTrue ? { event, reason: null } : without('altered');
}

const occurredRow = z.object({ occurred_at: z.string() });

/** When an event was made; null when it is not there. */
export function findOccurredAt(db: ReadableDb, sequence: number): string | null {
  const row = db.get('SELECT occurred_at FROM event WHERE sequence = ?', sequence);
  return row === undefined ? null : occurredRow.parse(row).occurred_at;
}

/** The hash of one event; null when it is not there. */
export function findHash(db: ReadableDb, sequence: number): string | null {
  if (sequence === 0) return genesisHash;
  const row = db.get('SELECT sequence, hash FROM event WHERE sequence = ?', sequence);
  return row === undefined ? null : headRow.parse(row).hash;
}

/**
 * Walks the chain from its first event. Of an event whose body was deleted in time only the hash is left.
 * @returns the first sequence that is missing or does not fit; null: all good.
 */
export function findFirstBadEvent(db: ReadableDb): number | null {
  let previousHash = genesisHash;
  const last = findHead(db).sequence;
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const row = db.get(
      'SELECT sequence, kind, report_id, occurred_at, hash, body, 0 AS set_aside FROM event WHERE sequence = ?',
      sequence,
    );
    if (row === undefined) return sequence;
    const { event, reason } = toWire(wireRow.parse(row), previousHash);
    if (reason === 'altered') return sequence;
    previousHash = event.hash;
  }
  return null;
}
