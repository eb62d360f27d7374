import { z } from 'zod';
import type { ReadableDb } from '../transaction.ts';

/** Null asks for all. */
export interface AuditQuestion {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  /** Instants: from this one on … */
  readonly since: string | null;
  /** … and before this one. */
  readonly until: string | null;
}

const pageRow = z
  .object({
    sequence: z.int(),
    occurred_at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    actor_name: z.string().nullable(),
    subject_name: z.string().nullable(),
    reference: z.string().nullable(),
  })
  .transform(({ occurred_at, actor_name, subject_name, ...row }) => ({
    ...row,
    occurredAt: occurred_at,
    actorName: actor_name,
    subjectName: subject_name,
  }));
export type StoredAuditLine = z.infer<typeof pageRow>;

export interface AuditPage {
  readonly rows: readonly StoredAuditLine[];
  /** Where to look on; null at the log's beginning. */
  readonly nextBeforeSequence: number | null;
}

/** The log has no index besides its order, which every submit would have to write: a question looks at so many lines at a time. */
const mostLookedAt = 50_000;

/** Lines before a sequence, newest first; fewer than asked for, or none, where the rest lies further back. */
export function pageAudit(
  db: ReadableDb,
  { actor, action, subject, since, until }: AuditQuestion,
  beforeSequence: number,
  most: number,
): AuditPage {
  const lowest = Math.max(1, beforeSequence - mostLookedAt);
  const rows = db
    .all(
      `SELECT a.*, coalesce(r.reference, x.reference) AS reference, coalesce(s.display_name, d.name) AS subject_name, p.display_name AS actor_name
       FROM (
         SELECT sequence, occurred_at, actor, action, subject FROM audit
         WHERE sequence < ? AND sequence >= ? AND actor = coalesce(?, actor) AND action = coalesce(?, action)
           AND subject = coalesce(?, subject) AND occurred_at >= coalesce(?, '') AND occurred_at < coalesce(?, 'a')
         ORDER BY sequence DESC LIMIT ?
       ) a
       LEFT JOIN report r ON r.report_id = a.subject
       LEFT JOIN purged_report x ON x.report_id = a.subject
       LEFT JOIN staff s ON s.staff_id = a.subject
       LEFT JOIN desk_device d ON d.device_id = a.subject
       LEFT JOIN staff p ON p.staff_id = a.actor
       ORDER BY a.sequence DESC`,
      ...[beforeSequence, lowest, actor, action, subject, since, until, most],
    )
    .map((row) => pageRow.parse(row));
  const last = rows.length === most ? rows.at(-1)?.sequence : undefined;
  const next = last ?? lowest;
  return { rows, nextBeforeSequence: next > 1 ? next : null };
}

const sequenceRow = z.object({ sequence: z.int() });

/** The sequence the next line will have. */
export function nextAuditSequence(db: ReadableDb): number {
  const row = db.get('SELECT coalesce(max(sequence), 0) + 1 AS sequence FROM audit');
  return sequenceRow.parse(row).sequence;
}

const reportIdRow = z.object({ report_id: z.string() });

/** The report with a number, by its print job, which has the index; also one whose words are gone: its lines stay longer. */
export function findReportId(db: ReadableDb, reference: string): string | null {
  const row = db.get(
    `SELECT r.report_id FROM print_job p JOIN report r ON r.sequence = p.sequence WHERE p.reference = ?
     UNION ALL SELECT report_id FROM purged_report WHERE reference = ?`,
    reference,
    reference,
  );
  return row === undefined ? null : reportIdRow.parse(row).report_id;
}
