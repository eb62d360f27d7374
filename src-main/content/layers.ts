import path from 'node:path';
import type { z } from 'zod';
import { ContentFiles, type PartlyRead } from './content-files.ts';
import type { Mend } from './parse-issues.ts';
import type { Problems } from './problems.ts';

/** One folder of content: what ships, or what a district lays over it. */
export interface Layer {
  readonly isShipped: boolean;
  readonly files: ContentFiles;
  /** Stands beside it and has words only. */
  readonly locales: ContentFiles;
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
}

/** What ships comes first: a district's is laid over it. */
export type Layers = readonly [Layer, ...Layer[]];

export function openLayers(places: ContentPlaces, problems: Problems): Layers {
  const shipped: Layer = {
    isShipped: true,
    files: new ContentFiles(places.contentDir, problems),
    locales: new ContentFiles(places.localesDir, problems),
  };
  const { districtDir } = places;
  if (districtDir === null || districtDir === undefined) return [shipped];
  const label = places.districtLabel ?? `${districtDir}/`;
  const district: Layer = {
    isShipped: false,
    files: new ContentFiles(districtDir, problems, { label, isPartial: true }),
    locales: new ContentFiles(path.join(districtDir, 'locales'), problems, {
      label: `${label}locales/`,
      isPartial: true,
    }),
  };
  return [shipped, district];
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
