import { appendAudit } from '../../db/stores/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import { findSlip, setPrintState, type SlipStanding } from '../../db/stores/print-job.ts';
import type { ReportId } from '../contract/ids.ts';
import type { ReceiptStatus } from '../contract/status.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store } from './store.ts';

/** Who did something about a slip, for the audit log: a staff id, or `visitor`. */
export interface SlipDeed {
  readonly actor: string;
  readonly action: AuditAction;
}

/** How the slips stand: on disk for the desk and the next start, in memory for the screen that waits. */
export interface SlipStandings {
  /** The one of a slip of this run; null when it is not one of the newest. */
  recent(reportId: ReportId): ReceiptStatus | null;
  stored(reportId: ReportId): SlipStanding | null;
  /** Of a slip that the submit has just stored as queued. */
  begin(reportId: ReportId): void;
  /** Notes a new standing, with who brought it about. @returns false when the disk did not take it. */
  note(reportId: ReportId, standing: SlipStanding, deed?: SlipDeed): boolean;
  onChange(listener: (status: ReceiptStatus) => void): Unsubscribe;
}

const mostRecent = 50;

export function createSlipStandings(store: Store, clock: Clock, log: Log): SlipStandings {
  const listeners = createListeners<ReceiptStatus>();
  const recent = new Map<ReportId, ReceiptStatus>();
  const tell = (status: ReceiptStatus): void => {
    recent.delete(status.reportId);
    recent.set(status.reportId, status);
    const oldest = [...recent.keys()][0];
    if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
    listeners.tell(status);
  };
  return {
    recent: (reportId) => recent.get(reportId) ?? null,
    stored: (reportId) => store.read((db) => findSlip(db, reportId)),
    begin: (reportId) => tell({ reportId, state: 'queued', problem: null }),
    note(reportId, standing, deed) {
      const occurredAt = clock.now().toISOString();
      const written = store.write((db) => {
        setPrintState(db, reportId, standing, occurredAt);
        if (deed !== undefined) appendAudit(db, { ...deed, occurredAt, subject: reportId });
      });
      // What came of the slip is the truth, written down or not.
      if (written.kind !== 'written') log.warn('slip-not-noted', { reportId, state: standing.state });
      tell({ reportId, ...standing });
      return written.kind === 'written';
    },
    onChange: (listener) => listeners.add(listener),
  };
}
