import type { AuditLine } from '../../src-main/contract/desk-trust.ts';
import { groupReference } from '../../src-main/domain/reference-number.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';

/** Actions whose subject is a number or a word of our own that says nothing by itself, and how each is told. */
const told: Readonly<Partial<Record<string, string>>> = {
  'search-opened': 'reports',
  'station-approved': 'version',
  'content-activated': 'version',
  'content-rolled-back': 'version',
  'station-restored': 'version',
  'event-parked': 'event',
  'event-set-aside': 'event',
  'kiosk-started': 'kiosk',
  'kiosk-registered': 'kiosk',
  'backup-made': 'kiosk',
  'audit-exported': 'file',
  'queue-exported': 'file',
  'alert-raised': 'alert',
  'alert-taken': 'alert',
  'alert-withdrawn': 'alert',
  'alert-unanswered': 'alert',
  'desk-reset': 'key',
  'audit-signed': 'key',
};

/** Enough of an id to tell two apart. */
function beginning(id: string): string {
  return id.slice(0, 8);
}

/** What a line of the audit is about, in words. */
export function auditSubject({ t, formatNumber }: I18n, line: AuditLine): string {
  const { action, actor, subject, subjectName, reference } = line;
  if (reference !== null) return groupReference(reference);
  if (subject === actor) return '';
  if (subjectName !== null) return subjectName;
  // A whole database: which kiosk's, and up to which event.
  const [kiosk = '', event = ''] = action === 'backup-restored' ? subject.split(' ') : [];
  if (event !== '') return t('desk:audit.subject.backup', { kiosk, event });
  const kind = told[action] ?? 'id';
  const count = Number(subject);
  if (kind === 'reports') return t('desk:audit.subject.reports', { count, number: formatNumber(count) });
  const isId = ['alert', 'key', 'id'].includes(kind);
  const shown = kind === 'file' ? subject.toUpperCase() : isId ? beginning(subject) : subject;
  return shown === '' ? '' : t(`desk:audit.subject.${kind}`, { subject: shown });
}
