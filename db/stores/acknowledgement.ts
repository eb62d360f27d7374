import { z } from 'zod';
import type { ReadableDb, WritableDb } from '../transaction.ts';
import { parkReasonSchema, type ParkedEvent } from '../../src-main/contract/envelope.ts';
import { appendAudit } from './audit.ts';
import { findHash } from './event.ts';

const markRow = z.object({ through_sequence: z.int(), acknowledged_at: z.string() });

export interface Mark {
  /** 0 before the first acknowledgement. */
  readonly throughSequence: number;
  readonly acknowledgedAt: string | null;
}

/** How far the district says it holds our events. */
export function findMark(db: ReadableDb): Mark {
  return toMark(
    db.get(
      'SELECT through_sequence, acknowledged_at FROM acknowledgement ORDER BY through_sequence DESC LIMIT 1',
    ),
  );
}

/** When an event was first acknowledged, or null. */
export function findAcknowledgedAt(db: ReadableDb, sequence: number): string | null {
  return toMark(
    db.get(
      'SELECT through_sequence, acknowledged_at FROM acknowledgement WHERE through_sequence >= ? ORDER BY through_sequence LIMIT 1',
      sequence,
    ),
  ).acknowledgedAt;
}

function toMark(row: unknown): Mark {
  if (row === undefined) return { throughSequence: 0, acknowledgedAt: null };
  const { through_sequence, acknowledged_at } = markRow.parse(row);
  return { throughSequence: through_sequence, acknowledgedAt: acknowledged_at };
}

/**
 * Moves the mark forward; a lower or equal sequence changes nothing.
 * @returns whether it moved. @throws Error when the hash is not that of our event: the caller should have checked.
 */
export function acknowledgeThrough(
  db: WritableDb,
  sequence: number,
  headHash: string,
  acknowledgedAt: string,
): boolean {
  if (sequence <= findMark(db).throughSequence) return false;
  if (findHash(db, sequence) !== headHash) throw new Error('an acknowledgement of an event that is not ours');
  db.run(
    'INSERT INTO acknowledgement (through_sequence, head_hash, acknowledged_at) VALUES (?, ?, ?)',
    sequence,
    headHash,
    acknowledgedAt,
  );
  return true;
}

const countRow = z.object({ parked: z.int() });

export function countParked(db: ReadableDb): number {
  return countRow.parse(db.get('SELECT count(*) AS parked FROM parked_event')).parked;
}

const parkedRow = z
  .object({ sequence: z.int(), reason: parkReasonSchema, parked_at: z.string() })
  .transform(({ sequence, reason, parked_at }) => ({ sequence, reason, parkedAt: parked_at }));

/** What a person at the district has to look at, oldest first. */
export function listParked(db: ReadableDb, most: number): z.infer<typeof parkedRow>[] {
  const rows = db.all('SELECT sequence, reason, parked_at FROM parked_event ORDER BY sequence LIMIT ?', most);
  return rows.map((row) => parkedRow.parse(row));
}

/** Notes what the district holds and could not register; told again it changes nothing. */
export function parkEvent(db: WritableDb, { sequence, reason }: ParkedEvent, parkedAt: string): void {
  const changes = db.run(
    'INSERT INTO parked_event (sequence, reason, parked_at) VALUES (?, ?, ?) ON CONFLICT (sequence) DO NOTHING',
    sequence,
    reason,
    parkedAt,
  );
  if (changes === 0) return;
  appendAudit(db, {
    occurredAt: parkedAt,
    actor: 'district',
    action: 'event-parked',
    subject: String(sequence),
  });
}
