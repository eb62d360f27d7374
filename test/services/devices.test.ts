import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import type { KeyBox } from '../../src-main/contract/desk-devices.ts';
import { publicKeySchema } from '../../src-main/contract/keys.ts';
import { makeStationKey } from '../../src-main/sealing/make-keys.ts';
import { createDevices, type Devices } from '../../src-main/services/devices.ts';
import { makeDevice } from '../helpers/desk-device.ts';
import { createFakeClock, createFakeRandomness, makeStaff } from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const kioskId = '07-120';
const place = { origin: 'https://desk.station.example:8443', challenge: 'a'.repeat(43) };

async function setUp() {
  const clock = createFakeClock();
  const folder = makeFolder();
  const store = openTestStore(clock, folder);
  const randomness = createFakeRandomness();
  const open = () => createDevices({ store, clock, randomness, kioskId, givenKey: null });
  const stationKey = publicKeySchema.parse(JSON.parse((await makeStationKey()).publicText));
  return { clock, folder, store, open, devices: open(), stationKey, anna: makeStaff('Anna') };
}

type Setting = Awaited<ReturnType<typeof setUp>>;

/** A desk that wants in, and what it brings. */
async function bring(name: string, stationKey: Setting['stationKey'] | null) {
  const made = await makeDevice();
  const { device, releaseSecret } = made;
  const { signKey, boxKey, deviceId } = device;
  const signature = await made.sign({ purpose: 'register', kioskId, ...place });
  const request = (code: string) => ({ code, name, signKey, boxKey, releaseSecret, stationKey, signature });
  const proof = () => made.sign({ purpose: 'prove', kioskId, ...place });
  return { deviceId, request, proof, releaseSecret, boxKey };
}

async function addDesk(devices: Devices, name: string, stationKey: Setting['stationKey'] | null) {
  const desk = await bring(name, stationKey);
  expectKind(devices.register(desk.request(devices.makeCode().code), place), 'registered');
  return desk;
}

it('the first desk brings the station key with a code; it proves itself, also after a restart', async () => {
  const { store, open, devices, stationKey } = await setUp();
  const desk = await bring('Skranke 1', stationKey);
  expect(devices.register(desk.request(''), place)).toEqual({ kind: 'wrong-code' });
  const { code } = devices.makeCode();
  expect(code).toMatch(/^\d{4} \d{4}$/);
  const renamed = { ...desk.request(code), stationKey: { ...stationKey, kid: 'another-name' } };
  expect(devices.register(renamed, place)).toEqual({ kind: 'wrong-key' });
  expect(devices.register(desk.request(code.replace(' ', '')), place)).toEqual({
    kind: 'registered',
    deviceId: desk.deviceId,
  });
  expect(devices.stationKey()).toMatchObject(stationKey);
  // The code is used up.
  expect(devices.register((await bring('Skranke 2', null)).request(code), place)).toEqual({
    kind: 'wrong-code',
  });
  const later = open();
  expect(later.stationKey()).toMatchObject(stationKey);
  expect(later.prove(desk.deviceId, await desk.proof(), place)).toMatchObject({ name: 'Skranke 1' });
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    action: 'desk-paired',
    subject: desk.deviceId,
  });
});

it('a proof counts for one connection, one origin and one purpose, and only from the key that was registered', async () => {
  const { devices, stationKey } = await setUp();
  const desk = await addDesk(devices, 'Skranke 1', stationKey);
  const stranger = await bring('Fremmed', null);
  const proof = await desk.proof();
  expect(devices.prove(desk.deviceId, proof, place)).not.toBeNull();
  expect(devices.prove(desk.deviceId, proof, { ...place, challenge: 'b'.repeat(43) })).toBeNull();
  expect(devices.prove(desk.deviceId, proof, { ...place, origin: 'https://evil.example' })).toBeNull();
  expect(devices.prove(desk.deviceId, desk.request('').signature, place)).toBeNull();
  expect(devices.prove(desk.deviceId, await stranger.proof(), place)).toBeNull();
  expect(devices.prove(stranger.deviceId, await stranger.proof(), place)).toBeNull();
  // Somebody who hears the code but has not the key cannot register it in another's name.
  const stolen = { ...stranger.request(devices.makeCode().code), signKey: desk.request('').signKey };
  expect(devices.register(stolen, place)).toEqual({ kind: 'wrong-code' });
});

it('a code is good for ten minutes and for five wrong guesses; the newest one counts', async () => {
  const { clock, devices, stationKey } = await setUp();
  const desk = await bring('Skranke 1', stationKey);
  const old = devices.makeCode();
  const { code, validForMs } = devices.makeCode();
  expect(devices.register(desk.request(old.code), place)).toEqual({ kind: 'wrong-code' });
  clock.advance(validForMs + 1);
  expect(devices.register(desk.request(code), place)).toEqual({ kind: 'wrong-code' });
  const next = devices.makeCode();
  for (let n = 0; n < 5; n += 1) devices.register(desk.request('9999 9999'), place);
  expect(devices.register(desk.request(next.code), place)).toEqual({ kind: 'wrong-code' });
  expect(devices.stationKey()).toBeNull();
});

it('the second desk brings no key, has a name of its own, and waits until a desk that has the key gives it', async () => {
  const { devices, stationKey, anna } = await setUp();
  await addDesk(devices, 'Skranke 1', stationKey);
  const { code } = devices.makeCode();
  const greedy = await bring('Skranke 2', stationKey);
  expect(devices.register(greedy.request(code), place)).toEqual({ kind: 'other-key' });
  const namesake = await bring('skranke 1', null);
  expect(devices.register(namesake.request(devices.makeCode().code), place)).toEqual({ kind: 'name-taken' });
  const desk = await addDesk(devices, 'Skranke 2', null);
  expect(devices.find(desk.deviceId)).toMatchObject({ stationKeyId: null, givenBox: null });
  const box: KeyBox = {
    keyId: stationKey.kid,
    ephemeralKey: desk.boxKey,
    iv: 'i'.repeat(16),
    wrapped: 'w'.repeat(2000),
  };
  expect(devices.give(desk.deviceId, { ...box, keyId: 'another-key' }, anna)).toEqual({ kind: 'other-key' });
  expect(devices.give(desk.deviceId, box, anna)).toEqual({ kind: 'done' });
  expect(devices.find(desk.deviceId)).toMatchObject({ givenBox: box });
  expect(devices.keep(desk.deviceId, stationKey.kid)).toEqual({ kind: 'done' });
  expect(devices.find(desk.deviceId)).toMatchObject({ stationKeyId: stationKey.kid, givenBox: null });
});

it('a lost desk is cut off at once: no proof counts, and the secret its wrapped key needs is erased', async () => {
  const { folder, devices, stationKey, anna } = await setUp();
  const lost = await addDesk(devices, 'Skranke 1', stationKey);
  const cutOff: string[] = [];
  devices.onRevoked((deviceId) => cutOff.push(deviceId));
  expect(devices.revokeByName('SKRANKE 1')).toEqual({ kind: 'done' });
  expect(cutOff).toEqual([lost.deviceId]);
  expect(devices.prove(lost.deviceId, await lost.proof(), place)).toBeNull();
  expect(devices.revoke(lost.deviceId, anna.staffId)).toEqual({ kind: 'not-found' });
  for (const name of readdirSync(folder))
    expect([name, readFileSync(join(folder, name)).includes(lost.releaseSecret)]).toEqual([name, false]);
  // Its name is free again, and the kiosk goes on sealing for the station; but nobody can give the key any more.
  await addDesk(devices, 'Skranke 1', null);
  expect(devices.stationKey()).toMatchObject(stationKey);
  expect(devices.isKeyHeld()).toBe(false);
});

it('all desks are lost: every one is removed, the next makes another key', async () => {
  const { open, devices, stationKey } = await setUp();
  await addDesk(devices, 'Skranke 1', stationKey);
  await addDesk(devices, 'Skranke 2', null);
  expect(devices.reset()).toEqual({ kind: 'done' });
  expect([devices.list(), devices.stationKey(), open().stationKey()]).toEqual([[], null, null]);
  const fresh = publicKeySchema.parse(JSON.parse((await makeStationKey()).publicText));
  await addDesk(devices, 'Skranke 3', fresh);
  expect(open().stationKey()).toMatchObject(fresh);
});
