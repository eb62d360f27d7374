import type { TextTree } from '../contract/content.ts';
import { languages, type Language } from '../contract/ids.ts';
import { textAt } from '../domain/text-tree.ts';
import type { Layer } from './layers.ts';
import { keysOf, type Key } from './needed-keys.ts';
import type { Problems } from './problems.ts';
import {
  mergedTexts,
  namespaces,
  textsFile,
  withDanish,
  type LayerTexts,
  type Namespace,
  type Texts,
} from './read-texts.ts';

/** Stands before Danish words in a language that lacks its own. */
const onlyInDanish = 'content:onlyInDanish';

function parts(key: Key): { readonly namespace: Namespace; readonly place: string } {
  const at = key.indexOf(':');
  return {
    namespace: namespaces.find((each) => each === key.slice(0, at)) ?? 'content',
    place: key.slice(at + 1),
  };
}

const wordsAt = (texts: Texts | undefined, key: Key): string => {
  const { namespace, place } = parts(key);
  return texts === undefined ? '' : (textAt(texts[namespace], place) ?? '');
};

/** The words of all layers: which are missing, and what is said instead. */
export class Words {
  readonly #layers: readonly LayerTexts[];
  readonly #problems: Problems;
  readonly #merged: ReadonlyMap<Language, Texts>;
  readonly #needed: { readonly layer: Layer; readonly keys: readonly Key[] }[] = [];

  constructor(layers: readonly LayerTexts[], problems: Problems) {
    this.#layers = layers;
    this.#problems = problems;
    this.#merged = new Map(languages.map((language) => [language, mergedTexts(layers, language)]));
  }

  /** What one language says, of all layers; empty where it says nothing. */
  own(language: Language, namespace: Namespace, place: string): string {
    return wordsAt(this.#merged.get(language), `${namespace}:${place}`);
  }

  fileOf(layer: Layer, language: Language, namespace: Namespace): string {
    return textsFile(layer, language, namespace);
  }

  /** Without Danish words a thing of content cannot be shown to anybody. */
  checkDanish(layer: Layer, keys: readonly Key[]): void {
    this.#check('da', layer, keys);
  }

  /** What will be shown needs words in every language; see `checkTranslations`. */
  need(layer: Layer, keys: readonly Key[]): void {
    this.#needed.push({ layer, keys });
  }

  /** Names what a language lacks, of all that is needed and of what may be there or not. */
  checkTranslations(): void {
    for (const language of languages)
      if (language !== 'da') for (const { layer, keys } of this.#needed) this.#check(language, layer, keys);
    const needed = new Set<string>(this.#needed.flatMap(({ keys }) => keys));
    for (const layer of this.#layers) this.#checkSameKeys(layer, needed);
  }

  /** What is said in each language: nobody reads a gap, and who reads Danish is told why. */
  served(): ReadonlyMap<Language, Texts> {
    const danish = this.#merged.get('da');
    if (danish === undefined) throw new Error('Danish is not among the languages');
    return new Map(
      [...this.#merged].map(([language, own]) => {
        if (language === 'da') return [language, own];
        const mark = wordsAt(own, onlyInDanish);
        const whole = (namespace: Namespace): TextTree => withDanish(danish[namespace], own[namespace], mark);
        return [language, { content: whole('content'), gates: whole('gates'), rights: whole('rights') }];
      }),
    );
  }

  #check(language: Language, layer: Layer, keys: readonly Key[]): void {
    const read = this.#layers.find((each) => each.layer === layer)?.read;
    for (const key of keys) {
      const { namespace, place } = parts(key);
      // A file that could not be read was named once; its keys are not named again. A district that says nothing in Danish
      // was never asked for the file.
      const wasAsked = layer.isShipped || read?.get('da')?.[namespace] !== null;
      if (wasAsked && read?.get(language)?.[namespace] === null) continue;
      if (wordsAt(this.#merged.get(language), key).trim() === '')
        this.#problems.add(
          textsFile(layer, language, namespace),
          place,
          'expected words for this id of content',
        );
    }
  }

  /** A hint, a help or a why is there in every language or in none: never blank for one visitor alone. */
  #checkSameKeys({ layer, read }: LayerTexts, needed: ReadonlySet<string>): void {
    for (const language of languages) {
      for (const namespace of namespaces) {
        const [danish, own] = [read.get('da')?.[namespace], read.get(language)?.[namespace]];
        if (!danish || !own) continue;
        const file = textsFile(layer, language, namespace);
        // What an id of content needs was missed already, by its own name.
        const missing = (from: TextTree, among: TextTree): string[] => {
          const keys = new Set(keysOf(among));
          return keysOf(from).filter((key) => !keys.has(key) && !needed.has(`${namespace}:${key}`));
        };
        for (const key of missing(danish, own)) this.#problems.add(file, key, 'expected words, as in Danish');
        for (const key of missing(own, danish))
          this.#problems.add(file, key, 'expected the same words in Danish');
      }
    }
  }
}
