import type { AuditLine } from '../contract/desk-trust.ts';
import { csvText } from './csv.ts';

/** People are ids in a file: names are for whoever stands at the desk. A reference carries nothing personal. */
function asRecord({ sequence, occurredAt, actor, action, subject, reference }: AuditLine) {
  return { sequence, occurredAt, actor, action, subject, reference };
}

export function auditJson(lines: readonly AuditLine[]): string {
  return `${JSON.stringify(lines.map(asRecord), null, 2)}\n`;
}

export function auditCsv(lines: readonly AuditLine[]): string {
  const rows = lines.map((line) => {
    const { sequence, occurredAt, actor, action, subject, reference } = asRecord(line);
    return [String(sequence), occurredAt, actor, action, subject, reference ?? ''];
  });
  return csvText([['sequence', 'occurredAt', 'actor', 'action', 'subject', 'reference'], ...rows]);
}
