import { appendAudit } from '../../db/stores/audit.ts';
import {
  findDevice,
  findDeviceByName,
  giveBox,
  keepStationKey,
  listDevices,
  revokeDevice,
  saveDevice,
  touchDevice,
  type StoredDevice,
} from '../../db/stores/desk-device.ts';
import { findStationKey, removeStationKey, saveStationKey } from '../../db/stores/kiosk.ts';
import type { WritableDb } from '../../db/transaction.ts';
import type { AuditAction } from '../contract/audit.ts';
import {
  deviceIdSchema,
  type DeviceId,
  type DevicePublicKey,
  type KeyBox,
} from '../contract/desk-devices.ts';
import type { PublicKey } from '../contract/keys.ts';
import type { Staff } from '../contract/staff.ts';
import type { Clock, Randomness } from '../domain/ports.ts';
import { deviceProofText, type DeviceProof } from '../domain/device-proof.ts';
import { isSignedBy } from '../sealing/device-signature.ts';
import { keyIdOf, parseStationPublicKey } from '../sealing/key-files.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { PairingCode } from './pairing-code.ts';
import type { Store, StoreProblem, WriteOutcome } from './store.ts';

export type NotStored = { readonly kind: 'not-stored'; readonly reason: StoreProblem };
export type RegisterOutcome =
  | { readonly kind: 'registered'; readonly deviceId: DeviceId }
  | { readonly kind: 'wrong-code' | 'name-taken' | 'other-key' | 'wrong-key' }
  | NotStored;
export type DeviceOutcome = { readonly kind: 'done' } | { readonly kind: 'not-found' } | NotStored;
export type GiveOutcome = DeviceOutcome | { readonly kind: 'other-key' };

/** Where the connection stands that a desk wants to be let in on. */
export type ProofPlace = Pick<DeviceProof, 'origin' | 'challenge'>;

export interface RegisterRequest {
  readonly code: string;
  readonly name: string;
  readonly signKey: DevicePublicKey;
  readonly boxKey: DevicePublicKey;
  readonly releaseSecret: string;
  readonly stationKey: PublicKey | null;
  readonly signature: string;
}

export interface DevicesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly kioskId: string;
  /** A demonstration's, which no desk has made; null elsewhere. */
  readonly givenKey: PublicKey | null;
}

/** The desks of this kiosk: each is registered once by a code, and proves itself on every connection. */
export interface Devices {
  /** For `skranke desk pair`, or for whoever stands at another desk. */
  makeCode(): { readonly code: string; readonly validForMs: number };
  register(request: RegisterRequest, place: ProofPlace): RegisterOutcome;
  prove(deviceId: DeviceId, signature: string, place: ProofPlace): StoredDevice | null;
  list(): StoredDevice[];
  find(deviceId: DeviceId): StoredDevice | null;
  give(deviceId: DeviceId, box: KeyBox, staff: Staff): GiveOutcome;
  keep(deviceId: DeviceId, keyId: string): GiveOutcome;
  /** `actor`: a staff id, or `it`. */
  revoke(deviceId: DeviceId, actor: string): DeviceOutcome;
  revokeByName(name: string): DeviceOutcome;
  /** All desks are lost: every one is removed, and the next that registers makes a new station key. */
  reset(): DeviceOutcome;
  stationKey(): PublicKey | null;
  /** Whether a desk in use holds the key the kiosk seals for. */
  isKeyHeld(): boolean;
  onRevoked(listener: (deviceId: DeviceId) => void): Unsubscribe;
}

export function createDevices(options: DevicesOptions): Devices {
  return new RegisteredDevices(options);
}

class RegisteredDevices implements Devices {
  private readonly options: DevicesOptions;
  private readonly code: PairingCode;
  private readonly revoked = createListeners<DeviceId>();
  private key: PublicKey | null;

  constructor(options: DevicesOptions) {
    this.options = options;
    this.code = new PairingCode(options.clock, options.randomness);
    this.key = options.givenKey ?? options.store.read(findStationKey);
  }

  makeCode() {
    return this.code.make();
  }

  register(request: RegisterRequest, place: ProofPlace): RegisterOutcome {
    const isProven = this.isProof('register', request.signKey, request.signature, place);
    if (!isProven || !this.code.isRight(request.code)) return { kind: 'wrong-code' };
    if ((this.key === null) !== (request.stationKey !== null)) return { kind: 'other-key' };
    // The name of a key is made from the key: a page cannot pass one off under another's name.
    const reading =
      request.stationKey === null ? null : parseStationPublicKey(JSON.stringify(request.stationKey));
    if (reading !== null && !reading.ok) return { kind: 'wrong-key' };
    const stationKey = reading?.key ?? null;
    const deviceId = deviceIdSchema.parse(keyIdOf(request.signKey));
    const outcome = this.options.store.write((db) => this.save(db, deviceId, request, stationKey));
    if (outcome.kind !== 'written') return notStored(outcome);
    if (outcome.value.kind !== 'registered') return outcome.value;
    this.code.spend();
    if (stationKey !== null) this.key = stationKey;
    return outcome.value;
  }

  private save(
    db: WritableDb,
    deviceId: DeviceId,
    { name, signKey, boxKey, releaseSecret }: RegisterRequest,
    stationKey: PublicKey | null,
  ): RegisterOutcome {
    const named = findDeviceByName(db, name);
    if (named !== null && named.deviceId !== deviceId) return { kind: 'name-taken' };
    if (stationKey !== null && !saveStationKey(db, stationKey)) return { kind: 'other-key' };
    const addedAt = this.options.clock.now().toISOString();
    const stationKeyId = stationKey?.kid ?? null;
    saveDevice(db, { deviceId, name, signKey, boxKey, addedAt, stationKeyId, releaseSecret });
    this.note(db, 'kiosk', 'desk-paired', deviceId);
    return { kind: 'registered', deviceId };
  }

  prove(deviceId: DeviceId, signature: string, place: ProofPlace): StoredDevice | null {
    const device = this.find(deviceId);
    if (device === null || !this.isProof('prove', device.signKey, signature, place)) return null;
    // A full disk must not keep a desk from its alerts: when it was seen last is for IT's list only.
    this.options.store.write((db) => touchDevice(db, deviceId, this.options.clock.now().toISOString()));
    return device;
  }

  list(): StoredDevice[] {
    return this.options.store.read(listDevices);
  }

  find(deviceId: DeviceId): StoredDevice | null {
    const device = this.options.store.read((db) => findDevice(db, deviceId));
    return device?.revokedAt === null ? device : null;
  }

  give(deviceId: DeviceId, box: KeyBox, staff: Staff): GiveOutcome {
    return this.change(deviceId, box.keyId, (db) => {
      giveBox(db, deviceId, box);
      this.note(db, staff.staffId, 'desk-key-given', deviceId);
    });
  }

  keep(deviceId: DeviceId, keyId: string): GiveOutcome {
    return this.change(deviceId, keyId, (db) => keepStationKey(db, deviceId, keyId));
  }

  private change(deviceId: DeviceId, keyId: string, act: (db: WritableDb) => void): GiveOutcome {
    if (keyId !== this.key?.kid) return { kind: 'other-key' };
    const outcome = this.options.store.write((db): GiveOutcome => {
      const device = findDevice(db, deviceId);
      if (device?.revokedAt !== null) return { kind: 'not-found' };
      act(db);
      return { kind: 'done' };
    });
    return outcome.kind === 'written' ? outcome.value : notStored(outcome);
  }

  revoke(deviceId: DeviceId, actor: string): DeviceOutcome {
    const { store, clock } = this.options;
    const outcome = store.write((db): DeviceOutcome => {
      const device = findDevice(db, deviceId);
      if (device?.revokedAt !== null) return { kind: 'not-found' };
      revokeDevice(db, deviceId, clock.now().toISOString());
      this.note(db, actor, 'desk-revoked', deviceId);
      return { kind: 'done' };
    });
    if (outcome.kind !== 'written') return notStored(outcome);
    if (outcome.value.kind === 'done') {
      this.revoked.tell(deviceId);
      // What was erased stands in the log of the database as well.
      store.scrub();
    }
    return outcome.value;
  }

  revokeByName(name: string): DeviceOutcome {
    const device = this.options.store.read((db) => findDeviceByName(db, name));
    return device === null ? { kind: 'not-found' } : this.revoke(device.deviceId, 'it');
  }

  reset(): DeviceOutcome {
    const { store, clock } = this.options;
    const lost = this.list();
    const outcome = store.write((db) => {
      for (const { deviceId } of lost) revokeDevice(db, deviceId, clock.now().toISOString());
      this.note(db, 'it', 'desk-reset', findStationKey(db)?.kid ?? '');
      removeStationKey(db);
    });
    if (outcome.kind !== 'written') return notStored(outcome);
    this.key = this.options.givenKey;
    for (const { deviceId } of lost) this.revoked.tell(deviceId);
    store.scrub();
    return { kind: 'done' };
  }

  stationKey(): PublicKey | null {
    return this.key;
  }

  isKeyHeld(): boolean {
    return this.key !== null && this.list().some(({ stationKeyId }) => stationKeyId === this.key?.kid);
  }

  onRevoked(listener: (deviceId: DeviceId) => void): Unsubscribe {
    return this.revoked.add(listener);
  }

  private isProof(
    purpose: DeviceProof['purpose'],
    key: DevicePublicKey,
    signature: string,
    place: ProofPlace,
  ): boolean {
    const text = deviceProofText({ purpose, kioskId: this.options.kioskId, ...place });
    return isSignedBy(key, text, signature);
  }

  private note(db: WritableDb, actor: string, action: AuditAction, subject: string): void {
    appendAudit(db, { occurredAt: this.options.clock.now().toISOString(), actor, action, subject });
  }
}

function notStored(outcome: Exclude<WriteOutcome<unknown>, { kind: 'written' }>): NotStored {
  return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
}
