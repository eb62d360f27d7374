import { safe } from '@orpc/client';
import type { AlertKind, DeskAlert } from '../../src-main/contract/status.ts';
import { withoutDetails } from '../../src-main/domain/alert-details.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskClock, DeskSound } from './desk-ports.ts';
import type { DeskSession } from './desk-session.svelte.ts';

/** What came of "I am going out there", where it did not simply work. */
export type TakeProblem =
  { readonly kind: 'taken'; readonly takenBy: string } | { readonly kind: 'gone' | 'no-answer' };

export interface DeskAlertsOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly sound: DeskSound;
  readonly clock: DeskClock;
}

const urgency: Readonly<Record<AlertKind, number>> = {
  'staff-now': 0,
  'danger-notice': 1,
  officer: 2,
  'urgent-report': 3,
  escalated: 4,
  card: 5,
  interpreter: 6,
};
const isAlarm = ({ kind }: DeskAlert): boolean => kind === 'staff-now';
/** An alarm nobody has taken is heard again. */
const soundAgainMs = 20_000;
/** So long a call that somebody took is still told of. */
const showTakenMs = 5 * 60_000;

/** When this page heard that a call was taken; `isWitnessed` false: it was so already when the page first heard of it. */
interface Taking {
  readonly atMs: number;
  readonly isWitnessed: boolean;
}

/** Not taken first, then by how urgent, then the one that has waited longest. */
export function byUrgency(a: DeskAlert, b: DeskAlert): number {
  return (
    Number(a.state === 'taken') - Number(b.state === 'taken') ||
    urgency[a.kind] - urgency[b.kind] ||
    a.raisedAt.localeCompare(b.raisedAt)
  );
}

/** The calls from the lobby. They stay on screen, also on a locked desk, until the kiosk takes them away. */
export class DeskAlerts {
  #alerts = $state.raw<readonly DeskAlert[]>([]);
  /** The newest call, for the live region; counts up so that the same words are read again. */
  #announced = $state.raw<{ readonly alert: DeskAlert; readonly count: number } | null>(null);
  #problem = $state.raw<{ readonly alertId: string; readonly problem: TakeProblem } | null>(null);
  readonly #client: DeskClient;
  readonly #session: DeskSession;
  readonly #sound: DeskSound;
  readonly #clock: DeskClock;
  /** Alert id to how often it had been raised when it was last heard. */
  #heard: Readonly<Record<string, number>> = {};
  #soundedAt = 0;
  #takings: Readonly<Record<string, Taking>> = {};

  constructor(options: DeskAlertsOptions) {
    this.#client = options.client;
    this.#session = options.session;
    this.#sound = options.sound;
    this.#clock = options.clock;
    this.#session.onLock(() => this.#hideDetails());
  }

  get alerts(): readonly DeskAlert[] {
    return this.#alerts;
  }
  get announced(): { readonly alert: DeskAlert; readonly count: number } | null {
    return this.#announced;
  }
  get problem(): { readonly alertId: string; readonly problem: TakeProblem } | null {
    return this.#problem;
  }
  /** Those that stand on screen: one that was taken some minutes ago is over. */
  shown(now: number): readonly DeskAlert[] {
    return this.#alerts.filter((alert) => {
      const taking = this.#takings[alert.alertId];
      return alert.state !== 'taken' || taking === undefined || now - taking.atMs < showTakenMs;
    });
  }
  /** When it was taken, where this page saw it happen. */
  takenAt(alertId: DeskAlert['alertId']): number | null {
    const taking = this.#takings[alertId];
    return taking?.isWitnessed === true ? taking.atMs : null;
  }
  /** How many nobody has taken. */
  get waiting(): number {
    return this.#alerts.filter((alert) => alert.state !== 'taken').length;
  }

  /** What the kiosk tells; new and repeated calls are announced, alarms are heard. */
  show(alerts: readonly DeskAlert[]): void {
    this.#put(alerts);
    const fresh = this.#alerts.filter(
      (alert) => alert.state !== 'taken' && (this.#heard[alert.alertId] ?? -1) < alert.repeats,
    );
    this.#heard = Object.fromEntries(this.#alerts.map((alert) => [alert.alertId, alert.repeats]));
    const [first] = fresh;
    if (first === undefined) return;
    this.#announced = { alert: first, count: (this.#announced?.count ?? 0) + 1 };
    // Only the alarm sounds: a desk is heard in the lobby, where the one may stand whom somebody is afraid of.
    if (fresh.some(isAlarm)) this.#playAlarm();
  }

  /** Called about every second: an alarm that nobody took sounds again. */
  tick(): void {
    const isOpen = this.#alerts.some((alert) => isAlarm(alert) && alert.state !== 'taken');
    if (isOpen && this.#clock() - this.#soundedAt >= soundAgainMs) this.#playAlarm();
  }

  async take(alertId: DeskAlert['alertId']): Promise<void> {
    this.#problem = null;
    const result = await safe(this.#client.takeAlert({ alertId }));
    if (result.isSuccess) {
      const takenBy = this.#session.staff?.displayName ?? null;
      this.#put(
        this.#alerts.map((alert) =>
          alert.alertId === alertId ? { ...alert, state: 'taken' as const, takenBy } : alert,
        ),
      );
      return;
    }
    const error = result.isDefined ? result.error : null;
    if (error?.code === 'SIGNED_OUT' || error?.code === 'FORBIDDEN') this.#session.refused(error.code);
    else if (error?.code === 'TAKEN')
      this.#problem = { alertId, problem: { kind: 'taken', takenBy: error.data.takenBy } };
    else this.#problem = { alertId, problem: { kind: error?.code === 'NOT_FOUND' ? 'gone' : 'no-answer' } };
  }

  #put(alerts: readonly DeskAlert[]): void {
    const open = this.#alerts.filter(({ state }) => state !== 'taken').map(({ alertId }) => alertId);
    const taking = (alertId: DeskAlert['alertId']): Taking =>
      this.#takings[alertId] ?? { atMs: this.#clock(), isWitnessed: open.includes(alertId) };
    this.#takings = Object.fromEntries(
      alerts
        .filter(({ state }) => state === 'taken')
        .map(({ alertId }): [string, Taking] => [alertId, taking(alertId)]),
    );
    this.#alerts = alerts.toSorted(byUrgency);
  }

  #playAlarm(): void {
    this.#soundedAt = this.#clock();
    this.#sound.playAlarm();
  }

  /** The kiosk stops telling details to a locked desk; those already told are forgotten at once. */
  #hideDetails(): void {
    this.#problem = null;
    this.#announced = null;
    this.#alerts = this.#alerts.map(withoutDetails);
  }
}
