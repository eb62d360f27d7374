import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { DeskDevice } from '../../../src-main/contract/desk-devices.ts';
import { deviceIdSchema } from '../../../src-main/contract/desk-devices.ts';
import type { StaffMember } from '../../../src-main/contract/desk-staff.ts';
import { staffIdSchema } from '../../../src-main/contract/ids.ts';
import type { Role } from '../../../src-main/contract/staff.ts';
import { createKeyring } from '../../../src-renderer/desk/keys/keyring.ts';
import { madePin } from '../../helpers/fake-desk-door.ts';
import { memoryKeyStore } from '../../helpers/memory-key-store.ts';
import {
  axeFaults,
  layoutFaults,
  openDesk,
  press,
  screen,
  seen,
  signIn,
  stopDesks,
  textOf,
  until,
} from './stage.ts';

/* A supervisor looks after colleagues and desks: everything by keyboard, and nothing of a PIN stays. */

afterEach(stopDesks);

async function isUsable(): Promise<void> {
  expect(await axeFaults()).toEqual([]);
  expect(layoutFaults()).toEqual([]);
}

function member(userName: string, roles: Role[]): StaffMember {
  const staffId = staffIdSchema.parse(crypto.randomUUID());
  const state = { version: 1, isDisabled: false, isPinOneTime: false };
  return { staffId, userName, displayName: userName.toUpperCase(), roles, ...state };
}

async function openPlace(place: 'staff' | 'desks') {
  const stage = await openDesk({ roles: ['supervisor'] });
  stage.kiosk.door.members = [member('bo', ['officer']), member('cleo', ['front-desk'])];
  await signIn();
  await screen('desk-queue');
  return {
    ...stage,
    enter: async () => {
      await press(`[data-place="${place}"]`);
      await screen(`desk-${place}`);
    },
  };
}

describe('staff', () => {
  test('a colleague is added by keyboard alone; the PIN is told once and gone with the lock', async () => {
    const { desk, enter } = await openPlace('staff');
    await enter();
    await seen('[data-member="bo"]');
    await isUsable();
    (await seen('[data-desk-action="new-staff"]')).focus();
    await userEvent.keyboard('{Enter}');
    // The form comes forward with its first field.
    await vi.waitUntil(() => document.activeElement?.getAttribute('data-field') === 'display-name', until);
    await userEvent.keyboard('Dora Dal{Tab}Dora.Dal{Enter}');
    expect((await seen('[data-made-pin]')).textContent).toBe(madePin);
    expect(textOf('[data-member="dora.dal"]')).toContain('Dora Dal');
    await isUsable();
    desk.session.lock();
    await screen('desk-sign-in');
    await signIn();
    await enter();
    await seen('[data-member="dora.dal"]');
    expect(document.querySelector('[data-made-pin]')).toBeNull();
  });

  test('somebody was faster: it says so, shows how it stands now, and changes nothing', async () => {
    const { kiosk, enter } = await openPlace('staff');
    await enter();
    await press('[data-member="bo"] [data-desk-action="ask-disable"]');
    const [bo, cleo] = kiosk.door.members;
    if (bo === undefined || cleo === undefined) throw new Error('two colleagues');
    kiosk.door.members = [{ ...bo, roles: ['it'], version: 2 }, cleo];
    await press('[data-desk-action="staff-yes"]');
    await seen('[role="status"] .attention');
    expect(kiosk.door.members[0]).toMatchObject({ isDisabled: false, roles: ['it'] });
    await vi.waitUntil(() => textOf('[data-member="bo"]').includes('IT'), until);
  });
});

describe('desks', () => {
  test('a waiting desk is named with the code to compare; no gives nothing, a desk without the key gives nothing either; a lost one is removed', async () => {
    const { kiosk, enter } = await openPlace('desks');
    const other = createKeyring(memoryKeyStore());
    const { deviceId, boxKey } = await other.makeDevice();
    const waiting: DeskDevice = {
      deviceId: deviceIdSchema.parse(deviceId),
      name: 'Skranke 2',
      boxKey,
      addedAt: '2026-11-20T13:00:00.000Z',
      seenAt: '2026-11-20T13:00:00.000Z',
      isConnected: true,
      isThis: false,
      key: 'waiting',
    };
    kiosk.door.devices = [waiting];
    await enter();
    await press('[data-desk="Skranke 2"] [data-desk-action="give-key"]');
    expect((await seen('[data-check-code]')).textContent).toBe(await other.checkCode(boxKey));
    await isUsable();
    await press('[data-desk-action="give-no"]');
    expect(kiosk.door.given).toEqual([]);
    // This desk has no key of its own here (a demonstration is handed one): it says so, and gives nothing.
    await press('[data-desk="Skranke 2"] [data-desk-action="give-key"]');
    await press('[data-desk-action="give-yes"]');
    await seen('[role="status"] .attention');
    expect(kiosk.door.given).toEqual([]);
    await press('[data-desk="Skranke 2"] [data-desk-action="revoke"]');
    await press('[data-desk-action="revoke-yes"]');
    await vi.waitUntil(() => document.querySelector('[data-desk="Skranke 2"]') === null, until);
    await isUsable();
  });
});
