import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKioskSigningKey } from '../../src-main/sealing/key-files.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { createReceiptSigner } from '../../src-main/sealing/receipt-signer.ts';
import { makeDataDir, runSkranke } from '../helpers/kiosk-process.ts';
import { decodeQr } from '../helpers/pdf-pixels.ts';

/* What others script against: exit codes, one line of JSON, and files that are what their format says. */

let folder: { path: string; remove(): Promise<void> };
beforeAll(async () => {
  folder = await makeDataDir();
});
afterAll(() => folder.remove());

describe('skranke receipt sample', () => {
  const file = (name: string) => join(folder.path, name);
  const sample = async (name: string, ...options: readonly string[]) => {
    const argv = ['receipt', 'sample', '--at', '2026-11-20T14:41', '--out', file(name), '--json', ...options];
    const result = await runSkranke(argv);
    expect(result).toMatchObject({ code: 0, err: '' });
    return { told: JSON.parse(result.out), bytes: await readFile(file(name)) };
  };

  it.each(['da', 'ar', 'uk', 'de'])('a theft is at most 25 cm on 80 mm: %s', async (lang) => {
    const { told, bytes } = await sample(`${lang}.pdf`, '--type', 'stolen-things', '--lang', lang);
    expect(told).toMatchObject({ variant: 'full', paper: '80mm', pages: 1, missingScripts: [] });
    expect(told.heightMm).toBeLessThanOrEqual(250);
    expect(bytes.toString('latin1', 0, 5)).toBe('%PDF-');
  });

  it('is a picture of the dots, the same dots as bytes for a printer, and the same again', async () => {
    const options = ['--lang', 'ar', '--variant', 'discreet', '--paper', '58mm'];
    const { bytes } = await sample('one.png', ...options, '--format', 'png');
    const picture = PNG.sync.read(bytes);
    expect(picture.width).toBe(384);
    expect(decodeQr(picture)).toMatch(/^SK1\.0000\d{8}\.20261120\.FJORDBY\.[A-Z2-7]{103}$/);
    const printed = (await sample('one.bin', ...options, '--format', 'escpos')).bytes;
    // ESC @, then GS v 0 with 48 bytes a row.
    expect([...printed.subarray(0, 8)]).toEqual([0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 48, 0]);
    const again = await sample('two.png', ...options, '--format', 'png');
    expect(again.bytes.equals(bytes)).toBe(true);
  });

  it('of a tip is that of a tip, whatever is asked for; a topic has its own paper', async () => {
    const tip = await sample('tip.pdf', '--type', 'tip', '--variant', 'full');
    expect(tip.told.variant).toBe('tip');
    const topic = await sample('topic.pdf', '--variant', 'topic', '--type', 'compensation', '--paper', 'a4');
    expect(topic.told).toMatchObject({ variant: 'topic', pages: 1 });
  });

  it('says in a sentence what it does not have', async () => {
    for (const wrong of [
      ['--lang', 'xx'],
      ['--second-lang', 'en'],
      ['--type', 'nothing'],
      ['--format', 'escpos', '--paper', 'a4'],
      ['--at', 'noon'],
    ]) {
      const result = await runSkranke(['receipt', 'sample', '--out', file('none'), ...wrong]);
      expect(result).toMatchObject({ code: 2, out: '' });
      expect(result.err).toMatch(/^skranke: --[^\n]+: expected [^\n]+\n$/);
    }
  });
});

describe('skranke receipt verify', () => {
  let keys: string;
  let code: string;
  beforeAll(async () => {
    keys = join(folder.path, 'district');
    const { privateText, publicText } = await makeKioskKey();
    const signing = parseKioskSigningKey(privateText);
    if (!signing.ok) throw new Error('a key that was just made can be read');
    await mkdir(join(keys, 'kiosks'), { recursive: true });
    await writeFile(join(keys, 'kiosks', '07-120.json'), publicText);
    const claims = { reference: '071204837395', stationId: 'fjordby', day: '2026-11-20' };
    code = await createReceiptSigner(signing.key).sign(claims);
  });
  const verify = (...argv: readonly string[]) => runSkranke(['receipt', 'verify', ...argv]);

  it('says what a genuine slip says, exit code 0', async () => {
    const told = await verify(code, '--keys', keys, '--json');
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(told.out)).toEqual({
      verdict: 'genuine',
      reference: '071204837395',
      station: 'fjordby',
      day: '2026-11-20',
      kiosk: '07-120',
    });
    const file = join(keys, 'kiosks', '07-120.json');
    expect(await verify(code, '--keys', file)).toMatchObject({
      code: 0,
      out: 'genuine: 0712 0483 7395, received at fjordby on 2026-11-20, signed by kiosk 07-120\n',
    });
  });

  it('says in a sentence that one was altered, cut short or is of a stranger, exit code 1', async () => {
    const wrong = {
      forged: code.replace('20261120', '20261121'),
      unreadable: code.slice(0, -1),
      'unknown-kiosk': code.replace('071204837395', '081204837395'),
    };
    for (const [verdict, altered] of Object.entries(wrong)) {
      const said = await verify(altered, '--keys', keys);
      expect(said).toMatchObject({ code: 1, out: '' });
      expect(said.err).toMatch(/^skranke: [^\n]+\.\n$/);
      const told = await verify(altered, '--keys', keys, '--json');
      expect(told.code).toBe(1);
      expect(JSON.parse(told.out)).toMatchObject({ verdict, reference: null });
    }
  });

  it('without a code, or without keys to judge by, exit code 2', async () => {
    for (const argv of [
      [],
      [code, '--keys', join(folder.path, 'nowhere')],
      [code, '--data-dir', folder.path],
    ])
      expect(await verify(...argv)).toMatchObject({ code: 2, out: '' });
  });
});
