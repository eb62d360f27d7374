import { droppedAt } from './dropped-at.ts';
import { VisitKiosk, type VisitKioskOptions } from './visit-kiosk.svelte.ts';
import { VisitSession } from './visit-session.svelte.ts';

export interface VisitOptions extends VisitKioskOptions {
  /** After everything of a visitor was dropped: selection, clipboard and sounds are not this layer's. */
  readonly onWiped?: () => void;
}

/** The visitor's screen: a kiosk that stays, and one visitor after the other. */
export class Visit {
  readonly kiosk: VisitKiosk;
  readonly #onWiped: () => void;
  readonly #stopTelling: () => void;
  /** The visitor of now. */
  session: VisitSession;

  constructor(options: VisitOptions) {
    this.kiosk = new VisitKiosk(options);
    this.#onWiped = options.onWiped ?? ((): void => undefined);
    this.session = $state.raw(this.#begin());
    this.kiosk.isFree = () => this.session.isUntouched;
    // An effect, because whoever changes a visit need not think of the services.
    this.#stopTelling = $effect.root(() => {
      $effect(() => {
        this.kiosk.tellVisit(!this.session.isUntouched);
      });
    });
  }

  /** Drops everything of this visitor and stands ready for the next. */
  leave(): void {
    const left = this.session;
    const { state } = left.submission;
    const reportId = state.name === 'stored' ? state.result.reportId : null;
    const dropped = droppedAt(left.screens.stack, state.name === 'stored', left.language);
    left.stop();
    this.session = this.#begin();
    this.#onWiped();
    this.kiosk.freed();
    // The services clear their side when the line is down, too.
    this.kiosk.line.client.leave({ reportId, droppedAt: dropped }).catch(() => undefined);
  }

  /** "I have it": only after the number has stood long enough to be seen. */
  finish(): void {
    if (this.session.submission.isSettled) this.leave();
  }

  stop(): void {
    this.#stopTelling();
    this.session.stop();
    this.kiosk.stop();
  }

  #begin(): VisitSession {
    return new VisitSession(this.kiosk, () => this.leave());
  }
}
