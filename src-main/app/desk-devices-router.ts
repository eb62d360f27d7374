import { implement } from '@orpc/server';
import { deskContract } from '../contract/desk.ts';
import type { DeskDevice } from '../contract/desk-devices.ts';
import type { StoredDevice } from '../../db/stores/desk-device.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { GiveOutcome } from '../services/devices.ts';
import type { DeskConnection } from './connections.ts';
import { checkAccess, isAdmitted } from './desk-access.ts';
import type { DeskRouterParts } from './desk-router.ts';
import { signedIn } from './signed-in.ts';

const desk = implement(deskContract).$context<DeskConnection>().use(checkAccess);

/** What a page that nobody knows yet may ask. */
function doorProcedures({ identity, services }: DeskRouterParts) {
  const { devices } = services;
  return {
    greet: desk.greet.handler(({ context }) => ({
      kioskId: identity.kioskId,
      stationName: identity.station.name,
      challenge: context.challenge,
      isAdmitted: isAdmitted(context),
      hasStationKey: devices.stationKey() !== null,
    })),
    prove: desk.prove.handler(({ input, context, errors }) => {
      const device = devices.prove(input.deviceId, input.signature, context);
      if (device === null) throw errors.UNKNOWN_DESK();
      context.admit(device.deviceId);
      return { name: device.name };
    }),
    register: desk.register.handler(({ input, context, errors }) => {
      const outcome = devices.register(input, context);
      switch (outcome.kind) {
        case 'registered':
          context.admit(outcome.deviceId);
          return { deviceId: outcome.deviceId };
        case 'wrong-code':
          throw errors.WRONG_CODE();
        case 'name-taken':
          throw errors.NAME_TAKEN();
        case 'other-key':
          throw errors.OTHER_KEY();
        case 'wrong-key':
          throw errors.WRONG_KEY();
        case 'not-stored':
          throw errors.NOT_STORED();
        default:
          return assertNever(outcome);
      }
    }),
  };
}

interface GiveErrors {
  NOT_FOUND: () => Error;
  OTHER_KEY: () => Error;
  NOT_STORED: () => Error;
}

function doneOrThrow(outcome: GiveOutcome, errors: GiveErrors): Record<string, never> {
  switch (outcome.kind) {
    case 'done':
      return {};
    case 'not-found':
      throw errors.NOT_FOUND();
    case 'other-key':
      throw errors.OTHER_KEY();
    case 'not-stored':
      throw errors.NOT_STORED();
    default:
      return assertNever(outcome);
  }
}

function keyProcedures({ services }: DeskRouterParts) {
  const { devices } = services;
  return {
    releaseKey: desk.releaseKey.handler(({ context }) => {
      const deviceId = context.device();
      const device = deviceId === null ? null : devices.find(deviceId);
      if (device?.releaseSecret == null) return null;
      return { releaseSecret: device.releaseSecret, box: device.givenBox, isHeld: devices.isKeyHeld() };
    }),
    keepKey: desk.keepKey.handler(({ input, context, errors }) => {
      const deviceId = context.device();
      if (deviceId === null) throw errors.NOT_FOUND();
      return doneOrThrow(devices.keep(deviceId, input.keyId), errors);
    }),
    giveKey: desk.giveKey.handler(({ input, context, errors }) =>
      doneOrThrow(devices.give(input.deviceId, input.box, signedIn(context, errors)), errors),
    ),
  };
}

/** @param keyId null in a demonstration: its key comes with the welcome, no desk waits for it. */
function keyOf({ stationKeyId, givenBox }: StoredDevice, keyId: string | null): DeskDevice['key'] {
  if (keyId === null || stationKeyId === keyId) return 'holds';
  return givenBox === null ? 'waiting' : 'given';
}

/** The desks of this kiosk: how one gets in, gets the station key, and is removed. */
export function createDevicesRouter(parts: DeskRouterParts) {
  const { identity, services, doors } = parts;
  const { devices } = services;
  return {
    ...doorProcedures(parts),
    ...keyProcedures(parts),
    devices: desk.devices.handler(({ context }) => {
      const stationKeyId = devices.stationKey()?.kid ?? null;
      const keyId = identity.demonstration === null ? stationKeyId : null;
      const list = devices.list().map((device): DeskDevice => {
        const { deviceId, name, boxKey, addedAt, seenAt } = device;
        return {
          ...{ deviceId, name, boxKey, addedAt, seenAt },
          isConnected: doors.isConnected(deviceId),
          isThis: context.device() === deviceId,
          key: keyOf(device, keyId),
        };
      });
      return { stationKeyId, devices: list };
    }),
    makeDeskCode: desk.makeDeskCode.handler(() => devices.makeCode()),
    revokeDevice: desk.revokeDevice.handler(({ input, context, errors }) => {
      if (context.device() === input.deviceId) throw errors.THIS_DESK();
      const outcome = devices.revoke(input.deviceId, signedIn(context, errors).staffId);
      if (outcome.kind === 'not-found') throw errors.NOT_FOUND();
      if (outcome.kind === 'not-stored') throw errors.NOT_STORED();
      return {};
    }),
  };
}
