/** Where a key was pressed: in the field for slips, in another field for text, or anywhere else. */
export type KeyPlace = 'slip-field' | 'text-field' | 'page';

export interface KeyStroke {
  /** As the browser names it: `A`, `Enter`, `F5`. */
  readonly key: string;
  readonly atMs: number;
  /** The key is being held down. */
  readonly isRepeat: boolean;
  /** With Ctrl, Alt or the key of the system. */
  readonly isShortcut: boolean;
  readonly place: KeyPlace;
}

export type KeyAnswer =
  /** A person's key: the page does with it what it always does. */
  | { readonly kind: 'pass' }
  /** A reader's key that must reach nothing. */
  | { readonly kind: 'swallow' }
  /** A reader has typed this and ended it. */
  | { readonly kind: 'scanned'; readonly text: string };

/** Readers need 2 to 30 ms from key to key; nobody keeps this up. */
const gapMs = 50;
/** After so many signs it is a reader, whose line or radio may stop for a moment. */
const surely = 4;
const pauseMs = 200;
/** Fewer signs in a row may be two fingers that landed together. */
const shortest = 6;
/** Longer than any code of ours; what follows is not kept. */
const longest = 400;
const modifiers = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']);
const pass = { kind: 'pass' } as const;
const swallow = { kind: 'swallow' } as const;

/**
 * Tells a code reader, which plays a keyboard, from a person. What a reader types is data and nothing else: a code that a
 * stranger made may hold Tab and Enter, and would walk to a button and press it.
 */
export class ReaderKeys {
  #text = '';
  #lastMs = Number.NEGATIVE_INFINITY;
  /** The code has ended; what still comes without a pause is thrown away. */
  #isOver = false;

  press(stroke: KeyStroke): KeyAnswer {
    const { key, atMs, place } = stroke;
    if (stroke.isRepeat || modifiers.has(key)) return pass;
    const isFast = atMs - this.#lastMs <= (this.#text.length >= surely ? pauseMs : gapMs);
    this.#lastMs = atMs;
    if (!isFast) this.#start();
    if (place === 'text-field') {
      this.#start();
      return pass;
    }
    const isSign = Array.from(key).length === 1 && !stroke.isShortcut;
    if (isSign) return this.#take(key, isFast && place === 'page');
    return isFast ? this.#end(key, place) : pass;
  }

  #start(): void {
    this.#text = '';
    this.#isOver = false;
  }

  /** Outside a field a space presses what has the focus. */
  #take(sign: string, isReaderOnPage: boolean): KeyAnswer {
    if (this.#isOver) return swallow;
    if (this.#text.length < longest) this.#text += sign;
    return isReaderOnPage ? swallow : pass;
  }

  #end(key: string, place: KeyPlace): KeyAnswer {
    if (this.#isOver) return swallow;
    const text = this.#text;
    const isCode = text.length >= shortest;
    if (isCode && (key === 'Enter' || key === 'Tab')) {
      this.#isOver = true;
      this.#text = '';
      return { kind: 'scanned', text };
    }
    // In the field a quick hand may press Enter or Backspace right behind a digit.
    return place === 'slip-field' && !isCode ? pass : swallow;
  }
}
