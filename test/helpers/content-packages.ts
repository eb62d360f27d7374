import type { PackageClaims } from '../../src-main/contract/content-package.ts';
import {
  contentPublicKeySchema,
  contentSigningKeySchema,
  type ContentPublicKey,
  type ContentSigningKey,
} from '../../src-main/contract/keys.ts';
import { makePackage } from '../../src-main/sealing/content-package.ts';
import { makeContentKey } from '../../src-main/sealing/make-keys.ts';

export async function makeSigner(): Promise<ContentSigningKey> {
  return contentSigningKeySchema.parse(JSON.parse((await makeContentKey()).privateText));
}

/** Without the half that signs. */
export function publicOf(key: ContentSigningKey): ContentPublicKey {
  return contentPublicKeySchema.parse(key);
}

const fact = { source: 'made for a test', date: '2026-11-20' };

/** News that says which version brought it, with words in Danish only: small, and right for every kiosk. */
export function newsFiles(version: number, changes: Record<string, unknown> = {}): Map<string, string> {
  const news = {
    ...{ id: `from-package-${String(version)}`, tone: 'info', stationIds: null },
    ...{ startsAt: '2026-11-01T00:00', endsAt: '2027-10-01T00:00', ...fact },
    ...changes,
  };
  const words = { title: `Nyt nummer ${String(version)}`, text: 'Kun en prøve.' };
  return new Map([
    ['timed.json', JSON.stringify({ timedDoors: [], news: [news] })],
    ['locales/da/content.json', JSON.stringify({ news: { [news.id]: words } })],
  ]);
}

/** A package of news, or of other files, as a district makes it. */
export async function makeTestPackage(
  key: ContentSigningKey,
  said: Partial<Omit<PackageClaims, 'kind' | 'format' | 'files'>> & { readonly version: number },
  files = newsFiles(said.version),
): Promise<Uint8Array> {
  const claims = {
    ...{ district: { id: 'fyn', number: '06' }, activateAt: null, kiosks: null },
    languages: ['da' as const],
    ...said,
  };
  return Buffer.from(await makePackage(claims, files, key));
}
