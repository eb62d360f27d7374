import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src-main/contract/report.ts';
import { createSealer } from '../../src-main/sealing/sealer.ts';
import { createKeyring } from '../../src-renderer/desk/keys/keyring.ts';
import type { OpenedKey } from '../../src-renderer/state/desk-ports.ts';
import { DeskKeys } from '../../src-renderer/state/desk-keys.svelte.ts';
import { makeStationKeyPair, type StationKeyPair } from '../helpers/fake-desk-api.ts';
import { arabicReport, makeReport } from '../helpers/fake-desk-reports.ts';
import { memoryKeyStore } from '../helpers/memory-key-store.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';

function seal(key: PublicKey, report: Report, text = JSON.stringify(report)): Promise<string> {
  const sealer = createSealer({
    districtKeys: new Map([['fjordby', key]]),
    homeDistrictId: 'fjordby',
    stationKey: () => null,
  });
  return sealer.seal(text, report.reportId, []);
}

const report = makeReport(arabicReport, 1);
const other = makeReport(arabicReport, 2);
const secret = createKeyring(memoryKeyStore()).makeSecret();
const unlockWith = (releaseSecret: string) => ({ releaseSecret, box: null, isHeld: true });

describe('the station key of a desk', () => {
  const store = memoryKeyStore();
  let made: PublicKey;
  let key: OpenedKey;
  let stranger: StationKeyPair;

  beforeAll(async () => {
    made = await createKeyring(store).makeStationKey(secret);
    const unlocked = await createKeyring(store).unlock(made.kid, secret);
    if (unlocked === null) throw new Error('the key did not come back');
    key = unlocked;
    stranger = await makeStationKeyPair();
  });

  test('made, kept wrapped, taken out again: it opens what the kiosk sealed for it', async () => {
    const outcome = await key.openSealed(await seal(made, report), report.reportId);
    expect(outcome).toEqual({ ok: true, text: JSON.stringify(report) });
  });

  test('nothing that lies in the profile is a private key, and its own keys cannot be read out', async () => {
    const device = await store.device();
    const kept = await store.box(made.kid);
    expect([device?.sign.privateKey.extractable, device?.box.privateKey.extractable]).toEqual([false, false]);
    const wrapped = Uint8Array.from(Buffer.from(kept?.wrapped ?? '', 'base64url'));
    const sealing = { name: 'RSA-OAEP', hash: 'SHA-256' };
    await expect(crypto.subtle.importKey('pkcs8', wrapped, sealing, false, ['decrypt'])).rejects.toThrow();
  });

  test('a stolen profile opens nothing without the secret that the kiosk has erased', async () => {
    const thief = createKeyring(store);
    expect(await thief.unlock(made.kid, thief.makeSecret())).toBeNull();
    expect(await thief.give(made.kid, thief.makeSecret(), (await thief.makeDevice()).boxKey)).toBeNull();
  });

  test('a key wrapped for another profile, or put in place of another, does not come out', async () => {
    const elsewhere = memoryKeyStore();
    const kept = await store.box(made.kid);
    if (kept === null) throw new Error('nothing was kept');
    await createKeyring(elsewhere).makeStationKey(secret);
    await elsewhere.keepBox(kept);
    expect(await createKeyring(elsewhere).unlock(made.kid, secret)).toBeNull();
    const renamed = memoryKeyStore();
    const device = await store.device();
    if (device !== null) await renamed.addDevice(device);
    await renamed.keepBox({ ...kept, keyId: stranger.publicKey.kid });
    expect(await createKeyring(renamed).unlock(stranger.publicKey.kid, secret)).toBeNull();
  });

  test('a second desk is given the key: it opens what the first opens, and a third cannot take the gift', async () => {
    const [first, second, third] = [store, memoryKeyStore(), memoryKeyStore()].map((one) =>
      createKeyring(one),
    );
    if (first === undefined || second === undefined || third === undefined) throw new Error('three desks');
    const { boxKey } = await second.makeDevice();
    const own = second.makeSecret();
    const box = await first.give(made.kid, secret, boxKey);
    if (box === null) throw new Error('the first desk has the key');
    await third.makeDevice();
    expect(await third.take(box, own)).toBeNull();
    const taken = await second.take(box, own);
    const sealed = await seal(made, report);
    expect(await taken?.openSealed(sealed, report.reportId)).toMatchObject({ ok: true });
    expect(await (await second.unlock(made.kid, own))?.openSealed(sealed, report.reportId)).toMatchObject({
      ok: true,
    });
  });

  test('both desks show the same code for the key that will be wrapped for, and another for any other', async () => {
    const [first, second] = [createKeyring(store), createKeyring(memoryKeyStore())];
    const { boxKey } = await second.makeDevice();
    const shown = await second.checkCode(boxKey);
    expect(shown).toMatch(/^[2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4} [2-9A-HJ-NP-Z]{4}$/);
    expect(await first.checkCode(boxKey)).toBe(shown);
    expect(await first.checkCode((await first.makeDevice()).boxKey)).not.toBe(shown);
  });

  test('sealed for another key: told apart from a broken seal', async () => {
    const foreign = await key.openSealed(await seal(stranger.publicKey, report), report.reportId);
    expect(foreign).toEqual({ ok: false, problem: 'wrong-key' });
  });

  test('two rows that changed places: the seal names the report it belongs to', async () => {
    const outcome = await key.openSealed(await seal(made, other), report.reportId);
    expect(outcome).toEqual({ ok: false, problem: 'other-report' });
  });

  test.each([
    [
      'one character of the content exchanged',
      (text: string) =>
        text.replace(/"ciphertext":"(.)/, (_, first: string) => `"ciphertext":"${first === 'A' ? 'B' : 'A'}`),
    ],
    [
      'the bound id exchanged',
      (text: string) => text.replace(/"aad":"[^"]*"/, `"aad":"${btoa(other.reportId).replaceAll('=', '')}"`),
    ],
    ['another key claims to be ours', (text: string) => text.replaceAll(stranger.publicKey.kid, made.kid)],
    ['cut in half', (text: string) => text.slice(0, text.length / 2)],
    ['no seal at all', () => '{"aad":1}'],
  ])('a broken seal is told, never opened: %s', async (_name, spoil) => {
    const isStrange = _name.startsWith('another');
    const sealed = await seal(isStrange ? stranger.publicKey : made, report);
    const outcome = await key.openSealed(spoil(sealed), report.reportId);
    expect(outcome).toEqual({ ok: false, problem: 'broken-seal' });
  });

  test('the demonstration hands its key over; it opens and is nowhere kept', async () => {
    const empty = memoryKeyStore();
    const keys = new DeskKeys(createKeyring(empty), async () => null);
    await keys.unlock(
      { stationKeyId: stranger.publicKey.kid, demonstrationStationKey: stranger.privateText },
      null,
    );
    expect(keys.state).toBe('ready');
    const readable = await keys.openReport(await seal(stranger.publicKey, report), report.reportId);
    expect(readable).toEqual({ ok: true, opened: report });
    expect(await empty.box(stranger.publicKey.kid)).toBeNull();
    expect(await empty.device()).toBeNull();
  });

  test('an opened text that is no report, or says it is another one, is not shown', async () => {
    const keys = new DeskKeys(createKeyring(store), async () => null);
    await keys.unlock({ stationKeyId: made.kid, demonstrationStationKey: null }, unlockWith(secret));
    for (const text of [
      '{}',
      'null',
      '[1]',
      JSON.stringify(other),
      JSON.stringify({ ...report, submission: { answers: [{}] } }),
    ]) {
      const readable = await keys.openReport(await seal(made, report, text), report.reportId);
      expect(readable).toEqual({ ok: false, reason: 'not-a-report' });
    }
  });

  test('a desk without the key and a locked one are two different things', async () => {
    const keys = new DeskKeys(createKeyring(memoryKeyStore()), async () => null);
    expect(keys.state).toBe('locked');
    await keys.unlock({ stationKeyId: null, demonstrationStationKey: null }, unlockWith(secret));
    expect(keys.state).toBe('foreign');
    await keys.unlock({ stationKeyId: made.kid, demonstrationStationKey: null }, null);
    expect(keys.state).toBe('foreign');
    keys.lock();
    expect(keys.state).toBe('locked');
    expect(await keys.openReport(await seal(made, report), report.reportId)).toEqual({
      ok: false,
      reason: 'no-key',
    });
  });
});
