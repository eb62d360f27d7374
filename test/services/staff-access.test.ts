import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { createStaffAccess } from '../../src-main/services/staff-access.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { createFakeClock, createFakeLog } from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { openTestStore } from '../helpers/test-store.ts';

async function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const cost = { memoryKiB: 64, iterations: 1 };
  const access = createStaffAccess({
    store,
    clock,
    randomness: createRandomness(),
    log: createFakeLog(),
    cost,
  });
  const anna = { userName: 'anna', displayName: 'Anna', roles: ['front-desk' as const] };
  const { pin, staff } = expectKind(await access.addStaff(anna), 'added');
  const wrongPin = pin === '000000' ? '111111' : '000000';
  const wrong = (connection: unknown, userName = 'anna') =>
    access.signIn({ userName, pin: wrongPin, connection });
  return { clock, store, access, anna, staff, pin, wrong };
}

it('a user who was added signs in with the PIN that was told once, and nothing of it is kept', async () => {
  const { store, access, anna, staff, pin } = await setUp();
  expect(pin).toMatch(/^\d{6}$/);
  expect(await access.signIn({ userName: 'anna', pin, connection: 1 })).toEqual({ kind: 'signed-in', staff });
  expect(await access.addStaff(anna)).toEqual({ kind: 'name-taken' });
  access.signOut(staff);
  expect([access.listStaff(), access.hasStaff()]).toEqual([[staff], true]);
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
  for (let n = 0; n < 5; n += 1) expect(await wrong({})).toEqual({ kind: 'wrong-pin' });
  const first = expectKind(await access.signIn({ userName: 'anna', pin, connection: {} }), 'throttled');
  clock.advance(first.retryAfterMs - 1);
  expect(await wrong({})).toEqual({ kind: 'throttled', retryAfterMs: 1 });
  clock.advance(1);
  expect(await wrong({})).toEqual({ kind: 'wrong-pin' });
  const second = expectKind(await wrong({}), 'throttled');
  expect(second.retryAfterMs).toBe(2 * first.retryAfterMs);
  clock.advance(second.retryAfterMs);
  expect(await access.signIn({ userName: 'anna', pin, connection: {} })).toMatchObject({ kind: 'signed-in' });
  expect(await wrong({})).toEqual({ kind: 'wrong-pin' });
});

it('one connection that tries many names is slowed down too', async () => {
  const { wrong } = await setUp();
  const connection = {};
  for (const name of ['a1', 'b1', 'c1', 'd1', 'e1'])
    expect(await wrong(connection, name)).toEqual({ kind: 'wrong-pin' });
  expect(await wrong(connection, 'f1')).toMatchObject({ kind: 'throttled' });
  expect(await wrong({}, 'f1')).toEqual({ kind: 'wrong-pin' });
});

it('guesses sent all at once share the free tries', async () => {
  const { wrong } = await setUp();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => wrong({})));
  expect(outcomes.filter((outcome) => outcome.kind === 'wrong-pin')).toHaveLength(5);
});

it('the wait never grows beyond a quarter of an hour', async () => {
  const { clock, wrong } = await setUp();
  let longestMs = 0;
  for (let n = 0; n < 20; n += 1) {
    const outcome = await wrong({});
    if (outcome.kind === 'throttled') {
      longestMs = Math.max(longestMs, outcome.retryAfterMs);
      clock.advance(outcome.retryAfterMs);
    }
  }
  for (let n = 0; n < 20; n += 1) {
    const outcome = await wrong({});
    if (outcome.kind === 'throttled') {
      longestMs = Math.max(longestMs, outcome.retryAfterMs);
      clock.advance(outcome.retryAfterMs);
    }
  }
  expect(longestMs).toBe(15 * 60_000);
});
