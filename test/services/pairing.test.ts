import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { publicKeySchema } from '../../src-main/contract/keys.ts';
import { makeStationKey } from '../../src-main/sealing/make-keys.ts';
import { createPairing } from '../../src-main/services/pairing.ts';
import { createFakeClock, createFakeRandomness, makeStaff } from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

async function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const randomness = createFakeRandomness();
  const open = () => createPairing({ store, clock, randomness });
  const publicKey = publicKeySchema.parse(JSON.parse((await makeStationKey()).publicText));
  return { clock, store, open, pairing: open(), publicKey, anna: makeStaff('Anna') };
}

it('the first desk pairs with the code once; the key is there after a restart', async () => {
  const { store, open, pairing, publicKey, anna } = await setUp();
  const told: string[] = [];
  pairing.onPaired((key) => told.push(key.kid));
  expect(pairing.pair({ code: '', publicKey }, anna)).toEqual({ kind: 'wrong-code' });
  const { code } = pairing.makeCode();
  expect(code).toMatch(/^\d{4} \d{4}$/);
  expect(pairing.pair({ code, publicKey: { ...publicKey, kid: 'another-name' } }, anna)).toEqual({
    kind: 'wrong-key',
  });
  expect(pairing.pair({ code: code.replace(' ', ''), publicKey }, anna)).toEqual({
    kind: 'paired',
    stationKeyId: publicKey.kid,
  });
  expect(told).toEqual([publicKey.kid]);
  expect(pairing.pair({ code, publicKey }, anna)).toEqual({ kind: 'already-paired' });
  expect(open().stationKey()).toMatchObject(publicKey);
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    action: 'desk-paired',
    subject: publicKey.kid,
  });
});

it('a code is good for ten minutes and for five wrong guesses; the newest one counts', async () => {
  const { clock, pairing, publicKey, anna } = await setUp();
  const old = pairing.makeCode();
  const { code, validForMs } = pairing.makeCode();
  expect(pairing.pair({ code: old.code, publicKey }, anna)).toEqual({ kind: 'wrong-code' });
  clock.advance(validForMs + 1);
  expect(pairing.pair({ code, publicKey }, anna)).toEqual({ kind: 'wrong-code' });
  const next = pairing.makeCode();
  for (let n = 0; n < 5; n += 1) pairing.pair({ code: '9999 9999', publicKey }, anna);
  expect(pairing.pair({ code: next.code, publicKey }, anna)).toEqual({ kind: 'wrong-code' });
  expect(pairing.stationKey()).toBeNull();
});
