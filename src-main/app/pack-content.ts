import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { readPackageFile } from '../adapters/content-store.ts';
import { readIfThere, writePrivate } from '../adapters/private-files.ts';
import { isNote } from '../content/content-files.ts';
import { localInstant } from '../content/local-instant.ts';
import { mostPackageBytes, type PackageClaims, type PackageProblem } from '../contract/content-package.ts';
import { kioskIdSchema, languages, type KioskId, type Language } from '../contract/ids.ts';
import type { ContentPublicKey, ContentSigningKey } from '../contract/keys.ts';
import { makePackage, openPackage, type OpenedPackage } from '../sealing/content-package.ts';
import { parseContentPublicKey, parseContentSigningKey } from '../sealing/key-files.ts';
import { makeContentKey } from '../sealing/make-keys.ts';
import { ConfigError } from './config-error.ts';
import { inspectFolder } from './content-folder.ts';
import { loadShipped } from './content-tools.ts';
import { readKeyFile } from './key-store.ts';

const privateFile = (folder: string): string => join(folder, 'content.private.jwk.json');
const publicName = /^([a-z0-9-]{1,40})\.content\.jwk\.json$/;

/** Makes the key with which a district signs content; answers the file that goes to the kiosks. Never overwrites. */
export async function makeContentKeyFiles(folder: string, districtId: string): Promise<string> {
  if (!/^[a-z0-9-]{1,40}$/.test(districtId))
    throw new ConfigError(`--district ${districtId}: expected small letters, digits and hyphens.`);
  if ((await readIfThere(privateFile(folder))) !== null)
    throw new ConfigError(`${privateFile(folder)}: there is a key already; it is not overwritten.`);
  const key = await makeContentKey();
  const publicFile = join(folder, `${districtId}.content.jwk.json`);
  await writePrivate(publicFile, key.publicText);
  await writePrivate(privateFile(folder), key.privateText);
  return publicFile;
}

/** The public content keys in a folder of keys, by the id of their district. */
export async function readContentKeysOf(folder: string): Promise<ReadonlyMap<string, ContentPublicKey>> {
  const keys = new Map<string, ContentPublicKey>();
  for (const name of (await readdir(folder)).toSorted()) {
    const districtId = publicName.exec(name)?.[1];
    if (districtId !== undefined)
      keys.set(districtId, await readKeyFile(join(folder, name), parseContentPublicKey));
  }
  return keys;
}

async function readSigner(folder: string): Promise<{ key: ContentSigningKey; districtId: string }> {
  const key = await readKeyFile(privateFile(folder), parseContentSigningKey);
  const [found] = [...(await readContentKeysOf(folder))].filter(([, known]) => known.kid === key.kid);
  if (found === undefined)
    throw new ConfigError(
      `${folder}: expected the public half of content.private.jwk.json, named DISTRICT.content.jwk.json.`,
    );
  return { key, districtId: found[0] };
}

export interface PackRequest {
  /** A district's folder, or an older package whose content is to come back. */
  readonly from: string;
  readonly keys: string;
  readonly version: number;
  readonly activateAt: string | null;
  readonly kiosks: readonly KioskId[] | null;
  readonly languages: readonly Language[];
}

export type Packed =
  | { readonly kind: 'packed'; readonly text: string; readonly claims: PackageClaims }
  | { readonly kind: 'mistakes'; readonly sentences: readonly string[] };

/**
 * Packs and signs what a district's folder holds, once `content check` finds nothing in it.
 * @throws ConfigError for a folder, a key, a time or a kiosk that does not do.
 */
export async function packContent(request: PackRequest): Promise<Packed> {
  const { key, districtId } = await readSigner(request.keys);
  const number = await numberOf(districtId);
  checkRequest(request, number);
  const source = await readSource(request, key);
  if ('sentences' in source) return { kind: 'mistakes', sentences: source.sentences };
  const { version, activateAt, kiosks } = request;
  const said = {
    ...{ district: { id: districtId, number }, version, activateAt },
    kiosks: kiosks === null ? null : [...kiosks],
    languages: [...source.languages],
  };
  const text = await pack(() => makePackage(said, source.files, key));
  const opening = await openPackage(Buffer.from(text), [publicHalf(key)]);
  if (!opening.ok)
    throw new ConfigError(
      `${request.from}: ${String(text.length)} bytes; expected at most ${String(mostPackageBytes)} in one package.`,
    );
  return { kind: 'packed', text, claims: opening.opened.claims };
}

async function pack(make: () => Promise<string>): Promise<string> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    throw new ConfigError(`the package: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'refused'}.`);
  }
}

const publicHalf = ({ d: _, ...key }: ContentSigningKey): ContentPublicKey => key;

async function numberOf(districtId: string): Promise<string> {
  const { library } = await loadShipped();
  const district = library.district(districtId);
  if (district === null)
    throw new ConfigError(`"${districtId}" is no district of content; the key is named after its district.`);
  return district.number;
}

function checkRequest({ activateAt, kiosks }: PackRequest, number: string): void {
  if (activateAt !== null && localInstant(activateAt) === null)
    throw new ConfigError(`--activate-at ${activateAt}: expected a local time such as 2027-03-25T06:00.`);
  const foreign = kiosks?.find((kiosk) => !kiosk.startsWith(`${number}-`));
  if (foreign !== undefined)
    throw new ConfigError(`--kiosks ${foreign}: expected kiosks of the district itself, ${number}-NNN.`);
}

/** `01-120,01-130..01-139`: kiosks and runs of them. */
export function readKiosks(typed: string): readonly KioskId[] {
  const one = (part: string): KioskId => {
    const parsed = kioskIdSchema.safeParse(part);
    if (parsed.success) return parsed.data;
    throw new ConfigError(`--kiosks ${typed}: expected 01-120,01-121 or a run such as 01-130..01-139.`);
  };
  return typed.split(',').flatMap((part) => {
    const [first = '', last] = part.trim().split('..');
    const from = one(first);
    if (last === undefined) return [from];
    const to = one(last);
    const count = Number(to.slice(3)) - Number(from.slice(3)) + 1;
    if (count < 1 || to.slice(0, 3) !== from.slice(0, 3)) one('');
    return Array.from({ length: count }, (_, n) =>
      one(`${from.slice(0, 3)}${String(Number(from.slice(3)) + n).padStart(3, '0')}`),
    );
  });
}

interface Source {
  readonly files: ReadonlyMap<string, string>;
  readonly languages: readonly Language[];
}

async function readSource(
  { from, languages: own }: PackRequest,
  key: ContentSigningKey,
): Promise<Source | { readonly sentences: readonly string[] }> {
  const older = await readOlder(from, key);
  // It was looked over when it was made; the kiosks look it over again.
  if (older !== null) return { files: older.files, languages: older.claims.languages };
  const { problems } = await inspectFolder(from, { languages: own });
  if (problems.length > 0) return { sentences: problems.map(({ message }) => message) };
  const files = await readFolder(from);
  if (files.size === 0) throw new ConfigError(`${from}: expected files of content, found none.`);
  return { files, languages: own };
}

/** Null for a folder. */
async function readOlder(from: string, key: ContentSigningKey): Promise<OpenedPackage | null> {
  const bytes = await readPackageFile(from).catch(() => null);
  if (bytes === null) return null;
  const opening = await openPackage(bytes, [publicHalf(key)]);
  if (opening.ok) return opening.opened;
  throw new ConfigError(
    `${from}: expected a folder of content, or a package that this key signed (${opening.problem}).`,
  );
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const name = relative(folder, file).replaceAll('\\', '/');
    if (entry.isFile() && !isNote(name)) files.set(name, await readFile(file, 'utf8'));
    else if (entry.isSymbolicLink()) throw new ConfigError(`${file}: expected a file; a link is not packed.`);
  }
  return files;
}

/** All, unless told otherwise. */
export const allLanguages: readonly Language[] = languages;

export type PackageReading =
  | { readonly kind: 'read'; readonly opened: OpenedPackage }
  | { readonly kind: 'refused'; readonly problem: PackageProblem };

/** A package that is to be published: signed by a content key of the folder of keys. */
export async function readPackageOf(file: string, keysFolder: string): Promise<PackageReading> {
  const bytes = await readPackageFile(file).catch(() => null);
  if (bytes === null) throw new ConfigError(`${file}: expected a file that can be read.`);
  const keys = await readContentKeysOf(keysFolder);
  const opening = await openPackage(bytes, [...keys.values()]);
  if (!opening.ok) return { kind: 'refused', problem: opening.problem };
  const own = keys.get(opening.opened.claims.district.id);
  // Signed by another district whose key lies here too.
  const header = own === undefined ? null : await openPackage(bytes, [own]);
  return header?.ok === true
    ? { kind: 'read', opened: opening.opened }
    : { kind: 'refused', problem: 'unknown-signer' };
}
