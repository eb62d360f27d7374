import { appendAudit } from '../../db/stores/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { Staff } from '../contract/staff.ts';
import { alertIdSchema, type AlertId, type Language } from '../contract/ids.ts';
import type {
  AlertDetails,
  AlertKind,
  AlertState,
  CallKind,
  DeskAlert,
  VisitorAlert,
} from '../contract/status.ts';
import { noAlertDetails, withoutDetails } from '../domain/alert-details.ts';
import type { Clock, Log, Randomness } from '../domain/ports.ts';
import { isGrave, repeat, visitorsView, type Alert } from './alert.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store } from './store.ts';
import type { Timers } from './timers.ts';

export interface AlertRequest extends AlertDetails {
  readonly kind: CallKind;
  readonly language: Language;
  /** The same call, told before: not told again while it is still known. */
  readonly earlier: AlertId | null;
}

/** A report that cannot wait until somebody looks into the queue. */
export interface UrgentReport {
  readonly report: NonNullable<DeskAlert['report']>;
  readonly language: Language;
}

export type TakeOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'taken-before'; readonly takenBy: string }
  | { readonly kind: 'not-found' };

export interface AlertsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: Log;
}

export interface DeskConnection {
  disconnect(): void;
}

export interface Alerts {
  raise(request: AlertRequest): VisitorAlert;
  /** The kiosk itself calls; one call a report, and no visitor hears of it. */
  raiseForReport(urgent: UrgentReport): void;
  /** A colleague wants help with a report; no visitor hears of it. Asked again while nobody came, it is the same call. */
  raiseFromDesk(report: NonNullable<DeskAlert['report']>, staff: Staff): void;
  withdraw(alertId: AlertId): void;
  take(alertId: AlertId, staff: Staff): TakeOutcome;
  /** Newest first; a locked desk gets no details. */
  listFor(desk: { readonly isLocked: boolean }): DeskAlert[];
  /** A desk's page reads the alerts from now on. */
  connectDesk(): DeskConnection;
  isDeskConnected(): boolean;
  onVisitorAlert(listener: (alert: VisitorAlert) => void): Unsubscribe;
  onChange(listener: () => void): Unsubscribe;
  stop(): void;
}

/** After this long without a name the visitor is told that nobody has answered. */
const answerWithinMs = 30_000;
const mergeWithinMs = 120_000;
const showTakenMs = 300_000;
const mostAlerts = 50;

/** Alerts live in memory, so that a broken disk cannot keep one from the desk; their audit lines are best effort. */
export function createAlerts(options: AlertsOptions): Alerts {
  return new AlertBoard(options);
}

class AlertBoard implements Alerts {
  private readonly options: AlertsOptions;
  private readonly visitors = createListeners<VisitorAlert>();
  private readonly changes = createListeners<void>();
  private readonly desks = new Set<DeskConnection>();
  private alerts: Alert[] = [];

  constructor(options: AlertsOptions) {
    this.options = options;
  }

  raise(request: AlertRequest): VisitorAlert {
    const { kind, language, earlier, ...details } = request;
    const known = this.alerts.find((alert) => alert.alertId === earlier && alert.kind === kind);
    if (known !== undefined) return visitorsView(known, kind, this.stateOf(known));
    const nowMs = this.options.clock.monotonicMs();
    const same = this.alerts.find(
      (alert) =>
        alert.kind === kind &&
        alert.takenBy === null &&
        nowMs - alert.raisedMs < mergeWithinMs &&
        // Two languages are two people.
        alert.details.wantedLanguage === details.wantedLanguage,
    );
    const alert = same ?? this.add(kind, language, details, null);
    if (same !== undefined) repeat(same, language, details);
    this.deliver(alert);
    if (same === undefined) this.audit('visitor', 'alert-raised', alert.alertId);
    return visitorsView(alert, kind, this.stateOf(alert));
  }

  raiseForReport({ report, language }: UrgentReport): void {
    const alert = this.add('urgent-report', language, noAlertDetails, report);
    this.deliver(alert);
    this.audit('kiosk', 'alert-raised', alert.alertId);
  }

  raiseFromDesk(report: NonNullable<DeskAlert['report']>, staff: Staff): void {
    const same = this.alerts.find(
      (alert) =>
        alert.kind === 'escalated' && alert.takenBy === null && alert.report?.reportId === report.reportId,
    );
    if (same !== undefined) same.repeats += 1;
    const alert = same ?? this.add('escalated', null, noAlertDetails, report, staff.displayName);
    this.deliver(alert);
  }

  withdraw(alertId: AlertId): void {
    const alert = this.alerts.find((candidate) => candidate.alertId === alertId);
    // Somebody is on the way already: the desk keeps it, with the name.
    if (alert === undefined || alert.takenBy !== null) return;
    this.drop(alert);
    this.audit('visitor', 'alert-withdrawn', alertId);
    this.changes.tell();
  }

  take(alertId: AlertId, staff: Staff): TakeOutcome {
    const alert = this.alerts.find((candidate) => candidate.alertId === alertId);
    if (alert === undefined) return { kind: 'not-found' };
    if (alert.takenBy !== null) return { kind: 'taken-before', takenBy: alert.takenBy };
    alert.takenBy = staff.displayName;
    alert.takenMs = this.options.clock.monotonicMs();
    alert.stopWaiting();
    this.tellAll();
    this.audit(staff.staffId, 'alert-taken', alertId);
    return { kind: 'taken' };
  }

  listFor(desk: { readonly isLocked: boolean }): DeskAlert[] {
    this.forgetOld();
    return this.alerts.toReversed().map((alert) => {
      const { alertId, kind, raisedAt, language, raisedBy, report, takenBy, repeats } = alert;
      const told = {
        alertId,
        kind,
        raisedAt,
        language,
        raisedBy,
        report,
        takenBy,
        repeats,
        state: this.stateOf(alert),
      };
      const whole = { ...told, ...alert.details };
      return desk.isLocked ? withoutDetails(whole) : whole;
    });
  }

  connectDesk(): DeskConnection {
    const desk: DeskConnection = {
      disconnect: () => {
        if (this.desks.delete(desk)) this.tellAll();
      },
    };
    this.desks.add(desk);
    for (const alert of this.alerts) alert.isSeen = true;
    this.tellAll();
    return desk;
  }

  isDeskConnected(): boolean {
    return this.desks.size > 0;
  }

  onVisitorAlert(listener: (alert: VisitorAlert) => void): Unsubscribe {
    return this.visitors.add(listener);
  }

  onChange(listener: () => void): Unsubscribe {
    return this.changes.add(listener);
  }

  stop(): void {
    for (const alert of this.alerts) alert.stopWaiting();
  }

  private add(
    kind: AlertKind,
    language: Language | null,
    details: AlertDetails,
    report: Alert['report'],
    raisedBy: string | null = null,
  ): Alert {
    const { clock, timers, randomness } = this.options;
    const alert: Alert = {
      alertId: alertIdSchema.parse(randomness.uuid()),
      kind,
      language,
      details,
      raisedBy,
      report,
      raisedAt: clock.now().toISOString(),
      raisedMs: clock.monotonicMs(),
      isSeen: false,
      takenBy: null,
      takenMs: 0,
      repeats: 0,
      toldState: 'sent',
      stopWaiting: timers.after(answerWithinMs, () => this.giveUp(alert)),
    };
    this.alerts.push(alert);
    return alert;
  }

  /** Listeners hand it to the connected desks before they return: that is what makes it seen. */
  private deliver(alert: Alert): void {
    alert.isSeen ||= this.isDeskConnected();
    this.tellAll();
  }

  private giveUp(alert: Alert): void {
    this.tellAll();
    if (alert.takenBy === null) this.audit('kiosk', 'alert-unanswered', alert.alertId);
  }

  /** Only what is true now: nobody reads an alert while no desk is connected, whoever saw it before. */
  private stateOf(alert: Alert): AlertState {
    if (alert.takenBy !== null) return 'taken';
    const waitedMs = this.options.clock.monotonicMs() - alert.raisedMs;
    if (waitedMs >= answerWithinMs || !this.isDeskConnected()) return 'unanswered';
    return alert.isSeen ? 'seen' : 'sent';
  }

  private tellAll(): void {
    this.tellStates();
    this.changes.tell();
  }

  private tellStates(): void {
    for (const alert of this.alerts) {
      const state = this.stateOf(alert);
      if (state === alert.toldState) continue;
      alert.toldState = state;
      if (alert.kind !== 'urgent-report' && alert.kind !== 'escalated')
        this.visitors.tell(visitorsView(alert, alert.kind, state));
    }
  }

  private forgetOld(): void {
    const nowMs = this.options.clock.monotonicMs();
    for (const alert of this.alerts) {
      if (alert.takenBy !== null && nowMs - alert.takenMs > showTakenMs) this.drop(alert);
    }
    // What somebody may be in danger for goes last, however much else is asked for.
    const leastFirst = this.alerts.toSorted((a, b) => Number(isGrave(a)) - Number(isGrave(b)));
    for (const alert of leastFirst.slice(0, Math.max(0, this.alerts.length - mostAlerts))) this.drop(alert);
  }

  private drop(alert: Alert): void {
    alert.stopWaiting();
    this.alerts = this.alerts.filter((other) => other !== alert);
  }

  private audit(actor: string, action: AuditAction, subject: string): void {
    const { store, clock, log } = this.options;
    const occurredAt = clock.now().toISOString();
    const outcome = store.write((db) => appendAudit(db, { occurredAt, actor, action, subject }));
    if (outcome.kind !== 'written') log.warn('alert-not-noted', { action, alertId: subject });
  }
}
