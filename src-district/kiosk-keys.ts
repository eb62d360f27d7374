import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { kioskIdSchema, type KioskId } from '../src-main/contract/ids.ts';
import { kioskPublicKeySchema, type KioskPublicKey } from '../src-main/contract/keys.ts';
import { codeOf } from './intake-database.ts';

export type KioskKeys =
  | { readonly ok: true; readonly keys: ReadonlyMap<KioskId, KioskPublicKey> }
  /** `file` is a folder that cannot be read, is not named after a kiosk, or holds no public half of a signing key. */
  | { readonly ok: false; readonly file: string };

/** Reads `<kioskId>.json` files; other files in the folder are a mistake that is better named than skipped. */
export async function loadKioskKeys(folder: string): Promise<KioskKeys> {
  const keys = new Map<KioskId, KioskPublicKey>();
  const names = await readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(codeOf(error))) return null;
    throw error;
  });
  if (names === null) return { ok: false, file: folder };
  for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
    const file = path.join(folder, name);
    const kioskId = kioskIdSchema.safeParse(path.basename(name, '.json'));
    const key = readKey(await readFile(file, 'utf8'));
    if (!kioskId.success || key === null) return { ok: false, file };
    keys.set(kioskId.data, key);
  }
  return { ok: true, keys };
}

function readKey(text: string): KioskPublicKey | null {
  try {
    const jwk: unknown = JSON.parse(text);
    // A private key here was copied by mistake: it must be noticed, not used.
    if (typeof jwk !== 'object' || jwk === null || 'd' in jwk) return null;
    const parsed = kioskPublicKeySchema.safeParse(jwk);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
