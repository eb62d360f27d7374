import type { WritableDb } from '../transaction.ts';
import { appendAudit } from './audit.ts';

/** Lets an event go without its words, which stay here. @returns false when that was done before. */
export function setAsideEvent(db: WritableDb, sequence: number, now: string): boolean {
  const changes = db.run(
    'INSERT INTO set_aside_event (sequence, set_aside_at) VALUES (?, ?) ON CONFLICT (sequence) DO NOTHING',
    sequence,
    now,
  );
  if (changes === 0) return false;
  appendAudit(db, { occurredAt: now, actor: 'it', action: 'event-set-aside', subject: String(sequence) });
  return true;
}
