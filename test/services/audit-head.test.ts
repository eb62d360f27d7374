import { expect, it } from 'vitest';
import { appendAudit, findAuditEnd, listAudit } from '../../db/stores/audit.ts';
import { findSignedHead, saveSignedHead } from '../../db/stores/audit-head.ts';
import { parseKioskSigningKey } from '../../src-main/sealing/key-files.ts';
import { makeKioskKey } from '../../src-main/sealing/make-keys.ts';
import { createAuditHead } from '../../src-main/services/audit-head.ts';
import { createAuditTrail, verifyAudit } from '../../src-main/services/audit-trail.ts';
import { createSigningKeys } from '../../src-main/app/signing-keys.ts';
import { createFakeClock, createFakeLog } from '../helpers/fakes.ts';
import { openTestStore } from '../helpers/test-store.ts';

async function makeSigning() {
  const made = await makeKioskKey();
  const parsed = parseKioskSigningKey(made.privateText);
  if (!parsed.ok) throw new Error('the key just made cannot be read');
  return createSigningKeys(parsed.key);
}

async function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const signing = await makeSigning();
  const timers = { after: () => () => undefined };
  const head = createAuditHead({ store, clock, log: createFakeLog(), timers, signing });
  const trail = createAuditTrail({ store, clock, keys: () => signing.all() });
  const write = (lines: number): void => {
    for (let line = 0; line < lines; line += 1)
      store.write((db) => {
        const occurredAt = clock.now().toISOString();
        appendAudit(db, { occurredAt, actor: 'holm', action: 'report-opened', subject: String(line) });
      });
  };
  const cut = (from: number): void => {
    store.write((db) => db.run('DELETE FROM audit WHERE sequence >= ?', from));
  };
  return { clock, store, signing, head, trail, write, cut, end: () => store.read(findAuditEnd).sequence };
}

it('an end that was cut off behind the signature is seen, also after the kiosk went on, and is never signed over', async () => {
  const { store, head, trail, write, cut, end } = await setUp();
  write(5);
  expect(await head.sign()).toBe('signed');
  const through = end();
  expect(await trail.verify()).toMatchObject({
    ok: true,
    firstBad: null,
    signed: { through, state: 'good' },
  });
  // What came since is not signed yet: a cut there is not seen, and the verdict says how far it is.
  write(3);
  cut(through + 2);
  expect(await trail.verify()).toMatchObject({ ok: true, signed: { through } });
  cut(through - 1);
  expect(await trail.verify()).toMatchObject({
    ...{ ok: false, firstBad: through - 1 },
    signed: { through, state: 'cut' },
  });
  expect(await head.sign()).toBe('refused');
  // Somebody lets the log grow past it: another line stands where that one was signed.
  write(6);
  expect(await head.sign()).toBe('refused');
  expect(await trail.verify()).toMatchObject({ ok: false, firstBad: through, signed: { state: 'differs' } });
  expect(await verifyAudit((ask) => store.read(ask))).toMatchObject({ ok: false, firstBad: through });
});

it('a signature that this kiosk did not make is told; one by a key it had before holds', async () => {
  const { store, signing, head, trail, write } = await setUp();
  write(2);
  await head.sign();
  const next = (await makeSigning()).current();
  signing.change(next);
  expect(await trail.verify()).toMatchObject({ ok: true, signed: { state: 'good' } });
  write(1);
  expect(await head.sign()).toBe('signed');
  const stranger = await setUp();
  stranger.write(9);
  await stranger.head.sign();
  const foreign = stranger.store.read(findSignedHead);
  const own = store.read(findSignedHead);
  if (foreign === null || own === null) throw new Error('both were signed');
  // The line is right, and the signature is somebody else's.
  store.write((db) => saveSignedHead(db, { ...own, signature: foreign.signature }));
  expect(await trail.verify()).toMatchObject({ ok: false, firstBad: null, signed: { state: 'not-own' } });
  expect(await head.sign()).toBe('refused');
});

it('where a signature was taken away the log itself says that signing began anew', async () => {
  const { store, head, trail, write, end } = await setUp();
  write(2);
  await head.sign();
  const count = () =>
    store.read((db) => listAudit(db, 50)).filter(({ action }) => action === 'audit-signed').length;
  expect(count()).toBe(1);
  expect(await head.sign()).toBe('nothing-new');
  write(1);
  await head.sign();
  expect(count()).toBe(1);
  store.write((db) => db.run('DELETE FROM audit_head'));
  expect(await trail.verify()).toMatchObject({ ok: true, signed: null });
  await head.sign();
  expect(count()).toBe(2);
  expect(await trail.verify()).toMatchObject({ ok: true, signed: { through: end() } });
});

it('the last lines are signed when the kiosk stops', async () => {
  const { head, trail, write, end } = await setUp();
  head.start();
  write(4);
  await head.stop();
  expect(await trail.verify()).toMatchObject({ ok: true, signed: { through: end(), state: 'good' } });
});
