import i18next, { type i18n as I18next } from 'i18next';
import { languages, type Language } from './languages.ts';

/** A tree of texts, as in resources/locales. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

export type Variables = Readonly<Record<string, string | number>>;

/** Fetches one bundled namespace; undefined when there is no such file. */
export type LoadTexts = (language: Language, namespace: string) => Promise<Texts | undefined>;

export interface I18nOptions {
  /** Bundled namespaces this app needs; `ui` always comes along. */
  readonly namespaces?: readonly string[];
  readonly load?: LoadTexts;
  /** Of a part of the page: the page keeps its own language and direction. */
  readonly isPart?: boolean;
  /** Told once per key that had to fall back to Danish, or was in no language at all. */
  readonly onMissing?: (key: string, language: Language) => void;
}

const files = import.meta.glob<Texts>('../../resources/locales/*/{ui,safety,visitor,desk,district}.json', {
  import: 'default',
});
/* What a language is called in itself: part of the program, for nobody can be asked to wait for the name of their own. */
const tiles = import.meta.glob<Texts>('../../resources/locales/*/tile.json', {
  import: 'default',
  eager: true,
});

const loadBundled: LoadTexts = async (language, namespace) =>
  files[`../../resources/locales/${language}/${namespace}.json`]?.();

/** The texts themselves: i18next knows plurals and interpolation, this knows what to do when a text is not there. */
export class TextStore {
  readonly #engine: I18next = i18next.createInstance();
  readonly #namespaces: readonly string[];
  readonly #load: LoadTexts;
  readonly #onMissing: ((key: string, language: Language) => void) | undefined;
  readonly #loads = new Map<Language, Promise<void>>();
  readonly #missing = new Map<string, number>();

  constructor(options: I18nOptions) {
    this.#namespaces = [...new Set(['ui', ...(options.namespaces ?? [])])];
    this.#load = options.load ?? loadBundled;
    this.#onMissing = options.onMissing;
    void this.#engine.init({
      lng: 'da',
      fallbackLng: false,
      resources: {},
      ns: [...this.#namespaces],
      initAsync: false,
      interpolation: { escapeValue: false },
    });
    for (const language of languages)
      this.add(language, 'tile', tiles[`../../resources/locales/${language}/tile.json`] ?? {});
  }

  /** Keys that were not there in the language asked for, as `language ns:key`, with how often. */
  get missing(): ReadonlyMap<string, number> {
    return this.#missing;
  }

  has(language: Language, key: string, variables?: Variables): boolean {
    // A count asks for a plural form; `exists` must be told it to find the right one.
    return this.#engine.exists(key, { ...variables, lng: language });
  }

  add(language: Language, namespace: string, texts: Texts): void {
    this.#engine.addResourceBundle(language, namespace, texts, true, true);
  }

  /** Instead of what was there: a word that is gone is gone. */
  replace(language: Language, namespace: string, texts: Texts): void {
    this.#engine.removeResourceBundle(language, namespace);
    this.add(language, namespace, texts);
  }

  /** Repeated calls share one fetch; a failed one is tried again by the next call. */
  load(language: Language, onArrival: () => void): Promise<void> {
    const running = this.#loads.get(language);
    if (running) return running;
    const started = this.#fetch(language, onArrival).catch((error: unknown) => {
      this.#loads.delete(language);
      throw error;
    });
    this.#loads.set(language, started);
    return started;
  }

  /** Words in the language, else in Danish, else a sentence that sends the reader to the staff: never a bare key. */
  words(language: Language, key: string, variables?: Variables): string {
    for (const candidate of language === 'da' ? ['da' as const] : [language, 'da' as const]) {
      if (this.has(candidate, key, variables)) {
        return this.#engine.getFixedT(candidate)(key, { ...variables });
      }
      this.#countMissing(candidate, key);
    }
    const sorry = 'ui:missingText';
    return this.has(language, sorry) ? this.#engine.getFixedT(language)(sorry) : '';
  }

  async #fetch(language: Language, onArrival: () => void): Promise<void> {
    await Promise.all(
      this.#namespaces.map(async (namespace) => {
        const texts = await this.#load(language, namespace);
        if (texts) this.add(language, namespace, texts);
      }),
    );
    onArrival();
  }

  #countMissing(language: Language, key: string): void {
    const id = `${language} ${key}`;
    const before = this.#missing.get(id) ?? 0;
    this.#missing.set(id, before + 1);
    if (before === 0) this.#onMissing?.(key, language);
  }
}
