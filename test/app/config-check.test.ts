import { mkdir, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkConfig } from '../../src-main/app/config-check.ts';
import { configJsonSchema } from '../../src-main/app/config-file.ts';
import { projectRoot, runSkranke } from '../helpers/kiosk-process.ts';
import { makeFolder } from '../helpers/test-store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'config.json');
});
const good = {
  $schema: 'config.schema.json',
  dataDir: '/var/lib/skranke',
  district: { id: 'fyn', url: 'https://intake.example' },
  kiosk: { number: '120', stationId: 'odense' },
};
async function mistakesIn(config: unknown): Promise<(readonly [string | null, string])[]> {
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return (await checkConfig(file)).map(({ key, message }) => [key, message] as const);
}

describe('config check', () => {
  it('has nothing to say about a good configuration, also one that an editor began with a mark', async () => {
    expect(await mistakesIn(good)).toEqual([]);
    expect(await mistakesIn(`\uFEFF${JSON.stringify(good)}`)).toEqual([]);
  });

  it('names every mistake at once: in the text, beside each other, and in what it points to', async () => {
    const found = await mistakesIn({
      ...good,
      dataDir: 'data',
      contentDir: 'nowhere',
      printr: {},
      kiosk: { number: '120', stationId: 'atlantis' },
      district: { id: 'atlantis', url: 'https://intake.example', caFile: join(folder, 'none.pem') },
      printer: { kind: 'escpos', address: 'tcp://printer', profile: 'no-such' },
      screen: { idleSeconds: '90', warningSeconds: 5, heightMm: 10.5, widthMm: 500 },
      desk: { onKiosk: 'yes' },
    });
    const words: [string, string][] = [
      ['printr', 'expected one of $schema, dataDir, contentDir'],
      ['screen.idleSeconds', 'expected number, received string'],
      ['screen.warningSeconds', '10 or more'],
      ['screen.heightMm', 'a whole number'],
      ['screen.widthMm', 'expected one of idleSeconds, warningSeconds, theme, heightMm, bottomMm'],
      ['desk.onKiosk', 'boolean'],
      ['dataDir', 'absolute'],
      ['contentDir', join(folder, 'nowhere')],
      ['kiosk.stationId', 'atlantis'],
      ['district.id', 'nordjylland'],
      ['district.caFile', 'none.pem'],
      ['printer.profile', 'generic'],
    ];
    expect(found.map(([key]) => key).toSorted()).toEqual(words.map(([key]) => key).toSorted());
    for (const [key, word] of words) {
      const sentence = found.find(([at]) => at === key)?.[1];
      expect(sentence).toMatch(/\.$/);
      expect(sentence).toContain(`${file}: "${key}": `);
      expect(sentence).toContain(word);
    }
  });

  it('says of a missing part that it is missing, and what goes only with something else', async () => {
    const found = await mistakesIn({ district: { id: 'fyn' }, printer: { kind: 'file' } });
    expect(found.map(([key]) => key)).toEqual(['district.url', 'kiosk', 'printer.kind']);
    expect(found[0]?.[1]).toContain('missing');
    const [union] = await mistakesIn({ printer: { kind: 'fax' } });
    expect(union).toEqual([
      'printer.kind',
      `${file}: "printer.kind": expected one of file, ipp, escpos, none.`,
    ]);
  });

  it('takes no file as an authority that holds no certificate, and no path a socket cannot have', async () => {
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, 'hello');
    const dataDir = `/${'x'.repeat(120)}`;
    const found = await mistakesIn({ ...good, dataDir, district: { ...good.district, caFile } });
    expect(found.map(([key]) => key)).toEqual(['dataDir', 'district.caFile']);
    expect(found[1]?.[1]).toContain('BEGIN CERTIFICATE');
  });

  it('says of the list of the kiosks of a station what a desk could not follow, each at its place', async () => {
    const [entrance, hall] = [
      'https://kiosk120.station.example:8443',
      'https://kiosk121.station.example:8443',
    ];
    const withStation = (...station: unknown[]) => ({
      ...good,
      desk: { network: { names: ['kiosk120.station.example'], station } },
    });
    const at = async (...station: unknown[]) =>
      (await mistakesIn(withStation(...station))).map(([key]) => key?.replace('desk.network.station', ''));
    const self = { name: 'The entrance', origin: entrance };
    expect(await at(self, { name: 'The hall', origin: hall })).toEqual([]);
    for (const origin of [hall.replace('https', 'http'), `${hall}/`, hall.toUpperCase(), `${hall}/desk`, '*'])
      expect(await at(self, { name: 'The hall', origin })).toEqual(['.1.origin']);
    expect(await at(self)).toEqual(['']);
    expect(await at(self, { name: 'The hall', origin: hall }, { name: 'A', origin: hall })).toEqual([
      '.2.origin',
    ]);
    expect(await at(self, { name: 'The entrance', origin: hall })).toEqual(['.1.name']);
    const copied = withStation(
      { name: 'The hall', origin: hall },
      { name: 'The entrance', origin: entrance.replace('8443', '9443') },
    );
    const [mistake] = await mistakesIn(copied);
    expect(mistake?.[1]).toContain(`expected this kiosk among them, as ${entrance}`);
  });

  it('says where a text stops being JSON, and that a list is no configuration', async () => {
    expect(await mistakesIn('{"dataDir": "/x",}')).toEqual([[null, expect.stringContaining('line 1')]]);
    expect(await mistakesIn([])).toEqual([[null, expect.stringContaining('expected object')]]);
  });

  it('ends with 2 when there is a mistake, each a line of its own, and tells programs the same', async () => {
    await writeFile(file, JSON.stringify({ a: 1, b: 2 }));
    const told = await runSkranke(['config', 'check', file]);
    expect(told).toMatchObject({ code: 2, out: '' });
    expect(told.err.trim().split('\n')).toHaveLength(2);
    const json = await runSkranke(['config', 'check', '--json'], { SKRANKE_CONFIG: file });
    expect(JSON.parse(json.out)).toMatchObject({ file, ok: false, mistakes: [{ key: 'a' }, { key: 'b' }] });
    expect(json.code).toBe(2);
    await mkdir(join(folder, 'extra'));
    await writeFile(file, JSON.stringify({ ...good, contentDir: 'extra' }));
    expect(await runSkranke(['config', 'check', file])).toMatchObject({ code: 0, err: '' });
  });

  it('the published schema is the one a configuration is read by', () => {
    const published = readFileSync(join(projectRoot, 'resources/schemas/config.schema.json'), 'utf8');
    const advice = 'npm run -s skranke -- config schema > resources/schemas/config.schema.json';
    const isCurrent = published === `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
    expect(isCurrent, `write it anew: ${advice}`).toBe(true);
  });
});
