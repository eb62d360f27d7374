import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { registerAtDistrict } from '../../src-main/adapters/http-registration.ts';
import { isLoopback, readIntakeTls } from '../../src-main/app/intake-certificate.ts';
import { createIntakeServer } from '../../src-district/http-server.ts';
import { createIntake } from '../../src-district/intake.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { makeRegistration } from '../helpers/registration-cases.ts';
import { openOrFail } from '../helpers/opening.ts';

const place = (name: string): string => path.join(import.meta.dirname, '../helpers/certificates', name);
const now = new Date('2026-11-21T12:00:00Z');

it('an intake with a certificate of its own is believed by a kiosk that was given its authority, and by no other', async () => {
  const tls = await readIntakeTls(place('good.pem'), place('good.key'), now);
  const database = await openOrFail('pglite:memory');
  const intake = createIntake({ database, kioskKeys: new Map() });
  const server = createIntakeServer({ intake, tls, administration: { database, districts: [] } });
  const { url } = await server.listen(0, '127.0.0.1');
  expect(url).toMatch(/^https:/);
  const registration = await makeRegistration('AAAAA-BBBBB', (await makeKioskKey()).privateText);
  const authority = readFileSync(place('authority.pem'), 'utf8');
  const ask = (certificateAuthority: string | null) =>
    registerAtDistrict({ url, certificateAuthority }, registration);
  // Refused for its code: so it was heard.
  expect(await ask(authority)).toEqual({ outcome: 'refused', problem: 'code' });
  expect(await ask(null)).toEqual({ outcome: 'failed', problem: 'tls' });
  await server.close();
  await database.close();
});

it('what is no certificate for this key, or not valid now, is named before anything listens', async () => {
  const read = (cert: string, key: string) => readIntakeTls(place(cert), place(key), now);
  await expect(read('missing.pem', 'good.key')).rejects.toThrow('readable PEM');
  await expect(read('good.pem', 'good.pem')).rejects.toThrow('private key');
  await expect(read('good.key', 'good.key')).rejects.toThrow('certificate in PEM');
  await expect(read('good.pem', 'expired.key')).rejects.toThrow('of another');
  await expect(read('expired.pem', 'expired.key')).rejects.toThrow('valid now');
  expect(['127.0.0.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true]);
  expect(['0.0.0.0', '::', '10.0.0.4', '127.evil.example'].map(isLoopback)).toEqual(Array(4).fill(false));
});
