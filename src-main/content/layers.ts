import path from 'node:path';
import type { z } from 'zod';
import { languages, type Language } from '../contract/ids.ts';
import { ContentFiles, type PartlyRead } from './content-files.ts';
import { folderSource, memorySource } from './content-source.ts';
import type { Mend } from './parse-issues.ts';
import type { Problems } from './problems.ts';

/** One state of content: what ships, or what a district lays over it. */
export interface Layer {
  readonly isShipped: boolean;
  /** Those it has words in; in the others Danish is said, behind its mark, and nothing is missing. */
  readonly languages: readonly Language[];
  /** The district whose content it is, where somebody knows: it tells hours of its own stations only. */
  readonly districtId: string | null;
  readonly files: ContentFiles;
  /** Stands beside it and has words only. */
  readonly locales: ContentFiles;
}

/** What a district signed and sent, checked and in memory. */
export interface PackagedContent {
  readonly districtId: string;
  /** How its files are named in sentences. */
  readonly label: string;
  readonly languages: readonly Language[];
  /** Laid out like a district's folder. */
  readonly files: ReadonlyMap<string, string>;
}

export interface ContentPlaces {
  /** Laid out like resources/content. */
  readonly contentDir: string;
  /** Laid out like resources/locales. */
  readonly localesDir: string;
  /** What a district adds: laid out like resources/content/dk, with its words in a folder `locales`. */
  readonly districtDir?: string | null;
  /** How a district's files are named in sentences: by their place on the disk, unless whoever asks knows the folder. */
  readonly districtLabel?: string;
  /** All, unless whoever asks says that the folder has words in fewer. */
  readonly districtLanguages?: readonly Language[];
  /** Laid over both: what the district sent last is what it says now. */
  readonly packaged?: PackagedContent | null;
}

/** What ships comes first: a district's is laid over it. */
export type Layers = readonly [Layer, ...Layer[]];

export function openLayers(places: ContentPlaces, problems: Problems): Layers {
  const shipped: Layer = {
    isShipped: true,
    languages,
    districtId: null,
    files: new ContentFiles(folderSource(places.contentDir), problems),
    locales: new ContentFiles(folderSource(places.localesDir), problems),
  };
  const { districtDir, packaged } = places;
  const over: Layer[] = [];
  if (districtDir !== null && districtDir !== undefined)
    over.push(folderLayer(districtDir, places, problems));
  if (packaged !== null && packaged !== undefined) over.push(packagedLayer(packaged, problems));
  return [shipped, ...over];
}

function folderLayer(
  folder: string,
  { districtLabel, districtLanguages }: ContentPlaces,
  problems: Problems,
): Layer {
  const label = districtLabel ?? `${folder}/`;
  const locales = { label: `${label}locales/`, isPartial: true };
  return {
    isShipped: false,
    languages: districtLanguages ?? languages,
    districtId: null,
    files: new ContentFiles(folderSource(folder), problems, { label, isPartial: true }),
    locales: new ContentFiles(folderSource(path.join(folder, 'locales')), problems, locales),
  };
}

function packagedLayer(
  { districtId, label, languages: of, files }: PackagedContent,
  problems: Problems,
): Layer {
  const locales = { label: `${label}locales/`, isPartial: true };
  return {
    isShipped: false,
    languages: of,
    districtId,
    files: new ContentFiles(memorySource(files), problems, { label, isPartial: true }),
    locales: new ContentFiles(memorySource(files, 'locales/'), problems, locales),
  };
}

export function versionOf(layers: Layers): string {
  return layers.map(({ files, locales }) => `${files.version()}-${locales.version()}`).join('-');
}

/** What ships stands in the folder of its country; a district's folder is that folder. */
export function fileIn(layer: Layer, name: string): string {
  return layer.isShipped ? `dk/${name}` : name;
}

/** One thing of a list of content. */
export interface Entry<T> {
  readonly id: string;
  readonly value: T;
  /** As sentences name it. */
  readonly file: string;
  readonly layer: Layer;
}

/** All of one kind, of every layer, that could be read; nothing is held against anything else yet. */
export interface Kind<T> {
  readonly entries: readonly Entry<T>[];
  /** The name of the list in its file. */
  readonly list: string;
  /** Otherwise something was left out already, and nobody knows what it was called. */
  readonly isWhole: boolean;
}

export interface LayerFile<F> extends PartlyRead<F> {
  readonly layer: Layer;
  readonly file: string;
}

/**
 * The files of one name, each as far as it is right.
 * @param options `partly`: what a district's file looks like, where it need not have everything. `mend`: see `Mend`.
 */
export async function readInLayers<F>(
  layers: Layers,
  name: string,
  schema: z.ZodType<F>,
  { partly = schema, mend }: { readonly partly?: z.ZodType<F>; readonly mend?: Mend } = {},
): Promise<LayerFile<F>[]> {
  const files: LayerFile<F>[] = [];
  for (const layer of layers) {
    const file = fileIn(layer, name);
    const read = await layer.files.entries(file, layer.isShipped ? schema : partly, mend);
    files.push({ ...read, layer, file: layer.files.named(file) });
  }
  return files;
}

/** One list of such files, as entries. */
export function kindOf<F, T>(
  files: readonly LayerFile<F>[],
  list: string,
  pick: (file: F) => readonly T[],
  idOf: (value: T) => string,
): Kind<T> {
  return {
    list,
    isWhole: files.every(({ isWhole }) => isWhole),
    entries: files.flatMap(({ read, file, layer }) =>
      (read === null ? [] : pick(read)).map((value) => ({ id: idOf(value), value, file, layer })),
    ),
  };
}

/**
 * Of each id the latest entry that a check finds nothing against: where a district's is wrong, what ships stays.
 * The entries keep the order in which their ids were first met.
 */
export function standing<T>(
  { entries, list }: Kind<T>,
  problems: Problems,
  check: (entry: Entry<T>) => void,
): Entry<T>[] {
  const ids = new Set(entries.map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const same = entries.filter((entry) => entry.id === id);
    const once = same.filter(({ layer }, at) => same.findIndex((other) => other.layer === layer) === at);
    for (const { file } of same.filter((entry) => !once.includes(entry)))
      problems.add(file, list, `expected "${id}" only once`);
    return once.toReversed().find((entry) => problems.areNone(() => check(entry))) ?? [];
  });
}
