import { expect, it } from 'vitest';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import {
  createKeyFinder,
  listKiosks,
  makeEnrolmentCode,
  registerKiosk,
} from '../../src-district/kiosk-registry.ts';
import { readOverview } from '../../src-district/overview.ts';
import { renewKey } from '../../src-district/renew-key.ts';
import type { Batch } from '../../src-main/contract/envelope.ts';
import { kioskIdSchema } from '../../src-main/contract/ids.ts';
import { kioskSigningKeySchema, type KioskSigningKey } from '../../src-main/contract/keys.ts';
import { createBatchSigner } from '../../src-main/sealing/batch-signer.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { signRenewal } from '../../src-main/sealing/renewal-proof.ts';
import { makeChainKiosk } from './event-chain.ts';
import { makeRegistration } from './registration-cases.ts';

let numbers = 0;

async function makeKey(): Promise<KioskSigningKey> {
  return kioskSigningKeySchema.parse(JSON.parse((await makeKioskKey()).privateText));
}

/** A kiosk changes its key, the same on every database. */
export function describeRenewal(open: () => IntakeDatabase): void {
  const enrol = async () => {
    numbers += 1;
    const kioskId = kioskIdSchema.parse(`48-${String(numbers).padStart(3, '0')}`);
    const kiosk = await makeChainKiosk(kioskId);
    const key = await makeKey();
    const code = await makeEnrolmentCode(open(), kioskId, 1);
    expect(await registerKiosk(open(), await makeRegistration(code, JSON.stringify(key)))).toMatchObject({
      ok: true,
    });
    const send = async (signing: KioskSigningKey, first: number, last: number): Promise<string> => {
      const { signature: _, ...batch } = await kiosk.batch(first, last);
      const { firstSequence, lastSequence, headHash } = batch;
      const signature = await createBatchSigner(signing).sign({
        ...{ kioskId, firstSequence, lastSequence, headHash },
      });
      const signed: Batch = { ...batch, signature };
      // An instance of its own, which remembers no key.
      const outcome = await createIntake({
        database: open(),
        kioskKeys: new Map(),
        patienceMs: 0,
      }).handleBatch(signed);
      return outcome.outcome === 'refused' ? outcome.refusal.refusal : 'kept';
    };
    const renew = async (old: KioskSigningKey, next: KioskSigningKey) => {
      const outcome = await renewKey(
        open(),
        createKeyFinder(open(), new Map()),
        await signRenewal(kioskId, old, next),
      );
      return outcome.ok ? 'renewed' : outcome.problem;
    };
    return { kioskId, kiosk, key, send, renew };
  };
  const age = (kioskId: string): Promise<unknown> =>
    open().transaction((transaction) =>
      transaction.query(
        "UPDATE kiosk_key SET retired_at = retired_at - interval '1 hour' WHERE kiosk_id = $1::text",
        [kioskId],
      ),
    );

  it('both keys count until the new one is used; from then on the old one only vouches for what it signed', async () => {
    const { kioskId, kiosk, key, send, renew } = await enrol();
    const next = await makeKey();
    kiosk.addReports(6);
    expect(await send(key, 1, 2)).toBe('kept');
    expect(await renew(key, next)).toBe('renewed');
    // The answer was lost, and the kiosk goes on with the key it has.
    expect(await send(key, 3, 3)).toBe('kept');
    expect(await renew(key, next)).toBe('renewed');
    expect(await send(next, 4, 4)).toBe('kept');
    expect(await renew(key, next)).toBe('renewed');
    // What it had signed before may arrive late; anything newer is refused, and after a while known for what it is.
    expect(await send(key, 2, 3)).toBe('kept');
    expect(await send(key, 5, 5)).toBe('bad-signature');
    await age(kioskId);
    expect(await send(key, 5, 5)).toBe('conflict');
    expect((await listKiosks(open())).find((one) => one.kioskId === kioskId)?.otherHistories).toBe(1);
    expect(await send(next, 5, 6)).toBe('kept');
    const known = (await createKeyFinder(open(), new Map())(kioskId)).map(({ kid }) => kid);
    expect(known.toSorted()).toEqual([key.kid, next.kid].toSorted());
    const { kiosks } = await readOverview(open(), 'it', new Map());
    const shown = kiosks.find((one) => one.kioskId === kioskId);
    expect(shown).toMatchObject({ through: 6, otherHistories: 1, hasKeyInFolder: false, codeUntil: null });
    const states = new Map(shown?.keys.map(({ keyId, state }) => [keyId, state]));
    expect([states.get(key.kid), states.get(next.kid)]).toEqual(['renewed', 'counts']);
  });

  it('only the key of today vouches for the next one, and only for a key that proves itself', async () => {
    const { kioskId, kiosk, key, send, renew } = await enrol();
    const [next, other, stranger] = [await makeKey(), await makeKey(), await makeKey()];
    expect(await renew(stranger, next)).toBe('unknown-key');
    const find = createKeyFinder(open(), new Map());
    const good = await signRenewal(kioskId, key, next);
    const bad = async (change: object) => renewKey(open(), find, { ...good, ...change });
    const refused = { ok: false, problem: 'proof' };
    expect(await bad({ vouched: good.proof })).toEqual(refused);
    expect(await bad({ proof: good.vouched })).toEqual(refused);
    expect(await bad({ newKeyId: other.kid })).toEqual(refused);
    kiosk.addReports(2);
    expect(await renew(key, next)).toBe('renewed');
    expect(await send(next, 1, 1)).toBe('kept');
    expect(await renew(key, other)).toBe('unknown-key');
    expect(await renew(next, other)).toBe('renewed');
    expect(await send(other, 2, 2)).toBe('kept');
    expect(await send(stranger, 1, 2)).toBe('bad-signature');
  });
}
