import { createHash } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose';
import { z } from 'zod';
import {
  mostPackageBytes,
  packageClaimsSchema,
  packageFileSchema,
  type PackageClaims,
  type PackageProblem,
} from '../contract/content-package.ts';
import type { ContentPublicKey, ContentSigningKey } from '../contract/keys.ts';

/** Stands in the signed header: nothing else that this key may sign one day passes for a package. */
const kindOfSignature = 'skranke-content';

export interface OpenedPackage {
  readonly claims: PackageClaims;
  readonly files: ReadonlyMap<string, string>;
  /** The file as it came. */
  readonly bytes: Uint8Array;
}

export type PackageOpening =
  | { readonly ok: true; readonly opened: OpenedPackage }
  | {
      readonly ok: false;
      readonly problem: Extract<
        PackageProblem,
        'not-a-package' | 'too-large' | 'newer-format' | 'unknown-signer' | 'altered'
      >;
    };

const refuse = (problem: Extract<PackageOpening, { ok: false }>['problem']): PackageOpening => ({
  ok: false,
  problem,
});

const inOrder = (files: ReadonlyMap<string, string>): (readonly [string, string])[] =>
  [...files].toSorted(([one], [other]) => (one < other ? -1 : 1));

/** One text for one content: what is not written like this is not what was signed. */
function writePackage(manifest: string, files: ReadonlyMap<string, string>): string {
  return `${JSON.stringify({ manifest, files: Object.fromEntries(inOrder(files)) })}\n`;
}

function describeFiles(files: ReadonlyMap<string, string>): PackageClaims['files'] {
  return inOrder(files).map(([path, text]) => ({
    path,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  }));
}

/** The signed claims in one order of keys: the same content has the same claims, byte for byte. */
function claimsText(claims: PackageClaims): string {
  const { kind, format, district, version, activateAt, kiosks, languages, files } = claims;
  const { id, number } = district;
  return JSON.stringify({
    ...{ kind, format, district: { id, number }, version, activateAt, kiosks, languages },
    files: files.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
  });
}

/**
 * Packs and signs. All but the signature follows from what goes in.
 * @throws ZodError for a name or a size that no package may have.
 */
export async function makePackage(
  said: Omit<PackageClaims, 'kind' | 'format' | 'files'>,
  files: ReadonlyMap<string, string>,
  key: ContentSigningKey,
): Promise<string> {
  const claims = packageClaimsSchema.parse({
    ...said,
    kind: 'skranke-content',
    format: 1,
    files: describeFiles(files),
  });
  const manifest = await new CompactSign(Buffer.from(claimsText(claims)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: kindOfSignature })
    .sign(await importJWK({ ...key, alg: 'ES256' }));
  return writePackage(manifest, files);
}

const anyFormat = z.looseObject({ kind: z.literal('skranke-content'), format: z.int() });

/** Believes nothing but what one of the keys signed. */
export async function openPackage(
  bytes: Uint8Array,
  keys: readonly ContentPublicKey[],
): Promise<PackageOpening> {
  if (bytes.length > mostPackageBytes) return refuse('too-large');
  const text = readText(bytes);
  const parsed = packageFileSchema.safeParse(text === null ? null : readJson(text));
  if (!parsed.success) return refuse('not-a-package');
  const { manifest } = parsed.data;
  const files = new Map(Object.entries(parsed.data.files));
  const header = readHeader(manifest);
  if (header?.typ !== kindOfSignature) return refuse('not-a-package');
  const key = keys.find(({ kid }) => kid === header.kid);
  if (key === undefined) return refuse('unknown-signer');
  const said = await verify(manifest, key);
  if (said === null) return refuse('altered');
  const claims = packageClaimsSchema.safeParse(said);
  if (!claims.success) {
    const other = anyFormat.safeParse(said);
    return refuse(other.success && other.data.format > 1 ? 'newer-format' : 'not-a-package');
  }
  // Hashes, names, their order and every byte around them.
  const isWhole =
    JSON.stringify(describeFiles(files)) === JSON.stringify(claims.data.files) &&
    text === writePackage(manifest, files);
  return isWhole ? { ok: true, opened: { claims: claims.data, files, bytes } } : refuse('altered');
}

function readText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readHeader(manifest: string): { readonly typ?: string; readonly kid?: string } | null {
  try {
    return decodeProtectedHeader(manifest);
  } catch {
    return null;
  }
}

/** Null when it is not what this key signed. */
async function verify(manifest: string, key: ContentPublicKey): Promise<unknown> {
  try {
    const imported = await importJWK({ ...key, alg: 'ES256' });
    const { payload } = await compactVerify(manifest, imported, { algorithms: ['ES256'] });
    return readJson(new TextDecoder().decode(payload));
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
