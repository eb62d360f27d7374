import { setImmediate } from 'node:timers/promises';
import { appendAudit, beforeFirstLine, countAudit, walkAudit } from '../../db/stores/audit.ts';
import { findReportId, nextAuditSequence, pageAudit, type AuditPage } from '../../db/stores/audit-page.ts';
import { hasReport } from '../../db/stores/report.ts';
import { listStaff } from '../../db/stores/staff.ts';
import type { ReadableDb } from '../../db/transaction.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { Staff } from '../contract/staff.ts';
import type { AuditFilter, AuditVerdict } from '../contract/desk-trust.ts';
import type { ReportId } from '../contract/ids.ts';
import { firstInstantOf } from '../domain/local-time.ts';
import type { Clock } from '../domain/ports.ts';
import { addDays } from '../domain/visit-when.ts';
import type { Store } from './store.ts';

export interface AuditTrail {
  page(filter: AuditFilter & { readonly beforeSequence: number | null }): AuditPage;
  people(): { actor: string; name: string }[];
  /** Walks the chain in short steps: visitors are served in between. */
  verify(): Promise<AuditVerdict>;
  hasReport(reportId: ReportId): boolean;
  /** False when it could not be noted: then nothing may leave the desk. */
  note(staff: Staff, action: AuditAction, subject: string): boolean;
}

const pageSize = 50;
/** Some milliseconds of hashing. */
const linesAStep = 1000;

/** Midnight at the station. */
function beginOf(day: string): string {
  return firstInstantOf(`${day}T00:00`).toISOString();
}

function readPage(db: ReadableDb, filter: AuditFilter & { beforeSequence: number | null }): AuditPage {
  const { actor, action, reference, from, to } = filter;
  const subject = reference === null ? null : findReportId(db, reference);
  if (reference !== null && subject === null) return { rows: [], nextBeforeSequence: null };
  const before = filter.beforeSequence ?? nextAuditSequence(db);
  const since = from === null ? null : beginOf(from);
  const until = to === null ? null : beginOf(addDays(to, 1));
  return pageAudit(db, { actor, action, subject, since, until }, before, pageSize);
}

/** Walks any audit log, also that of a copied database. */
export async function verifyAudit(read: <T>(ask: (db: ReadableDb) => T) => T): Promise<AuditVerdict> {
  let mark = beforeFirstLine;
  for (;;) {
    const from = mark;
    const run = read((db) => walkAudit(db, from, linesAStep));
    if (run.kind === 'bad') return { rows: read(countAudit), ok: false, firstBad: run.sequence };
    if (run.isEnd) return { rows: read(countAudit), ok: true, firstBad: null };
    mark = run.mark;
    await setImmediate();
  }
}

export function createAuditTrail({ store, clock }: { store: Store; clock: Clock }): AuditTrail {
  return {
    page: (filter) => store.read((db) => readPage(db, filter)),
    people: () =>
      store.read(listStaff).map(({ staffId, displayName }) => ({ actor: staffId, name: displayName })),
    hasReport: (reportId) => store.read((db) => hasReport(db, reportId)),
    verify: () => verifyAudit((ask) => store.read(ask)),
    note: ({ staffId }, action, subject) =>
      store.write((db) => {
        appendAudit(db, { occurredAt: clock.now().toISOString(), actor: staffId, action, subject });
      }).kind === 'written',
  };
}
