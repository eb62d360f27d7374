import { textTreeSchema, type ServedTexts, type TextTree } from '../contract/content.ts';
import { languages, type Language } from '../contract/ids.ts';
import type { Layer, Layers } from './layers.ts';

export type Namespace = keyof ServedTexts['texts'];
export const namespaces = ['content', 'gates', 'rights'] as const;

/** The texts of one language; null where there is none or it could not be read. */
export type ReadTexts = Readonly<Record<Namespace, TextTree | null>>;
export type Texts = Readonly<Record<Namespace, TextTree>>;

export interface LayerTexts {
  readonly layer: Layer;
  readonly read: ReadonlyMap<Language, ReadTexts>;
}

/** How a sentence names the file of these words. */
export function textsFile(layer: Layer, language: Language, namespace: Namespace): string {
  return layer.locales.named(`${language}/${namespace}.json`);
}

async function readLayer(layer: Layer): Promise<LayerTexts> {
  const read = new Map<Language, Record<Namespace, TextTree | null>>();
  const danish: Record<Namespace, TextTree | null> = { content: null, gates: null, rights: null };
  for (const language of languages) {
    const texts = language === 'da' ? danish : { content: null, gates: null, rights: null };
    for (const namespace of namespaces) {
      // The gates stand before everything: their words are the same in every district.
      if (!layer.isShipped && namespace === 'gates') continue;
      // What a district says in Danish it says in every language it writes.
      const isOptional =
        !layer.isShipped &&
        (language === 'da' || danish[namespace] === null || !layer.languages.includes(language));
      texts[namespace] = await layer.locales.json(
        `${language}/${namespace}.json`,
        textTreeSchema,
        isOptional,
      );
    }
    read.set(language, texts);
  }
  return { layer, read };
}

export async function readTexts(layers: Layers): Promise<LayerTexts[]> {
  const texts: LayerTexts[] = [];
  for (const layer of layers) texts.push(await readLayer(layer));
  return texts;
}

/** A key with this ending says the same as the key without it, for who reads one thing at a time. */
const easyEnding = '_easy';

/** Words of `over` in place of those of `base`; easy words of `base` would say what `over` has replaced. */
function laidOver(base: TextTree, over: TextTree): TextTree {
  const laid: TextTree = Object.fromEntries(
    Object.entries(base).filter(
      ([key]) => !key.endsWith(easyEnding) || over[key.slice(0, -easyEnding.length)] === undefined,
    ),
  );
  for (const [key, value] of Object.entries(over)) {
    const under = base[key];
    const areTrees = typeof value !== 'string' && typeof under === 'object';
    laid[key] = areTrees ? laidOver(under, value) : value;
  }
  return laid;
}

/** All layers' words of one language, as they would be without a mistake. */
export function mergedTexts(layers: readonly LayerTexts[], language: Language): Texts {
  const merge = (namespace: Namespace): TextTree =>
    layers.reduce<TextTree>((base, { read }) => laidOver(base, read.get(language)?.[namespace] ?? {}), {});
  return { content: merge('content'), gates: merge('gates'), rights: merge('rights') };
}

const isBlank = (words: string | TextTree | undefined): boolean =>
  typeof words !== 'string' || words.trim() === '';

/** A language's own words, and for those it lacks the Danish ones behind a mark that says so. */
export function withDanish(danish: TextTree, own: TextTree, mark: string): TextTree {
  const whole: TextTree = { ...own };
  for (const [key, words] of Object.entries(danish)) {
    const found = own[key];
    if (typeof words !== 'string')
      whole[key] = withDanish(words, typeof found === 'object' ? found : {}, mark);
    // Isolated left to right: Danish words between Arabic ones keep their order.
    // Without easy words a language says its own.
    else if (key.endsWith(easyEnding)) continue;
    else if (isBlank(found)) whole[key] = `${mark} \u2066${words}\u2069`.trim();
  }
  return whole;
}
