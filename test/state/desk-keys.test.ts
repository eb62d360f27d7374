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

describe('the station key of a desk', () => {
  const store = memoryKeyStore();
  let made: PublicKey;
  let key: OpenedKey;
  let stranger: StationKeyPair;

  beforeAll(async () => {
    made = await createKeyring(store).makeStationKey();
    const unlocked = await createKeyring(store).unlock(made.kid);
    if (unlocked === null) throw new Error('the key did not come back');
    key = unlocked;
    stranger = await makeStationKeyPair();
  });

  test('made, kept wrapped, taken out again: it opens what the kiosk sealed for it', async () => {
    const outcome = await key.openSealed(await seal(made, report), report.reportId);
    expect(outcome).toEqual({ ok: true, text: JSON.stringify(report) });
  });

  test('nothing that lies in the profile is a private key, and the device key cannot be read out', async () => {
    const device = await store.deviceKey();
    const kept = await store.wrappedKey(made.kid);
    expect(device?.extractable).toBe(false);
    await expect(
      crypto.subtle.importKey(
        'pkcs8',
        kept?.wrapped ?? new ArrayBuffer(0),
        { name: 'RSA-OAEP', hash: 'SHA-256' },
        false,
        ['decrypt'],
      ),
    ).rejects.toThrow();
  });

  test('a key wrapped under another device key, or put in place of another, does not come out', async () => {
    const elsewhere = memoryKeyStore();
    const kept = await store.wrappedKey(made.kid);
    if (kept === null) throw new Error('nothing was kept');
    await createKeyring(elsewhere).makeStationKey();
    await elsewhere.keepWrappedKey(kept);
    expect(await createKeyring(elsewhere).unlock(made.kid)).toBeNull();
    const renamed = memoryKeyStore();
    const device = await store.deviceKey();
    if (device !== null) await renamed.addDeviceKey(device);
    await renamed.keepWrappedKey({ ...kept, keyId: stranger.publicKey.kid });
    expect(await createKeyring(renamed).unlock(stranger.publicKey.kid)).toBeNull();
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
    const keys = new DeskKeys(createKeyring(empty));
    await keys.unlock({
      stationKeyId: stranger.publicKey.kid,
      demonstrationStationKey: stranger.privateText,
    });
    expect(keys.state).toBe('ready');
    const readable = await keys.openReport(await seal(stranger.publicKey, report), report.reportId);
    expect(readable).toEqual({ ok: true, opened: report });
    expect(await empty.wrappedKey(stranger.publicKey.kid)).toBeNull();
    expect(await empty.deviceKey()).toBeNull();
  });

  test('an opened text that is no report, or says it is another one, is not shown', async () => {
    const keys = new DeskKeys(createKeyring(store));
    await keys.unlock({ stationKeyId: made.kid, demonstrationStationKey: null });
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

  test('unpaired, foreign and locked are three different things', async () => {
    const keys = new DeskKeys(createKeyring(memoryKeyStore()));
    expect(keys.state).toBe('locked');
    await keys.unlock({ stationKeyId: null, demonstrationStationKey: null });
    expect(keys.state).toBe('unpaired');
    await keys.unlock({ stationKeyId: made.kid, demonstrationStationKey: null });
    expect(keys.state).toBe('foreign');
    keys.lock();
    expect(keys.state).toBe('locked');
    expect(await keys.openReport(await seal(made, report), report.reportId)).toEqual({
      ok: false,
      reason: 'no-key',
    });
  });
});
