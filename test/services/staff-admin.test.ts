import { expect, it } from 'vitest';
import { listAudit } from '../../db/stores/audit.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import type { StaffMember } from '../../src-main/contract/desk-staff.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { createStaffAdmin } from '../../src-main/services/staff-admin.ts';
import { createFakeClock } from '../helpers/fakes.ts';
import { expectKind } from '../helpers/expect-kind.ts';
import { openTestStore } from '../helpers/test-store.ts';

const cost = { memoryKiB: 64, iterations: 1 };

function staffOf({ staffId, userName, displayName, roles }: StaffMember): Staff {
  return { staffId, userName, displayName, roles };
}

async function setUp() {
  const clock = createFakeClock();
  const store = openTestStore(clock);
  const admin = createStaffAdmin({ store, clock, randomness: createRandomness(), cost });
  const add = async (userName: string, roles: Staff['roles']) =>
    expectKind(await admin.add({ userName, displayName: userName, roles }, 'it'), 'made').member;
  const [anna, bo] = [await add('anna', ['supervisor']), await add('bo', ['supervisor', 'officer'])];
  const ended: string[] = [];
  admin.onChanged((staffId) => ended.push(staffId));
  return { store, admin, add, anna, bo, ended };
}

it('two supervisors remove each other: the first one does, the second learns that something has changed', async () => {
  const { admin, anna, bo, ended } = await setUp();
  expect(admin.setDisabled(bo, true, staffOf(anna))).toMatchObject({ kind: 'done' });
  expect(admin.setDisabled(anna, true, staffOf(bo))).toEqual({ kind: 'changed', member: null });
  expect(await admin.add({ userName: 'cleo', displayName: 'C', roles: ['it'] }, staffOf(bo))).toEqual({
    kind: 'changed',
    member: null,
  });
  expect(ended).toEqual([bo.staffId]);
  expect(admin.list().filter(({ isDisabled }) => !isDisabled)).toMatchObject([{ userName: 'anna' }]);
});

it('two change the same colleague: the second sees how it stands now, and nothing is overwritten', async () => {
  const { admin, add, anna, bo } = await setUp();
  const cleo = await add('cleo', ['front-desk']);
  expectKind(admin.setRoles(cleo, ['officer'], staffOf(anna)), 'done');
  const late = expectKind(admin.setRoles(cleo, ['it'], staffOf(bo)), 'changed');
  expect(late.member).toMatchObject({ roles: ['officer'], version: cleo.version + 1 });
  expect(await admin.resetPin(cleo, staffOf(bo))).toMatchObject({ kind: 'changed' });
});

it('the last supervisor stays: not disabled, not without the role, by nobody', async () => {
  const { admin, anna, bo } = await setUp();
  const { member } = expectKind(admin.setRoles(bo, ['officer'], staffOf(anna)), 'done');
  expect(admin.setDisabled(anna, true, 'it')).toEqual({ kind: 'last-supervisor' });
  expect(admin.setRoles(anna, ['front-desk'], staffOf(anna))).toEqual({ kind: 'last-supervisor' });
  expect(admin.setDisabled(member, true, staffOf(anna))).toMatchObject({ kind: 'done' });
});

it('nobody can sign in who could help: IT lets the supervisor in again with a PIN for one time, and the log says so', async () => {
  const { store, admin, anna, bo, ended } = await setUp();
  expect(await admin.recover(null)).toEqual({ kind: 'several', userNames: ['anna', 'bo'] });
  expect(await admin.recover('nobody')).toEqual({ kind: 'no-supervisor' });
  expectKind(admin.setDisabled(bo, true, staffOf(anna)), 'done');
  const { member, pin } = expectKind(await admin.recover('bo'), 'made');
  expect(member).toMatchObject({ userName: 'bo', isDisabled: false, isPinOneTime: true });
  expect(pin).toMatch(/^\d{6}$/);
  expect(ended).toEqual([bo.staffId, bo.staffId]);
  expect(store.read((db) => listAudit(db, 1))[0]).toMatchObject({
    actor: 'it',
    action: 'staff-recovered',
    subject: bo.staffId,
  });
});
