import { setImmediate } from 'node:timers/promises';
import { appendAudit, beforeFirstLine, countAudit, findAuditEnd, walkAudit } from '../../db/stores/audit.ts';
import { compareWithHead, findSignedHead } from '../../db/stores/audit-head.ts';
import { findReportId, nextAuditSequence, pageAudit, type AuditPage } from '../../db/stores/audit-page.ts';
import { hasReport } from '../../db/stores/report.ts';
import { listStaff } from '../../db/stores/staff.ts';
import type { ReadableDb } from '../../db/transaction.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { Staff } from '../contract/staff.ts';
import type { AuditFilter, AuditVerdict } from '../contract/desk-trust.ts';
import type { ReportId } from '../contract/ids.ts';
import type { KioskPublicKey } from '../contract/keys.ts';
import { firstInstantOf } from '../domain/local-time.ts';
import type { Clock } from '../domain/ports.ts';
import { addDays } from '../domain/visit-when.ts';
import { isAuditHeadSigned } from '../sealing/audit-head-signer.ts';
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

/** What is known of the signed end, and the first line that it shows to be missing or changed. */
interface EndVerdict {
  readonly signed: AuditVerdict['signed'];
  readonly firstBad: number | null;
}

/** @param keys Whose signatures are this kiosk's; null: not known here. */
async function verifyEnd(read: Reader, keys: readonly KioskPublicKey[] | null): Promise<EndVerdict> {
  const { head, end, fit } = read((db) => {
    const found = findSignedHead(db);
    const last = findAuditEnd(db);
    return { head: found, end: last, fit: found === null ? 'fits' : compareWithHead(db, found, last) };
  });
  if (head === null) return { signed: null, firstBad: null };
  const isOwn = keys === null || (await isAuditHeadSigned(keys, head, head.signature));
  const state = !isOwn ? 'not-own' : fit !== 'fits' ? fit : keys === null ? 'unchecked' : 'good';
  const firstBad = fit === 'cut' ? end.sequence + 1 : fit === 'differs' ? head.sequence : null;
  return { signed: { through: head.sequence, at: head.signedAt, state }, firstBad };
}

type Reader = <T>(ask: (db: ReadableDb) => T) => T;

/** Walks any audit log, also that of a copied database. */
export async function verifyAudit(
  read: Reader,
  keys: readonly KioskPublicKey[] | null = null,
): Promise<AuditVerdict> {
  let mark = beforeFirstLine;
  let firstBad: number | null = null;
  for (;;) {
    const from = mark;
    const run = read((db) => walkAudit(db, from, linesAStep));
    if (run.kind === 'bad') {
      firstBad = run.sequence;
      break;
    }
    if (run.isEnd) break;
    mark = run.mark;
    await setImmediate();
  }
  const end = await verifyEnd(read, keys);
  firstBad ??= end.firstBad;
  const ok = firstBad === null && end.signed?.state !== 'not-own';
  return { rows: read(countAudit), ok, firstBad, signed: end.signed };
}

export interface AuditTrailOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Whose signatures are this kiosk's; null: it has no key yet. */
  readonly keys: () => readonly KioskPublicKey[] | null;
}

export function createAuditTrail({ store, clock, keys }: AuditTrailOptions): AuditTrail {
  return {
    page: (filter) => store.read((db) => readPage(db, filter)),
    people: () =>
      store.read(listStaff).map(({ staffId, displayName }) => ({ actor: staffId, name: displayName })),
    hasReport: (reportId) => store.read((db) => hasReport(db, reportId)),
    verify: () => verifyAudit((ask) => store.read(ask), keys()),
    note: ({ staffId }, action, subject) =>
      store.write((db) => {
        appendAudit(db, { occurredAt: clock.now().toISOString(), actor: staffId, action, subject });
      }).kind === 'written',
  };
}
