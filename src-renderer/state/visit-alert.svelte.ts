import type { AlertId, Language } from '../../src-main/contract/ids.ts';
import type { AlertDetails, CallKind, VisitorAlert } from '../../src-main/contract/status.ts';
import { noAlertDetails } from '../../src-main/domain/alert-details.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';

/** All a visitor is ever told: we are telling the desk, a colleague is coming, nobody has answered. */
export type AlertWords = 'none' | 'telling' | 'coming' | 'nobody';

/** After this long without a taker the screen says that nobody has answered, whatever the services say. */
export const unansweredAfterMs = 30_000;
/** A desk that could not be told is told again while the visitor is here. */
const tellAgainMs = 2000;

/** One alert of one visit. Its words are only what is known to be true. */
export class VisitAlertCall {
  readonly kind: CallKind;
  readonly #kiosk: VisitKiosk;
  readonly #language: () => Language;
  #said = $state<AlertWords>('none');
  /** The services have it. From then on no connected desk means that nobody is being told. */
  #isSent = $state(false);
  #alertId: AlertId | null = null;
  /** News of this alert that overtook the answer with its id. */
  #early: VisitorAlert | null = null;
  #details = noAlertDetails;
  #isWaitingForLine = false;
  #isTimedOut = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];

  constructor(kind: CallKind, kiosk: VisitKiosk, language: () => Language) {
    this.kind = kind;
    this.#kiosk = kiosk;
    this.#language = language;
    this.#stops = [
      kiosk.onNotice((notice) => {
        if (notice.kind === 'alert') this.#hear(notice.alert);
      }),
      kiosk.line.onChange((isUp) => {
        // Calls live in the services' memory: after a restart they know of none, so it is told again.
        if (isUp && (this.#isWaitingForLine || this.#isOpen)) void this.#send();
      }),
    ];
  }

  get words(): AlertWords {
    const isTellingNobody = this.#said === 'telling' && this.#isSent && !this.#kiosk.isDeskConnected;
    return isTellingNobody ? 'nobody' : this.#said;
  }

  /** Tells the desk. Touched again it tells again; the services merge what comes within two minutes. */
  raise(details: Partial<AlertDetails> = {}): Promise<void> {
    this.#details = { ...noAlertDetails, ...details };
    this.#alertId = null;
    this.#early = null;
    this.#isTimedOut = false;
    this.#say('telling');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isTimedOut = true;
      this.#say('nobody');
    }, unansweredAfterMs);
    return this.#send();
  }

  /** Once more with what was said before. */
  raiseAgain(): Promise<void> {
    return this.raise(this.#details);
  }

  /** The visitor does not need anybody after all. */
  withdraw(): void {
    const alertId = this.#alertId;
    this.#alertId = null;
    this.#isWaitingForLine = false;
    this.#isSent = false;
    this.#said = 'none';
    clearTimeout(this.#timer);
    if (alertId === null) return;
    // An alert that cannot be taken back stays at the desk: too much help, never too little.
    this.#kiosk.line.client.withdrawAlert({ alertId }).catch(() => undefined);
  }

  /** The visit is over; the alert stays at the desk. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#again);
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#isWaitingForLine = false;
  }

  /** Told, and nobody has said yet that they are coming. */
  get #isOpen(): boolean {
    return this.#isSent && (this.#said === 'telling' || this.#said === 'nobody');
  }

  async #send(): Promise<void> {
    this.#isWaitingForLine = false;
    const earlier = this.#alertId;
    try {
      const { kind } = this;
      const language = this.#language();
      const alert = await this.#kiosk.line.client.raiseAlert({ kind, language, earlier, ...this.#details });
      this.#alertId = alert.alertId;
      this.#isSent = true;
      this.#hear(alert);
      if (this.#early !== null) this.#hear(this.#early);
    } catch {
      this.#isWaitingForLine = true;
      this.#say('nobody');
      clearTimeout(this.#again);
      this.#again = setTimeout(() => {
        if (this.#isWaitingForLine) void this.#send();
      }, tellAgainMs);
    }
  }

  #hear(alert: VisitorAlert): void {
    if (this.#alertId === null && alert.kind === this.kind) this.#early = alert;
    if (alert.alertId !== this.#alertId) return;
    switch (alert.state) {
      case 'sent':
        return;
      case 'seen':
        if (!this.#isTimedOut) this.#say('telling');
        return;
      case 'taken':
        this.#said = 'coming';
        return;
      case 'unanswered':
        this.#say('nobody');
        return;
      default:
        assertNever(alert.state);
    }
  }

  /** Somebody who said they are coming is not taken back by a repeat. */
  #say(words: 'telling' | 'nobody'): void {
    if (this.#said !== 'coming') this.#said = words;
  }
}
