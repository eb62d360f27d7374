import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src-main/app/config-error.ts';
import { readConfig } from '../../src-main/app/config.ts';
import { projectRoot } from '../helpers/kiosk-process.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skranke-config-'));
  file = join(folder, 'config.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function sentenceFor(text: string): Promise<string> {
  await writeFile(file, text);
  const failure = await readConfig({ configFile: file, dataDir: null }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ConfigError);
  return failure instanceof Error ? failure.message : '';
}
const enrolled = {
  district: { id: 'fyn', url: 'https://intake.example' },
  kiosk: { number: '120', stationId: 'odense' },
};

describe('the configuration', () => {
  it('is a demonstration without a file: slips become files, nothing is asked of IT', async () => {
    const config = await readConfig({ configFile: null, dataDir: folder });
    expect(config).toMatchObject({
      dataDir: folder,
      printer: { kind: 'file', paper: '80mm' },
      screen: { idleSeconds: 90 },
    });
    expect(config.district).toBeUndefined();
  });

  it('reads the example that ships', async () => {
    await copyFile(join(projectRoot, 'resources/config.example.json'), file);
    expect(await readConfig({ configFile: file, dataDir: null })).toMatchObject({
      dataDir: '/var/lib/skranke',
      printer: { kind: 'ipp' },
    });
  });

  it('prints nowhere when a district is set and no printer is', async () => {
    await writeFile(file, JSON.stringify(enrolled));
    expect((await readConfig({ configFile: file, dataDir: null })).printer).toEqual({ kind: 'none' });
  });

  it.each<[string, unknown, string[]]>([
    ['a misspelled key', { printr: { kind: 'file' } }, ['printr']],
    ['a printer of a kind we do not have', { printer: { kind: 'fax' } }, ['printer.kind']],
    [
      'a printer address without a kind',
      { printer: { kind: 'escpos', address: '10.0.0.7:9100' } },
      ['printer.address', 'tcp://', 'usb:/dev/usb/lp0'],
    ],
    [
      'a port that is none',
      { printer: { kind: 'escpos', address: 'tcp://printer:99999' } },
      ['printer.address', 'tcp://'],
    ],
    [
      'a roll printer with sheets',
      { printer: { kind: 'escpos', address: 'tcp://printer', paper: 'a4' } },
      ['printer.paper', '80mm'],
    ],
    [
      'an authority without TLS',
      { printer: { kind: 'ipp', url: 'ipp://printer/ipp/print', caFile: '/x.pem' } },
      ['printer.caFile', 'ipps://'],
    ],
    [
      'a file printer beside a district',
      { ...enrolled, printer: { kind: 'file' } },
      ['printer.kind', 'demonstrations'],
    ],
    ['an idle time past its border', { screen: { idleSeconds: 5 } }, ['screen.idleSeconds', '30']],
    [
      'a district over plain http',
      { ...enrolled, district: { id: 'fyn', url: 'http://intake.example' } },
      ['district.url', 'https://'],
    ],
    ['a district without a kiosk', { district: enrolled.district }, ['kiosk']],
    [
      'a kiosk number of two digits',
      { ...enrolled, kiosk: { number: '12', stationId: 'odense' } },
      ['kiosk.number', 'three digits'],
    ],
  ])('names file, key and what was expected for %s', async (_story, written, words) => {
    const sentence = await sentenceFor(JSON.stringify(written));
    for (const word of [file, ...words]) expect(sentence).toContain(word);
    expect(sentence.split('\n')).toHaveLength(1);
  });

  it('says that a file is not JSON, or not there', async () => {
    expect(await sentenceFor('{"a":')).toContain(`${file}: not JSON`);
    await rm(file);
    await expect(readConfig({ configFile: file, dataDir: null })).rejects.toThrow('cannot be read');
  });

  it('lets a district on this machine itself speak plain http', async () => {
    await writeFile(
      file,
      JSON.stringify({ ...enrolled, district: { id: 'fyn', url: 'http://127.0.0.1:8080' } }),
    );
    expect((await readConfig({ configFile: file, dataDir: null })).district?.url).toBe(
      'http://127.0.0.1:8080',
    );
  });
});
