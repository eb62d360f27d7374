import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { createStaffAccess } from '../../src-main/services/staff-access.ts';
import { createStaffAdmin } from '../../src-main/services/staff-admin.ts';
import { createFakeClock, createFakeLog } from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { makeFolder, openTestStore } from '../helpers/test-store.ts';

const cost = { memoryKiB: 64, iterations: 1 };
const desk = ['desk 1'];

async function setUp() {
  const clock = createFakeClock();
  const folder = makeFolder();
  const store = openTestStore(clock, folder);
  const open = (from = store) => createStaffAccess({ store: from, clock, log: createFakeLog(), cost });
  const admin = createStaffAdmin({ store, clock, randomness: createRandomness(), cost });
  const anna = { userName: 'anna', displayName: 'Anna', roles: ['front-desk' as const] };
  const { pin, member } = expectKind(await admin.add(anna, 'it', false), 'made');
  const { staffId } = member;
  const access = open();
  const wrongPin = pin === '000000' ? '111111' : '000000';
  const wrong = (from = desk, userName = 'anna') => access.signIn({ userName, pin: wrongPin, from });
  return { clock, folder, store, open, access, admin, staff: { staffId, ...anna }, member, pin, wrong };
}

it('a user who was added signs in with the PIN that was told once, and nothing of it is kept', async () => {
  const { store, access, staff, pin } = await setUp();
  expect(pin).toMatch(/^\d{6}$/);
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toEqual({
    kind: 'signed-in',
    staff,
    isPinOneTime: false,
  });
  access.signOut(staff);
  expect(store.read((db) => listAudit(db, 3)).map((line) => line.action)).toEqual([
    'signed-out',
    'signed-in',
    'staff-added',
  ]);
  const kept = store.read((db) => [db.all('SELECT * FROM staff'), db.all('SELECT * FROM audit')]);
  expect(JSON.stringify(kept)).not.toContain(`"${pin}"`);
  expect(JSON.stringify(kept)).toContain('$argon2id$v=19$');
});

it('five tries are free, then each failure waits longer; the right PIN is not even looked at meanwhile', async () => {
  const { clock, access, pin, wrong } = await setUp();
  for (let n = 0; n < 5; n += 1) expect(await wrong()).toEqual({ kind: 'wrong-pin' });
  const first = expectKind(await access.signIn({ userName: 'anna', pin, from: desk }), 'throttled');
  clock.advance(first.retryAfterMs - 1);
  expect(await wrong()).toEqual({ kind: 'throttled', retryAfterMs: 1 });
  clock.advance(1);
  expect(await wrong()).toEqual({ kind: 'wrong-pin' });
  const second = expectKind(await wrong(), 'throttled');
  expect(second.retryAfterMs).toBe(2 * first.retryAfterMs);
  clock.advance(second.retryAfterMs);
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toMatchObject({ kind: 'signed-in' });
  expect(await wrong()).toEqual({ kind: 'wrong-pin' });
});

it('one desk that tries many names is slowed down too, and one user at many desks', async () => {
  const { wrong } = await setUp();
  for (let n = 0; n < 5; n += 1) await wrong(desk, `name-${n}`);
  expect(await wrong(desk, 'name-9')).toMatchObject({ kind: 'throttled' });
  expect(await wrong(['desk 2'], 'name-9')).toEqual({ kind: 'wrong-pin' });
  for (let n = 0; n < 5; n += 1) await wrong([`desk 1${n}`]);
  expect(await wrong(['desk 99'])).toMatchObject({ kind: 'throttled' });
});

it('guesses sent all at once share the free tries', async () => {
  const { access, wrong, pin } = await setUp();
  const all = await Promise.all(Array.from({ length: 20 }, () => wrong()));
  expect(all.filter(({ kind }) => kind === 'wrong-pin')).toHaveLength(5);
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toMatchObject({ kind: 'throttled' });
});

it('a restart is no way round the wait: it begins anew, whatever the clock says', async () => {
  const { clock, folder, store, open, pin, wrong } = await setUp();
  for (let n = 0; n < 7; n += 1) {
    await wrong();
    clock.advance(n < 6 ? 60_000 : 0);
  }
  const before = expectKind(await wrong(), 'throttled');
  store.close();
  const later = open(openTestStore(clock, folder));
  const after = expectKind(await later.signIn({ userName: 'anna', pin, from: desk }), 'throttled');
  expect(after.retryAfterMs).toBe(before.retryAfterMs);
  // What was typed as a name is nowhere to be read: it may have been a PIN.
  clock.advance(after.retryAfterMs);
  expect(await later.signIn({ userName: 'anna', pin, from: desk })).toMatchObject({ kind: 'signed-in' });
});

it('a PIN typed where the name belongs is not kept in clear', async () => {
  const { store, access } = await setUp();
  await access.signIn({ userName: '739512', pin: 'anna', from: desk });
  const kept = store.read((db) => db.all('SELECT * FROM sign_in_failure'));
  expect(kept).toHaveLength(2);
  expect(JSON.stringify(kept)).not.toContain('739512');
});

it('whoever is shut out does not come in, not even when it happens while the PIN is checked', async () => {
  const { access, admin, member, pin } = await setUp();
  const slow = access.signIn({ userName: 'anna', pin, from: desk });
  expectKind(admin.setDisabled(member, true, 'it'), 'done');
  expect(await slow).toEqual({ kind: 'wrong-pin' });
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toEqual({ kind: 'wrong-pin' });
});

it('a one-time PIN ends with the choice of another, which is neither simple nor the same', async () => {
  const { access, admin, member, staff } = await setUp();
  const { pin } = expectKind(await admin.resetPin(member, 'it'), 'made');
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toMatchObject({ isPinOneTime: true });
  for (const [poor, fault] of [
    ['12345', 'short'],
    ['1234567', 'simple'],
    ['777777', 'simple'],
    ['121212', 'simple'],
    ['too short', 'short'],
    ['hejsa anna hejsa', 'name'],
    [pin, 'same'],
  ] as const)
    expect(await access.changePin(staff, poor)).toEqual({ kind: 'poor-pin', fault });
  expect(await access.changePin(staff, 'en grøn cykel i regn')).toEqual({ kind: 'changed' });
  expect(await access.signIn({ userName: 'anna', pin, from: desk })).toEqual({ kind: 'wrong-pin' });
  // Typed on a keyboard that composes its letters otherwise.
  const decomposed = 'en grøn cykel i regn'.normalize('NFD');
  expect(await access.signIn({ userName: 'anna', pin: decomposed, from: desk })).toMatchObject({
    kind: 'signed-in',
    isPinOneTime: false,
  });
});
