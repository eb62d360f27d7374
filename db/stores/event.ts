import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import {
  eventDigestText,
  eventSchema,
  genesisHash,
  mostBytesInBatch,
  mostEventsInBatch,
  type KioskEvent,
} from '../../src-main/contract/envelope.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

const headRow = z.object({ sequence: z.int(), hash: z.string() });
const eventRow = z
  .object({
    sequence: z.int(),
    kind: z.string(),
    report_id: z.string(),
    occurred_at: z.string(),
    hash: z.string(),
    body: z.string(),
  })
  .transform(({ report_id, occurred_at, ...row }) => ({
    ...row,
    reportId: report_id,
    occurredAt: occurred_at,
  }))
  .pipe(eventSchema);

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

function hashEvent(previousHash: string, event: Omit<KioskEvent, 'hash'>): string {
  return digest('sha256', eventDigestText(previousHash, event));
}

export interface EventRun {
  readonly previousHash: string;
  readonly events: readonly KioskEvent[];
}

/** Events after a sequence, at most a batch by count and bytes; null when the next one is not there. */
export function listEventsAfter(db: ReadableDb, afterSequence: number): EventRun | null {
  const previousHash = findHash(db, afterSequence);
  if (previousHash === null) return null;
  const events: KioskEvent[] = [];
  let bytes = 0;
  while (events.length < mostEventsInBatch) {
    const row = db.get(
      'SELECT sequence, kind, report_id, occurred_at, hash, body FROM event WHERE sequence = ?',
      afterSequence + 1 + events.length,
    );
    if (row === undefined) break;
    const event = eventRow.parse(row);
    bytes += Buffer.byteLength(event.body);
    if (events.length > 0 && bytes > mostBytesInBatch) break;
    events.push(event);
  }
  return events.length === 0 ? null : { previousHash, events };
}

/** The hash of one event; null when it is not there. */
export function findHash(db: ReadableDb, sequence: number): string | null {
  if (sequence === 0) return genesisHash;
  const row = db.get('SELECT sequence, hash FROM event WHERE sequence = ?', sequence);
  return row === undefined ? null : headRow.parse(row).hash;
}

/** Walks the chain from its first event. @returns the first sequence that is missing or does not fit; null: all good. */
export function findFirstBadEvent(db: ReadableDb): number | null {
  let previousHash = genesisHash;
  const last = findHead(db).sequence;
  for (let sequence = 1; sequence <= last; sequence += 1) {
    const row = db.get(
      'SELECT sequence, kind, report_id, occurred_at, hash, body FROM event WHERE sequence = ?',
      sequence,
    );
    const event = eventRow.safeParse(row);
    if (!event.success || hashEvent(previousHash, event.data) !== event.data.hash) return sequence;
    previousHash = event.data.hash;
  }
  return null;
}
