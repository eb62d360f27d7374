import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDesks } from '../../src-main/app/doctor/desk-check.ts';
import { readConfig, type Config } from '../../src-main/app/config.ts';
import {
  importDeskCertificate,
  readDeskCertificate,
  requestDeskCertificate,
} from '../../src-main/app/desk-certificate.ts';
import { makeAuthority, type Authority } from '../helpers/authority.ts';
import { needs } from '../helpers/needs.ts';

const names = ['desk.station.example', '127.0.0.1'];
/** A minute on: certificates of a moment ago have begun. */
const now = new Date(Date.now() + 60_000);

let folder: string;
let config: Config;
let authority: Authority;

async function configFor(wanted: readonly string[] | null): Promise<Config> {
  const configFile = join(folder, 'config.json');
  const desk = wanted === null ? {} : { network: { names: wanted } };
  writeFileSync(configFile, JSON.stringify({ desk }));
  return readConfig({ configFile, dataDir: join(folder, 'kiosk') });
}

describe.skipIf(!needs('openssl').run)("the certificate of the desk's address", () => {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skranke-certificate-'));
    config = await configFor(names);
    authority = makeAuthority(folder);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const bring = async (grant = {}): Promise<Date> =>
    importDeskCertificate(config, authority.sign(await requestDeskCertificate(config), grant), now);

  it('is asked for with both names, kept, and read again at the next start; its key is for this user only', async () => {
    await expect(readDeskCertificate(config, now)).rejects.toThrow(/skranke desk csr/);
    const request = await requestDeskCertificate(config);
    // Asked twice before it came: an answer to either fits.
    const file = authority.sign(request);
    await requestDeskCertificate(config);
    const validUntil = await importDeskCertificate(config, file, now);
    expect(validUntil.getTime()).toBeGreaterThan(now.getTime());
    expect(await readDeskCertificate(config, now)).toMatchObject({ names, validUntil });
    const key = join(config.dataDir, 'desk-tls', 'key.pem');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
  });

  it('is renewed with a fresh key; the old one serves until then', async () => {
    await bring();
    const before = await readDeskCertificate(config, now);
    const request = await requestDeskCertificate(config);
    expect((await readDeskCertificate(config, now)).key).toBe(before.key);
    await importDeskCertificate(config, authority.sign(request), now);
    expect((await readDeskCertificate(config, now)).key).not.toBe(before.key);
  });

  it.each([
    [
      'of another desk',
      { names: 'DNS:other.example,IP:127.0.0.1' },
      /for desk\.station\.example; this one says/,
    ],
    ['for one of two names', { names: 'DNS:desk.station.example' }, /for 127\.0\.0\.1/],
    ['for a client', { use: 'clientAuth' as const }, /for a server/],
  ])(
    'is refused with one sentence where it is one %s, and what was there stays',
    async (_what, grant, sentence) => {
      await bring();
      const before = await readDeskCertificate(config, now);
      await expect(bring(grant)).rejects.toThrow(sentence);
      expect(await readDeskCertificate(config, now)).toEqual(before);
    },
  );

  it('is refused when it has ended, also at a start long after; the sentence names the day', async () => {
    const file = authority.sign(await requestDeskCertificate(config), { days: 2 });
    const later = new Date(now.getTime() + 3 * 86_400_000);
    await expect(importDeskCertificate(config, file, later)).rejects.toThrow(/this one ended on \d{4}-/);
    await importDeskCertificate(config, file, now);
    await expect(readDeskCertificate(config, later)).rejects.toThrow(/this one ended on \d{4}-/);
  });

  it('is refused for another key, when it is no certificate, signed by itself, not valid yet, or never asked for', async () => {
    const file = authority.sign(await requestDeskCertificate(config));
    const other = { ...config, dataDir: join(folder, 'other') };
    await expect(importDeskCertificate(other, file, now)).rejects.toThrow(/"skranke desk csr" before it/);
    await requestDeskCertificate(other);
    await expect(importDeskCertificate(other, file, now)).rejects.toThrow(/for another key/);
    const yesterday = new Date(now.getTime() - 86_400_000);
    await expect(importDeskCertificate(config, file, yesterday)).rejects.toThrow(/this one begins on/);
    const nothing = join(folder, 'nothing.pem');
    writeFileSync(nothing, 'hello');
    await expect(importDeskCertificate(config, nothing, now)).rejects.toThrow(/a certificate in PEM/);
    writeFileSync(nothing, authority.certificate);
    await expect(importDeskCertificate(config, nothing, now)).rejects.toThrow(/belongs to an authority/);
    const missing = join(folder, 'missing.pem');
    await expect(importDeskCertificate(config, missing, now)).rejects.toThrow(/found none/);
  });

  it('is looked at by doctor: missing, about to end, and good for long', async () => {
    const look = (at: Date) => checkDesks({ config, configFile: config.configFile, running: null, now: at });
    expect(await look(now)).toMatchObject({ state: 'fail' });
    await bring({ days: 40 });
    expect(await look(now)).toMatchObject({ state: 'ok', fix: null });
    expect(await look(new Date(now.getTime() + 20 * 86_400_000))).toMatchObject({ state: 'warn' });
    expect((await look(new Date(now.getTime() + 50 * 86_400_000))).message).toContain('this one ended on');
    config = await configFor(null);
    expect(await look(now)).toMatchObject({ state: 'skipped' });
  });

  it('is needed only where desks work over the network', async () => {
    await expect(requestDeskCertificate(await configFor(null))).rejects.toThrow(/"desk.network"/);
  });
});
