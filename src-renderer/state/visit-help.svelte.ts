import type { Language } from '../../src-main/contract/ids.ts';
import { VisitAlertCall } from './visit-alert.svelte.ts';
import type { VisitKiosk } from './visit-kiosk.svelte.ts';
import type { VisitScreens } from './visit-screens.svelte.ts';

/** What a card says; `own-words` is a field, `answers` are four at once. */
export const cards = [
  'deaf',
  'no-speech',
  'sign-interpreter',
  'report-crime',
  'quiet-room',
  'own-words',
  'answers',
  'danger',
] as const;
export type Card = (typeof cards)[number];

/** Danish sign language. */
const signLanguage = 'dsl';

/** For whom no form helps: an interpreter, cards to hold up, the six facts for 112. Gone with the visit, sent nowhere. */
export class VisitHelp {
  readonly interpreter: VisitAlertCall;
  readonly card: VisitAlertCall;
  /** Of the interpreter who was asked for. */
  wantedLanguage = $state<string | null>(null);
  /** For the card of own words. */
  ownWords = $state('');
  /** What 112 will ask, and what was touched: `hurt` → `2`. */
  facts = $state<Record<string, string>>({});
  readonly #screens: VisitScreens;
  readonly #staffNow: VisitAlertCall;

  constructor(kiosk: VisitKiosk, screens: VisitScreens, staffNow: VisitAlertCall, language: () => Language) {
    this.#screens = screens;
    this.#staffNow = staffNow;
    this.interpreter = new VisitAlertCall('interpreter', kiosk, language);
    this.card = new VisitAlertCall('card', kiosk, language);
  }

  /** Who holds up a card, or has said so, cannot telephone: to call is then no advice. */
  get cannotCall(): boolean {
    const { name } = this.#screens.current;
    return name === 'cards' || name === 'card' || this.facts['number'] === 'none';
  }

  /** The desk is told which interpreter to find; the screen says what became of it. */
  callInterpreter(tag: string): void {
    this.wantedLanguage = tag;
    void this.interpreter.raise({ wantedLanguage: tag });
    this.#screens.go({ name: 'interpreter' });
  }

  /** It was the wrong one: nobody needs to look for it. Who is on their way already still comes. */
  leaveInterpreter(): void {
    if (this.interpreter.words !== 'coming') {
      this.interpreter.withdraw();
      this.wantedLanguage = null;
    }
    this.#screens.back();
  }

  /** Which call belongs to a card: a danger is an alarm, a sign language needs its interpreter. */
  callOf(card: Card | null): VisitAlertCall {
    if (card === 'danger') return this.#staffNow;
    return card === 'sign-interpreter' ? this.interpreter : this.card;
  }

  /** Asks staff to come and read the card. */
  callFor(card: Card | null): void {
    const wantedLanguage = card === 'sign-interpreter' ? signLanguage : null;
    void this.callOf(card).raise({ card, wantedLanguage });
  }

  /** A second touch takes an answer back. */
  tellFact(fact: string, answer: string): void {
    this.facts[fact] = this.facts[fact] === answer ? '' : answer;
  }

  stop(): void {
    this.interpreter.stop();
    this.card.stop();
    this.ownWords = '';
    this.facts = {};
  }
}
