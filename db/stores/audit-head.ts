import { z } from 'zod';
import type { SignedAuditHead } from '../../src-main/contract/audit-head.ts';
import { instantSchema } from '../../src-main/contract/ids.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';
import { findAuditStart, type AuditMark } from './audit.ts';

const headRow = z
  .object({ sequence: z.int(), hash: z.string(), signed_at: instantSchema, signature: z.string() })
  .transform(({ signed_at, ...row }): SignedAuditHead => ({ ...row, signedAt: signed_at }));

/** The line that was signed last; null: none was, or the database is of an older kiosk. */
export function findSignedHead(db: ReadableDb): SignedAuditHead | null {
  const isKept = db.get("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_head'");
  const row = isKept === undefined ? undefined : db.get('SELECT * FROM audit_head WHERE only = 1');
  return row === undefined ? null : headRow.parse(row);
}

export function saveSignedHead(
  db: WritableDb,
  { sequence, hash, signedAt, signature }: SignedAuditHead,
): void {
  db.run(
    'INSERT OR REPLACE INTO audit_head (only, sequence, hash, signed_at, signature) VALUES (1, ?, ?, ?, ?)',
    sequence,
    hash,
    signedAt,
    signature,
  );
}

/** The history goes on under another number, signed by another key. */
export function forgetSignedHead(db: WritableDb): void {
  db.run('DELETE FROM audit_head');
}

const hashRow = z.object({ hash: z.string() });

/** How the log stands to the line that was signed: that line is there, the log ends before it, or another stands there. */
export function compareWithHead(db: ReadableDb, head: AuditMark, end: AuditMark): 'fits' | 'cut' | 'differs' {
  // The line itself may have gone in time, from the log's beginning.
  if (head.sequence <= findAuditStart(db).sequence) return 'fits';
  if (head.sequence > end.sequence) return 'cut';
  const row = db.get('SELECT hash FROM audit WHERE sequence = ?', head.sequence);
  return row !== undefined && hashRow.parse(row).hash === head.hash ? 'fits' : 'differs';
}
