import { ORPCError } from '@orpc/client';
import { deviceIdSchema, type DeskDevice, type KeyBox } from '../../src-main/contract/desk-devices.ts';
import type { StaffMember } from '../../src-main/contract/desk-staff.ts';
import { staffIdSchema } from '../../src-main/contract/ids.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { DeskClient } from '../../src-renderer/api/connect-desk.ts';

export const deskPairCode = '1234 5678';
/** What the kiosk makes for somebody new. */
export const madePin = '493817';

export interface FakeDoorOptions {
  readonly enter: (call: string, needsSession?: boolean) => void;
  readonly stationKeyId: () => string | null;
  readonly pairWith: (key: PublicKey) => void;
}

type DoorClient = Pick<
  DeskClient,
  | 'greet'
  | 'prove'
  | 'register'
  | 'releaseKey'
  | 'keepKey'
  | 'devices'
  | 'makeDeskCode'
  | 'giveKey'
  | 'revokeDevice'
  | 'staff'
  | 'addStaff'
  | 'setRoles'
  | 'setDisabled'
  | 'resetPin'
  | 'changePin'
>;

const refuse = (code: string, status: number, data?: unknown): ORPCError<string, unknown> =>
  new ORPCError(code, { defined: true, status, data });

/** The kiosk's door, its desks and its staff, as much as a page can meet. */
export class FakeDoor {
  /** False: the page has to register first. */
  isAdmitted = true;
  /** The cable is out: nothing comes back, and nobody is told. */
  isSilent = false;
  devices: DeskDevice[] = [];
  members: StaffMember[] = [];
  /** The PIN somebody signed in with has been seen by others. */
  isPinOneTime = false;
  release: { releaseSecret: string; box: KeyBox | null; isHeld: boolean } | null = null;
  readonly given: { deviceId: string; box: KeyBox }[] = [];
  readonly #options: FakeDoorOptions;

  constructor(options: FakeDoorOptions) {
    this.#options = options;
  }

  procedures(): DoorClient {
    return { ...this.#door(), ...this.#desks(), ...this.#staff() };
  }

  #door(): Pick<DoorClient, 'greet' | 'prove' | 'register' | 'releaseKey' | 'keepKey'> {
    const { enter, stationKeyId, pairWith } = this.#options;
    return {
      greet: async () => {
        enter('greet', false);
        if (this.isSilent) await new Promise(() => undefined);
        return {
          kioskId: '00-000',
          stationName: 'Fjordby',
          challenge: 'c'.repeat(43),
          isAdmitted: this.isAdmitted,
          hasStationKey: stationKeyId() !== null,
        };
      },
      prove: async () => {
        enter('prove', false);
        throw refuse('UNKNOWN_DESK', 403);
      },
      register: async ({ code, stationKey, releaseSecret, name }) => {
        enter('register', false);
        if (code !== deskPairCode) throw refuse('WRONG_CODE', 403);
        if (this.devices.some((device) => device.name === name)) throw refuse('NAME_TAKEN', 409);
        if (stationKey !== null) pairWith(stationKey);
        this.release = { releaseSecret, box: null, isHeld: true };
        this.isAdmitted = true;
        return { deviceId: deviceIdSchema.parse('d'.repeat(43)) };
      },
      releaseKey: async () => {
        enter('releaseKey');
        return this.release;
      },
      keepKey: async () => {
        enter('keepKey');
        return {};
      },
    };
  }

  #desks(): Pick<DoorClient, 'devices' | 'makeDeskCode' | 'giveKey' | 'revokeDevice'> {
    const { enter, stationKeyId } = this.#options;
    return {
      devices: async () => {
        enter('devices');
        return { devices: this.devices, stationKeyId: stationKeyId() };
      },
      makeDeskCode: async () => {
        enter('makeDeskCode');
        return { code: deskPairCode, validForMs: 600_000 };
      },
      giveKey: async ({ deviceId, box }) => {
        enter('giveKey');
        this.given.push({ deviceId, box });
        this.devices = this.devices.map((device) =>
          device.deviceId === deviceId ? { ...device, key: 'given' } : device,
        );
        return {};
      },
      revokeDevice: async ({ deviceId }) => {
        enter('revokeDevice');
        this.devices = this.devices.filter((device) => device.deviceId !== deviceId);
        return {};
      },
    };
  }

  #staff(): Pick<DoorClient, 'staff' | 'addStaff' | 'setRoles' | 'setDisabled' | 'resetPin' | 'changePin'> {
    const { enter } = this.#options;
    return {
      staff: async () => {
        enter('staff');
        return { staff: this.members };
      },
      addStaff: async ({ userName, displayName, roles }) => {
        enter('addStaff');
        if (this.members.some((one) => one.userName === userName)) throw refuse('NAME_TAKEN', 409);
        const staffId = staffIdSchema.parse(crypto.randomUUID());
        const member = {
          staffId,
          userName,
          displayName,
          roles,
          version: 1,
          isDisabled: false,
          isPinOneTime: true,
        };
        this.members = [...this.members, member];
        return { member, pin: madePin };
      },
      setRoles: async ({ staffId, version, roles }) => this.#change('setRoles', staffId, version, { roles }),
      setDisabled: async ({ staffId, version, isDisabled }) =>
        this.#change('setDisabled', staffId, version, { isDisabled }),
      resetPin: async ({ staffId, version }) => ({
        member: this.#change('resetPin', staffId, version, { isPinOneTime: true }),
        pin: madePin,
      }),
      changePin: async ({ pin }) => {
        enter('changePin');
        if (pin.length < 6) throw refuse('POOR_PIN', 422, { fault: 'short' });
        this.isPinOneTime = false;
        return {};
      },
    };
  }

  #change(call: string, staffId: string, version: number, change: Partial<StaffMember>): StaffMember {
    this.#options.enter(call);
    const before = this.members.find((one) => one.staffId === staffId);
    if (before === undefined) throw refuse('NOT_FOUND', 404);
    if (before.version !== version) throw refuse('CHANGED', 409, before);
    const member = { ...before, ...change, version: version + 1 };
    this.members = this.members.map((one) => (one === before ? member : one));
    return member;
  }
}
