import { createContext, untrack } from 'svelte';
import { formatDateTime, formatNumber, type DateTimeStyle } from './format.ts';
import { directionOf, type Language } from './languages.ts';
import { TextStore, type I18nOptions, type Texts, type Variables } from './text-store.ts';

/** `ns:key` to words. */
export type Translate = (key: string, variables?: Variables) => string;

/**
 * The texts of one window. `t` reads the runes inside, so a template that calls it is drawn again when the
 * language or a text changes, also after `const { t } = getI18n()`.
 */
export class I18n {
  #current = $state<Language>('da');
  /** Counts arrivals of texts, because i18next itself is not reactive. */
  #arrivals = $state(0);
  /** Words for who reads one thing at a time, wherever a key has some (`title_easy` beside `title`). */
  isEasy = $state(false);
  #wanted: Language = 'da';
  readonly #store: TextStore;
  readonly #isPart: boolean;

  constructor(options: I18nOptions = {}) {
    this.#store = new TextStore(options);
    this.#isPart = options.isPart === true;
  }

  /** The language on screen. */
  get language(): Language {
    return this.#current;
  }

  get dir(): 'ltr' | 'rtl' {
    return directionOf(this.#current);
  }

  /** Keys that were not there in the language asked for, as `language ns:key`, with how often. */
  get missing(): ReadonlyMap<string, number> {
    return this.#store.missing;
  }

  /** Words in the language on screen. */
  t: Translate = (key, variables) => this.#words(this.#current, key, variables);

  /** The same words in Danish, whatever is on screen. */
  tDanish: Translate = (key, variables) => this.#words('da', key, variables);

  /** A translator fixed to one language; fetch the language first with `loadLanguage`. */
  tIn = (language: Language): Translate => {
    return (key, variables) => this.#words(language, key, variables);
  };

  /** Whether a key has words of its own in a language (no fallback). */
  has = (key: string, language: Language = this.#current): boolean =>
    this.#arrivals >= 0 && this.#store.has(language, key);

  /** Whether a key has words of its own for easy reading. */
  hasEasy = (key: string): boolean => this.has(`${key}_easy`) || this.has(`${key}_easy`, 'da');

  /** Fetches a language without showing it. */
  loadLanguage = (language: Language): Promise<void> =>
    this.#store.load(language, () => this.#announceTexts());

  /** Loads, then switches: the old words stay until the new ones are here. Of two calls the last one wins. */
  useLanguage = async (language: Language): Promise<void> => {
    this.#wanted = language;
    await Promise.all([this.loadLanguage('da'), this.loadLanguage(language)]);
    if (this.#wanted !== language) return;
    this.#current = language;
    if (this.#isPart || typeof document === 'undefined') return;
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  };

  /** Texts that come from the kiosk and not from the bundle: content, gates, rights, receipt. */
  addServedTexts = (language: Language, namespace: string, texts: Texts): void => {
    this.#store.replace(language, namespace, texts);
    this.#announceTexts();
  };

  formatNumber = (value: number): string => formatNumber(this.#current, value);

  /** Station time; see DateTimeStyle. The last argument fixes another language than the one on screen. */
  formatDateTime = (
    value: Date | number | string,
    style: DateTimeStyle = 'dateTime',
    language: Language = this.#current,
  ): string => formatDateTime(language, value, style);

  /** Untracked, so that an effect may add texts without calling itself. */
  #announceTexts(): void {
    this.#arrivals = untrack(() => this.#arrivals) + 1;
  }

  #words(language: Language, key: string, variables?: Variables): string {
    if (this.#arrivals < 0) return '';
    return this.#store.words(language, key, this.isEasy ? { ...variables, context: 'easy' } : variables);
  }
}

/** The texts of one window, not yet loaded: call `useLanguage` before the first screen. */
export function createI18n(options: I18nOptions = {}): I18n {
  return new I18n(options);
}

const [get, set] = createContext<I18n>();

/** The texts of the window a component stands in. */
export const getI18n: () => I18n = get;

/** Called once by the root component of a window. */
export const setI18n: (i18n: I18n) => I18n = set;
