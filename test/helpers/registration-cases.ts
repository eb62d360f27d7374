import { expect, it } from 'vitest';
import { CompactSign, importJWK } from 'jose';
import type { Registration } from '../../src-main/contract/kiosk-api.ts';
import { genesisHash } from '../../src-main/contract/envelope.ts';
import { kioskIdSchema, type KioskId } from '../../src-main/contract/ids.ts';
import { kioskPublicKeySchema, kioskSigningKeySchema } from '../../src-main/contract/keys.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { acknowledgeFeed, readFeed } from '../../src-district/feed.ts';
import { createIntake } from '../../src-district/intake.ts';
import type { IntakeDatabase } from '../../src-district/intake-database.ts';
import {
  createKeyFinder,
  listKiosks,
  makeEnrolmentCode,
  registerKiosk,
  revokeKeys,
} from '../../src-district/kiosk-registry.ts';
import { verifyLogs, type BadPlace } from '../../src-district/verify.ts';
import { addReader, findReader, listReaders, revokeReader } from '../../src-district/readers.ts';
import { makeChainKiosk, type ChainKiosk } from './event-chain.ts';

type Log = Registration['log'];
const newLog: Log = { throughSequence: 0, headHash: genesisHash };

/** A registration as a kiosk makes it; `signed` is what it says it signed. */
export async function makeRegistration(
  code: string,
  privateText: string,
  log: Log = newLog,
  signed: object = { code, log },
): Promise<Registration> {
  const key = kioskSigningKeySchema.parse(JSON.parse(privateText));
  const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify(signed)))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(await importJWK({ ...key, alg: 'ES256' }));
  return { version: 1, code, publicKey: kioskPublicKeySchema.parse(key), log, proof };
}

let numbers = 0;
const freshNumber = (district = '08'): KioskId => {
  numbers += 1;
  return kioskIdSchema.parse(`${district}-${String(numbers).padStart(3, '0')}`);
};

/** Kiosks, readers and their rights, the same on every database. */
export function describeAdministration(open: () => IntakeDatabase): void {
  const noFolder = new Map();

  it('a code registers one key once, asked again it is the first result; any other use is refused', async () => {
    const kioskId = freshNumber();
    const [first, other] = [await makeKioskKey(), await makeKioskKey()];
    const code = await makeEnrolmentCode(open(), kioskId, 24);
    const registration = await makeRegistration(code, first.privateText);
    expect(await registerKiosk(open(), registration)).toEqual({ ok: true, kioskId });
    expect(await registerKiosk(open(), registration)).toEqual({ ok: true, kioskId });
    const refused = async (made: Promise<Registration>): Promise<unknown> =>
      registerKiosk(open(), await made);
    expect(await refused(makeRegistration(code, other.privateText))).toEqual({ ok: false, problem: 'code' });
    expect(await refused(makeRegistration('AAAAA-AAAAA-AAAAA-AAAAA', other.privateText))).toEqual({
      ok: false,
      problem: 'code',
    });
    const elsewhere = { code: 'another', log: newLog };
    expect(await refused(makeRegistration(code, first.privateText, newLog, elsewhere))).toEqual({
      ok: false,
      problem: 'proof',
    });
    const over = await makeEnrolmentCode(open(), freshNumber(), 0);
    expect(await refused(makeRegistration(over, other.privateText))).toEqual({ ok: false, problem: 'code' });
    expect((await createKeyFinder(open(), noFolder)(kioskId)).map(({ kid }) => kid)).toEqual([first.keyId]);
  });

  it('a registered kiosk delivers, a revoked one does not, wherever its key came from', async () => {
    const kiosk = await makeChainKiosk(freshNumber());
    const inFolder = new Map([[kiosk.kioskId, kiosk.publicKey]]);
    kiosk.addReports(2);
    const intake = () => createIntake({ database: open(), kioskKeys: inFolder, patienceMs: 0 });
    expect((await intake().handleBatch(await kiosk.batch(1, 2))).outcome).toBe('acknowledged');
    await revokeKeys(open(), kiosk.kioskId, [kiosk.publicKey]);
    const outcome = await intake().handleBatch(await kiosk.batch(1, 2));
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { refusal: 'unknown-kiosk' } });
  });

  it('a machine goes on under another number from where its log is; a number that was used takes no other log', async () => {
    const kiosk = await makeChainKiosk(freshNumber());
    kiosk.addReports(6);
    const inFolder = new Map([[kiosk.kioskId, kiosk.publicKey]]);
    await createIntake({ database: open(), kioskKeys: inFolder }).handleBatch(await kiosk.batch(1, 4));
    const keys = await makeKioskKey();
    const register = async (kioskId: KioskId, log: Log): Promise<unknown> =>
      registerKiosk(
        open(),
        await makeRegistration(await makeEnrolmentCode(open(), kioskId, 1), keys.privateText, log),
      );
    const mark = { throughSequence: 4, headHash: kiosk.events[3]?.hash ?? '' };
    expect(await register(kiosk.kioskId, newLog)).toEqual({ ok: false, problem: 'history' });
    const invented = { throughSequence: 4, headHash: 'a'.repeat(64) };
    expect(await register(kiosk.kioskId, invented)).toEqual({ ok: false, problem: 'history' });
    expect(await register(kiosk.kioskId, mark)).toMatchObject({ ok: true });
    const moved = freshNumber();
    expect(await register(moved, mark)).toEqual({ ok: true, kioskId: moved });
    const rest: ChainKiosk = { ...kiosk, kioskId: moved };
    const movedFolder = new Map([[moved, kiosk.publicKey]]);
    const intake = createIntake({ database: open(), kioskKeys: movedFolder, patienceMs: 0 });
    const signature = await kiosk.signer.sign({
      kioskId: moved,
      firstSequence: 5,
      lastSequence: 6,
      headHash: kiosk.events[5]?.hash ?? '',
    });
    const batch = { ...(await rest.batch(5, 6)), kioskId: moved, signature };
    expect((await intake.handleBatch(batch)).outcome).toBe('acknowledged');
  });

  it('two histories of one kiosk are noticed and shown beside what it delivered', async () => {
    const kiosk = await makeChainKiosk(freshNumber());
    kiosk.addReports(3);
    const intake = createIntake({
      database: open(),
      kioskKeys: new Map([[kiosk.kioskId, kiosk.publicKey]]),
      patienceMs: 0,
    });
    await intake.handleBatch(await kiosk.batch(1, 3));
    kiosk.events.splice(1);
    kiosk.addReports(4);
    for (let again = 0; again < 3; again += 1) {
      expect(await intake.handleBatch(await kiosk.batch(2, 5))).toMatchObject({ outcome: 'refused' });
    }
    const shown = (await listKiosks(open())).find(({ kioskId }) => kioskId === kiosk.kioskId);
    expect(shown).toMatchObject({ through: 3, otherHistories: 1, parked: 0 });
  });

  it('a reader gets each event until it has acknowledged it, in the order of each kiosk, of its own district only', async () => {
    const [here, there] = [await makeChainKiosk(freshNumber('41')), await makeChainKiosk(freshNumber('42'))];
    const kioskKeys = new Map([here, there].map((kiosk) => [kiosk.kioskId, kiosk.publicKey]));
    const intake = createIntake({ database: open(), kioskKeys });
    for (const kiosk of [here, there]) {
      kiosk.addReports(5);
      await intake.handleBatch(await kiosk.batch(1, 5));
    }
    const name = `system of ${here.kioskId}`;
    const token = (await addReader(open(), { name, district: '41' })) ?? '';
    expect(await addReader(open(), { name, district: '41' })).toBeNull();
    const reader = await findReader(open(), token);
    if (reader === null) throw new Error('a reader');
    const first = await readFeed(open(), reader, 3);
    expect(first.events.map(({ kioskId, sequence }) => [kioskId, sequence])).toEqual(
      [1, 2, 3].map((sequence) => [here.kioskId, sequence]),
    );
    expect(first.events.map(({ body }) => body)).toEqual(here.events.slice(0, 3).map(({ body }) => body));
    // The reader died before it stored them.
    expect(await readFeed(open(), reader, 3)).toEqual(first);
    expect(await acknowledgeFeed(open(), reader, first.cursor ?? '')).toBe(1);
    const second = await readFeed(open(), reader, 100);
    expect(second.events.map(({ sequence }) => sequence)).toEqual([4, 5]);
    await acknowledgeFeed(open(), reader, second.cursor ?? '');
    // An old acknowledgement that arrives late, one beyond everything, one of another district, and none at all.
    await acknowledgeFeed(open(), reader, first.cursor ?? '');
    expect(await readFeed(open(), reader, 100)).toEqual({ events: [], notices: [], cursor: null });
    const cursorOf = (marks: unknown): string => Buffer.from(JSON.stringify(marks)).toString('base64url');
    await acknowledgeFeed(open(), reader, cursorOf([[here.kioskId, 999]]));
    here.addReports(1);
    await intake.handleBatch(await here.batch(6, 6));
    expect((await readFeed(open(), reader, 100)).events.map(({ sequence }) => sequence)).toEqual([6]);
    expect(await acknowledgeFeed(open(), reader, 'no cursor')).toBeNull();
    const abroad = await addReader(open(), { name: `${name} abroad`, district: '42' });
    const other = await findReader(open(), abroad ?? '');
    if (other === null) throw new Error('another reader');
    await acknowledgeFeed(open(), reader, cursorOf([[there.kioskId, 5]]));
    expect((await readFeed(open(), other, 100)).events).toHaveLength(5);
    expect(await revokeReader(open(), name)).toBe(true);
    expect(await findReader(open(), token)).toBeNull();
    expect(await listReaders(open())).toContainEqual({ name, district: '41', isRevoked: true });
  });

  it('an event altered, or taken out, at the district is named by its place; what came odd or empty is no fault', async () => {
    const kiosks: ChainKiosk[] = [];
    for (let n = 0; n < 3; n += 1) {
      const kiosk = await makeChainKiosk(freshNumber('44'));
      kiosk.addReports(3);
      kiosk.addWire({ kind: 'made-up-later', occurredAt: 'some day', body: 'half a \ud800 pair' });
      kiosk.addReports(3);
      const withheld = kiosk.events[5];
      if (withheld !== undefined) kiosk.events.splice(5, 1, { ...withheld, body: '' });
      const intake = createIntake({
        database: open(),
        kioskKeys: new Map([[kiosk.kioskId, kiosk.publicKey]]),
      });
      const batch = await kiosk.batch(1, 7, [{ sequence: 6, reason: 'altered' }]);
      expect((await intake.handleBatch(batch)).outcome).toBe('acknowledged');
      kiosks.push(kiosk);
    }
    const ours = async (): Promise<readonly BadPlace[]> =>
      (await verifyLogs(open())).bad.filter(({ kioskId }) => kioskId.startsWith('44-'));
    expect(await ours()).toEqual([]);
    const change = (sql: string, kiosk: ChainKiosk | undefined): Promise<unknown> =>
      open().transaction((transaction) => transaction.query(sql, [kiosk?.kioskId ?? '']));
    await change(
      "UPDATE event SET body = replace(body, 'sealed', 'seaIed') WHERE kiosk_id = $1::text AND sequence = 7",
      kiosks[0],
    );
    await change('UPDATE kiosk SET through_sequence = 9 WHERE kiosk_id = $1::text', kiosks[1]);
    await change(
      "UPDATE event SET occurred_at = occurred_at + interval '1 hour' WHERE kiosk_id = $1::text AND sequence = 2",
      kiosks[2],
    );
    expect(await ours()).toEqual([
      { kioskId: kiosks[0]?.kioskId, sequence: 7, problem: 'altered' },
      { kioskId: kiosks[1]?.kioskId, sequence: 8, problem: 'missing' },
      { kioskId: kiosks[2]?.kioskId, sequence: 2, problem: 'altered' },
    ]);
  });

  it('long events come in answers of about four megabytes, one by one if need be', async () => {
    const kiosk = await makeChainKiosk(freshNumber('43'));
    const intake = createIntake({
      database: open(),
      kioskKeys: new Map([[kiosk.kioskId, kiosk.publicKey]]),
    });
    for (let n = 1; n <= 5; n += 1) {
      kiosk.addReport(undefined, 'x'.repeat(800_000));
      expect((await intake.handleBatch(await kiosk.batch(n, n))).outcome).toBe('acknowledged');
    }
    const reader = { name: `reader of ${kiosk.kioskId}`, district: '43' };
    await addReader(open(), reader);
    const lengths: number[] = [];
    for (let feed = await readFeed(open(), reader, 100); feed.cursor !== null;) {
      lengths.push(feed.events.length);
      await acknowledgeFeed(open(), reader, feed.cursor);
      feed = await readFeed(open(), reader, 100);
    }
    expect(lengths).toEqual([2, 2, 1]);
  });
}
