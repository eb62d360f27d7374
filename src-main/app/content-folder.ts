import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createSystemClock } from '../adapters/clock.ts';
import { inspectContent, type InspectedContent } from '../content/inspect-content.ts';
import { contentJsonSchema } from '../content/json-schema.ts';
import type { ContentPlaces } from '../content/layers.ts';
import { languages, type Language } from '../contract/ids.ts';
import { localDate } from '../domain/local-time.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { walkReportType, type Branch } from '../domain/walk-report-type.ts';
import { programRoot, type Preview } from './config.ts';
import { ConfigError } from './config-error.ts';

export type { Branch, InspectedContent };
export { contentJsonSchema };

/** Only for what day it is: nothing here is older than the program. */
const clock = createSystemClock(new Date(0));

/** The words beside or in a folder of content; those that ship where it brings none. */
function localesOf(contentDir: string, shippedDir: string): string {
  const own = [join(contentDir, 'locales'), join(dirname(contentDir), 'locales')];
  return own.find((dir) => existsSync(join(dir, 'da', 'content.json'))) ?? join(shippedDir, 'locales');
}

const isFolder = (dir: string): boolean => statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * What somebody who edits content has in a folder: all of it, or what a district lays over it.
 * @throws ConfigError when there is no such folder.
 */
function placesOf(dir: string | null, own?: readonly Language[]): ContentPlaces {
  const shippedDir = join(programRoot(), 'resources');
  const shipped = { contentDir: join(shippedDir, 'content'), localesDir: join(shippedDir, 'locales') };
  if (dir === null) return shipped;
  const folder = resolve(dir);
  if (!isFolder(folder))
    throw new ConfigError(
      `${folder}: expected a folder laid out like resources/content, or like resources/content/dk for a district.`,
    );
  if (isFolder(join(folder, 'dk'))) return { contentDir: folder, localesDir: localesOf(folder, shippedDir) };
  const written = own === undefined ? {} : { districtLanguages: own };
  return { ...shipped, districtDir: folder, districtLabel: '', ...written };
}

function inspect(places: ContentPlaces, today: string): Promise<InspectedContent> {
  const isDemonstration = existsSync(join(places.contentDir, 'demonstration'));
  return inspectContent({ ...places, today, isDemonstration });
}

export interface InspectOptions {
  /** The local date to judge review dates by, today by default. */
  readonly on?: string | null;
  /** Those a district's folder has words in, all by default; in the others its words are said in Danish. */
  readonly languages?: readonly Language[];
}

/**
 * Every mistake in a folder of content, by default in what ships. Of a district's folder only its own are told.
 * @throws ConfigError when there is no such folder or date.
 */
export async function inspectFolder(
  dir: string | null,
  { on, languages: own }: InspectOptions = {},
): Promise<InspectedContent> {
  const places = placesOf(dir, own);
  const today = on ?? localDate(clock.now());
  if (!isCalendarDate(today)) throw new ConfigError(`--on ${today}: expected a date such as 2027-03-25.`);
  const inspected = await inspect(places, today);
  if (places.districtDir === undefined) return inspected;
  return { ...inspected, problems: await ownProblems(inspected, places, today) };
}

/** What a district is told: not what is wrong with what ships. */
async function ownProblems(
  { problems }: InspectedContent,
  { contentDir, localesDir }: ContentPlaces,
  today: string,
): Promise<InspectedContent['problems']> {
  const shipped = await inspect({ contentDir, localesDir }, today);
  const known = new Set(shipped.problems.map(({ message }) => message));
  return problems.filter(({ message }) => !known.has(message));
}

/** Danish is always among them: it is what everybody else is told it in. */
export function readLanguages(typed: string): readonly Language[] {
  const named = typed.split(',').map((part) => part.trim());
  const unknown = named.find((one) => !languages.some((language) => language === one));
  if (unknown !== undefined || !named.includes('da'))
    throw new ConfigError(
      `--languages ${typed}: expected some of ${languages.join(',')} with commas between them, da among them.`,
    );
  return languages.filter((language) => named.includes(language));
}

export type Walk =
  | { readonly kind: 'walked'; readonly branches: readonly Branch[]; readonly isComplete: boolean }
  | { readonly kind: 'unknown-type'; readonly types: readonly string[] }
  | { readonly kind: 'mistakes'; readonly sentences: readonly string[] };

/** Why a type is not offered, or null when it is. */
function whyNotOffered(
  { types, leftOut, problems }: InspectedContent,
  typeId: string,
): Exclude<Walk, { kind: 'walked' }> | null {
  if (types.some(({ id }) => id === typeId)) return null;
  if (!leftOut.includes(typeId)) return { kind: 'unknown-type', types: types.map(({ id }) => id) };
  const own = problems.filter(
    ({ file, place }) => isFileOf(file, typeId) || place.startsWith(`type.${typeId}.`),
  );
  // What it shares with others can be wrong in another file.
  return { kind: 'mistakes', sentences: (own.length > 0 ? own : problems).map(({ message }) => message) };
}

const isFileOf = (file: string, typeId: string): boolean => file.endsWith(`report-types/${typeId}.json`);

/** Every branch of a type, unless its file has mistakes: then nobody could walk it. Words may still be missing. */
export async function walkType(dir: string | null, typeId: string): Promise<Walk> {
  const inspected = await inspectFolder(dir);
  const hasMistakes = inspected.problems.some(({ file }) => isFileOf(file, typeId));
  const walkable = [...inspected.types, ...(hasMistakes ? [] : inspected.readable)];
  const type = walkable.find(({ id }) => id === typeId);
  if (type !== undefined) return { kind: 'walked', ...walkReportType(type) };
  return whyNotOffered(inspected, typeId) ?? { kind: 'unknown-type', types: walkable.map(({ id }) => id) };
}

export type PreparedPreview =
  { readonly kind: 'ready'; readonly preview: Preview } | Exclude<Walk, { kind: 'walked' }>;

/**
 * What a kiosk needs to show a folder of content, from one type on or from its first screen.
 * @throws ConfigError when the folder holds nothing that a demonstration can show.
 */
export async function preparePreview(dir: string | null, typeId: string | null): Promise<PreparedPreview> {
  const places = placesOf(dir);
  const inspected = await inspectFolder(dir);
  if (inspected.stop !== null) throw new ConfigError(inspected.stop.message);
  if (!existsSync(join(places.contentDir, 'demonstration')))
    throw new ConfigError(
      `${places.contentDir}: expected a folder "demonstration" with the invented station, as in resources/content.`,
    );
  const why = typeId === null ? null : whyNotOffered(inspected, typeId);
  if (why !== null) return why;
  return { kind: 'ready', preview: { content: places, typeId } };
}
