import { beforeAll, describe, expect, test } from 'vitest';
import { mostPackageBytes } from '../../src-main/contract/content-package.ts';
import type { ContentSigningKey } from '../../src-main/contract/keys.ts';
import { makePackage, openPackage } from '../../src-main/sealing/content-package.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { makeSigner, makeTestPackage, newsFiles, publicOf } from '../helpers/content-packages.ts';

let key: ContentSigningKey;
beforeAll(async () => {
  key = await makeSigner();
});

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const problemOf = async (bytes: Uint8Array | string, keys = [key]): Promise<string> => {
  const opening = await openPackage(Buffer.from(bytes), keys.map(publicOf));
  return opening.ok ? 'ok' : opening.problem;
};
const withoutSignature = (text: string): string => text.replace(/(\.[\w-]+)\.[\w-]+","files"/, '$1","files"');

describe('a package of content', () => {
  test('brings back what went in, and is the same text whatever the order it was handed in', async () => {
    const files = newsFiles(7);
    const one = await makeTestPackage(key, { version: 7 }, files);
    const other = await makeTestPackage(key, { version: 7 }, new Map([...files].toReversed()));
    expect(withoutSignature(textOf(one))).toBe(withoutSignature(textOf(other)));
    const opening = await openPackage(one, [publicOf(key)]);
    expect(opening.ok && [...opening.opened.files]).toEqual([...files].toSorted());
    expect(opening.ok && opening.opened.claims).toMatchObject({ version: 7, kiosks: null, activateAt: null });
  });

  test('with any single byte changed is refused, wherever the byte stands', async () => {
    const whole = await makeTestPackage(key, { version: 7 });
    const found = new Map<string, number>();
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const problem = await problemOf(changed);
      found.set(problem, (found.get(problem) ?? 0) + 1);
    }
    expect(found.get('ok')).toBeUndefined();
    expect([...found.keys()].toSorted()).toEqual(['altered', 'not-a-package', 'unknown-signer']);
  });

  test('is refused when a file of it was taken out, added, or written in another form', async () => {
    const text = textOf(await makeTestPackage(key, { version: 7 }));
    const parts: { manifest: string; files: Record<string, string> } = JSON.parse(text);
    const { 'timed.json': timed, ...fewer } = parts.files;
    expect(timed).toBeDefined();
    const again = (files: Record<string, string>): string => `${JSON.stringify({ ...parts, files })}\n`;
    expect(await problemOf(again(fewer))).toBe('altered');
    expect(await problemOf(again({ ...parts.files, 'menu.json': '{}' }))).toBe('altered');
    expect(await problemOf(`${text}\n`)).toBe('altered');
    expect(await problemOf(text.replace('{"manifest"', '{ "manifest"'))).toBe('altered');
    expect(await problemOf(text)).toBe('ok');
  });

  test.each([
    ['../shelf.json'],
    ['/etc/passwd.json'],
    ['locales/../../keys.json'],
    ['C:\\x.json'],
    ['locales/da/sub/content.json'],
    ['__proto__'],
    ['.hidden.json'],
    ['timed.js'],
  ])('has no place for a file called %s', async (name) => {
    const files = new Map([...newsFiles(7), [name, '{}']]);
    await expect(makeTestPackage(key, { version: 7 }, files)).rejects.toThrow();
    const text = textOf(await makeTestPackage(key, { version: 7 }));
    const parts: { manifest: string; files: Record<string, string> } = JSON.parse(text);
    const entries = [...Object.entries(parts.files), [name, '{}']];
    const forged = `{"manifest":${JSON.stringify(parts.manifest)},"files":{${entries
      .map(([path, body]) => `${JSON.stringify(path)}:${JSON.stringify(body)}`)
      .join(',')}}}\n`;
    // JSON's own odd name is dropped by who reads it, and missed in the text.
    expect(await problemOf(forged)).toBe(name === '__proto__' ? 'altered' : 'not-a-package');
  });

  test('says whether nobody here knows who signed it, or the key signed something else', async () => {
    const bytes = await makeTestPackage(key, { version: 7 });
    expect(await problemOf(bytes, [])).toBe('unknown-signer');
    expect(await problemOf(bytes, [await makeSigner()])).toBe('unknown-signer');
    // Another key under the same name.
    expect(await problemOf(bytes, [{ ...(await makeSigner()), kid: key.kid }])).toBe('altered');
    const kiosk = JSON.parse((await makeKioskKey()).privateText);
    expect(await problemOf(await makeTestPackage(kiosk, { version: 7 }))).toBe('unknown-signer');
  });

  test('is read no further than its limit, and anything else is no package', async () => {
    expect(await problemOf(Buffer.alloc(mostPackageBytes + 1, 32))).toBe('too-large');
    for (const other of ['', 'PK\u0003\u0004', '{}', '[]', '{"manifest":"a.b.c","files":{}}'])
      expect(await problemOf(other)).toBe('not-a-package');
    expect(await problemOf(Buffer.from([0xff, 0xfe, 0x00]))).toBe('not-a-package');
    const huge = new Map([['timed.json', 'x'.repeat(2_000_001)]]);
    await expect(
      makePackage(
        {
          ...{ district: { id: 'fyn', number: '06' }, version: 1, activateAt: null, kiosks: null },
          languages: ['da'],
        },
        huge,
        key,
      ),
    ).rejects.toThrow();
  });
});
