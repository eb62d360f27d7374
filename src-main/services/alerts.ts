import { appendAudit, type AuditAction } from '../../db/stores/audit.ts';
import type { Staff } from '../contract/desk.ts';
import { alertIdSchema, type AlertId, type Language } from '../contract/ids.ts';
import type { AlertKind, AlertState, DeskAlert, VisitorAlert } from '../contract/status.ts';
import type { Clock, Log, Randomness } from '../domain/ports.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Store } from './store.ts';
import type { Timers } from './timers.ts';

export interface AlertRequest {
  readonly kind: AlertKind;
  readonly language: Language;
  readonly nameToCall: string | null;
  readonly isPersonHere: 'yes' | 'no' | 'not-said' | null;
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

interface Alert {
  readonly alertId: AlertId;
  readonly kind: AlertKind;
  language: Language;
  nameToCall: string | null;
  isPersonHere: AlertRequest['isPersonHere'];
  readonly raisedAt: string;
  readonly raisedMs: number;
  isSeen: boolean;
  takenBy: string | null;
  takenMs: number;
  repeats: number;
  /** What the visitor was last told. */
  toldState: AlertState;
  stopWaiting: () => void;
}

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
    const nowMs = this.options.clock.monotonicMs();
    const same = this.alerts.find(
      (alert) =>
        alert.kind === request.kind && alert.takenBy === null && nowMs - alert.raisedMs < mergeWithinMs,
    );
    return same === undefined ? this.raiseNew(request) : this.repeat(same, request);
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
    return this.alerts.toReversed().map((alert) => ({
      alertId: alert.alertId,
      kind: alert.kind,
      state: this.stateOf(alert),
      raisedAt: alert.raisedAt,
      language: alert.language,
      nameToCall: desk.isLocked ? null : alert.nameToCall,
      isPersonHere: desk.isLocked ? null : alert.isPersonHere,
      takenBy: alert.takenBy,
      repeats: alert.repeats,
    }));
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

  private raiseNew(request: AlertRequest): VisitorAlert {
    const { clock, timers, randomness } = this.options;
    const alert: Alert = {
      ...request,
      alertId: alertIdSchema.parse(randomness.uuid()),
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
    const told = this.deliver(alert);
    this.audit('visitor', 'alert-raised', alert.alertId);
    return told;
  }

  private repeat(alert: Alert, request: AlertRequest): VisitorAlert {
    alert.repeats += 1;
    alert.language = request.language;
    alert.nameToCall = request.nameToCall ?? alert.nameToCall;
    alert.isPersonHere = request.isPersonHere ?? alert.isPersonHere;
    return this.deliver(alert);
  }

  /** Listeners hand it to the connected desks before they return: that is what makes it seen. */
  private deliver(alert: Alert): VisitorAlert {
    alert.isSeen ||= this.isDeskConnected();
    this.tellAll();
    return this.forVisitor(alert);
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

  private forVisitor(alert: Alert): VisitorAlert {
    return { alertId: alert.alertId, kind: alert.kind, state: this.stateOf(alert) };
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
      this.visitors.tell(this.forVisitor(alert));
    }
  }

  private forgetOld(): void {
    const nowMs = this.options.clock.monotonicMs();
    for (const alert of this.alerts) {
      if (alert.takenBy !== null && nowMs - alert.takenMs > showTakenMs) this.drop(alert);
    }
    for (const alert of this.alerts.slice(0, Math.max(0, this.alerts.length - mostAlerts))) this.drop(alert);
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
