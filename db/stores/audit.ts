import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import type { AuditAction } from '../../src-main/contract/audit.ts';
import { genesisHash } from '../../src-main/contract/envelope.ts';
import type { ReadableDb, WritableDb } from '../transaction.ts';

export interface AuditLine {
  readonly occurredAt: string;
  /** A staff id, or `kiosk`, `visitor`, `it`, `district`. */
  readonly actor: string;
  readonly action: AuditAction;
  /** Id of what it was done to. Never a word of a visitor. */
  readonly subject: string;
}

const auditRow = z.object({
  sequence: z.int(),
  occurred_at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  hash: z.string(),
});
const headRow = auditRow.pick({ sequence: true, hash: true });

/** The newest line. */
export function findAuditEnd(db: ReadableDb): AuditMark {
  const row = db.get('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  return row === undefined ? { sequence: 0, hash: genesisHash } : headRow.parse(row);
}

function hashLine(previousHash: string, sequence: number, parts: readonly string[]): string {
  const text = [previousHash, String(sequence), ...parts].map((part) => `${part.length}:${part}`).join('\n');
  return digest('sha256', text);
}

/** Adds a line to the chained audit log, in the transaction of what it tells about. */
export function appendAudit(db: WritableDb, line: AuditLine): void {
  const head = findAuditEnd(db);
  const sequence = head.sequence + 1;
  const { occurredAt, actor, action, subject } = line;
  db.run(
    'INSERT INTO audit (sequence, occurred_at, actor, action, subject, hash) VALUES (?, ?, ?, ?, ?, ?)',
    sequence,
    occurredAt,
    actor,
    action,
    subject,
    hashLine(head.hash, sequence, [occurredAt, actor, action, subject]),
  );
}

/** A line up to which the chain was walked. */
export interface AuditMark {
  readonly sequence: number;
  readonly hash: string;
}

export const beforeFirstLine: AuditMark = { sequence: 0, hash: genesisHash };

export type AuditRun =
  | { readonly kind: 'good'; readonly mark: AuditMark; readonly isEnd: boolean }
  /** The first line that is missing or was changed. */
  | { readonly kind: 'bad'; readonly sequence: number };

/** The line before the first that is still kept. */
export function findAuditStart(db: ReadableDb): AuditMark {
  // A copy of an older kiosk's database may be walked too.
  const isKept = db.get("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_start'");
  if (isKept === undefined) return beforeFirstLine;
  const row = db.get('SELECT sequence, hash FROM audit_start WHERE only = 1');
  return row === undefined ? beforeFirstLine : headRow.parse(row);
}

/** Walks the chain on from a line, so many lines at most: who serves visitors meanwhile does it in short steps. */
export function walkAudit(db: ReadableDb, from: AuditMark, most: number): AuditRun {
  const { sequence: last } = findAuditEnd(db);
  const start = findAuditStart(db);
  let mark = from.sequence < start.sequence ? start : from;
  const until = Math.min(last, mark.sequence + most);
  while (mark.sequence < until) {
    const sequence = mark.sequence + 1;
    const row = auditRow.safeParse(db.get('SELECT * FROM audit WHERE sequence = ?', sequence));
    if (!row.success) return { kind: 'bad', sequence };
    const { occurred_at, actor, action, subject, hash } = row.data;
    if (hashLine(mark.hash, sequence, [occurred_at, actor, action, subject]) !== hash)
      return { kind: 'bad', sequence };
    mark = { sequence, hash };
  }
  return { kind: 'good', mark, isEnd: mark.sequence >= last };
}

/** @returns the first line that is missing or was changed; null: all good. */
export function findFirstBadAudit(db: ReadableDb): number | null {
  const run = walkAudit(db, beforeFirstLine, Number.MAX_SAFE_INTEGER);
  return run.kind === 'bad' ? run.sequence : null;
}

const countRow = z.object({ count: z.int() });

export function countAudit(db: ReadableDb): number {
  return countRow.parse(db.get('SELECT count(*) AS count FROM audit')).count;
}

/** The newest lines, newest first. */
export function listAudit(db: ReadableDb, most: number): (AuditLine & { sequence: number })[] {
  return db.all('SELECT * FROM audit ORDER BY sequence DESC LIMIT ?', most).map((row) => {
    const { sequence, occurred_at, actor, action, subject } = storedLine.parse(row);
    return { sequence, occurredAt: occurred_at, actor, action, subject };
  });
}

const storedLine = auditRow.extend({ action: z.custom<AuditAction>((value) => typeof value === 'string') });
