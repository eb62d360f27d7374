import { safe } from '@orpc/client';
import type { DeskGreeting } from '../../src-main/contract/desk-devices.ts';
import type { PublicKey } from '../../src-main/contract/keys.ts';
import type { DeskLine } from '../api/connect-desk.ts';
import type { Device, KeyLender, Keyring } from './desk-ports.ts';

export type PairProblem =
  | 'wrong-code'
  | 'name-taken'
  | 'other-key'
  | 'wrong-key'
  | 'not-stored'
  | 'no-answer'
  | 'cannot-keep-key'
  /** This kiosk has no key yet, and gets that of the station: none is open here. */
  | 'nothing-to-bring';
/** `outside`: the kiosk does not know this desk, or no more. */
export type DoorState = 'waiting' | 'outside' | 'inside';

export interface DeskDoorOptions {
  readonly line: DeskLine;
  readonly keyring: Keyring;
  /** The address of the kiosk, which its certificate names: what this page signs for it counts there only. */
  readonly origin: string;
  /** Where a kiosk without a station key gets one; null: this page makes it. */
  readonly lend: KeyLender | null;
}

/** What this desk brings along: made once, however often somebody mistypes the code. */
interface Baggage {
  readonly releaseSecret: string;
  readonly stationKey: PublicKey | null;
}

const problemOf = {
  WRONG_CODE: 'wrong-code',
  NAME_TAKEN: 'name-taken',
  OTHER_KEY: 'other-key',
  WRONG_KEY: 'wrong-key',
  NOT_STORED: 'not-stored',
} as const;

/** Whether this page stands at a desk of the station. Shown anew on every line, before anything else is asked for. */
export class DeskDoor {
  #state = $state<DoorState>('waiting');
  #greeting = $state.raw<DeskGreeting | null>(null);
  #isRemoved = $state(false);
  #isBusy = $state(false);
  #problem = $state<PairProblem | null>(null);
  #baggage: Baggage | null = null;
  readonly #options: DeskDoorOptions;

  constructor(options: DeskDoorOptions) {
    this.#options = options;
  }

  get state(): DoorState {
    return this.#state;
  }
  get stationName(): string {
    return this.#greeting?.stationName ?? '';
  }
  /** A kiosk without a key gets that of the station from here, and none is made for it alone. */
  get bringsKey(): boolean {
    return this.#options.lend !== null;
  }
  /** The first desk of a kiosk makes the station key, or brings it. */
  get isFirst(): boolean {
    return this.#greeting?.hasStationKey === false;
  }
  /** This profile has keys that the kiosk does not accept: the desk was removed. */
  get isRemoved(): boolean {
    return this.#isRemoved;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  get problem(): PairProblem | null {
    return this.#problem;
  }

  /** The line has fallen: what was shown on it counts no more. */
  leave(): void {
    this.#state = 'waiting';
  }

  /** False when the kiosk did not answer; the page tries again. */
  async enter(): Promise<boolean> {
    const greeting = await this.#greet();
    if (greeting === null) return false;
    if (greeting.isAdmitted) {
      this.#state = 'inside';
      return true;
    }
    const device = await this.#options.keyring.device();
    if (device === null) {
      this.#state = 'outside';
      return true;
    }
    return this.#prove(device, greeting);
  }

  async #greet(): Promise<DeskGreeting | null> {
    const result = await safe(this.#options.line.client.greet({}));
    if (!result.isSuccess) return null;
    this.#greeting = result.data;
    return result.data;
  }

  async #prove(device: Device, greeting: DeskGreeting): Promise<boolean> {
    const signature = await this.#sign('prove', greeting);
    const result = await safe(this.#options.line.client.prove({ deviceId: device.deviceId, signature }));
    if (!result.isSuccess && !result.isDefined) return false;
    this.#isRemoved = !result.isSuccess;
    this.#state = result.isSuccess ? 'inside' : 'outside';
    return true;
  }

  #sign(purpose: 'prove' | 'register', { kioskId, challenge }: DeskGreeting): Promise<string> {
    const { keyring, origin } = this.#options;
    return keyring.sign({ purpose, origin, kioskId, challenge });
  }

  /** The key is stored and has opened something before its public half is given away. */
  async register(code: string, name: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#problem = null;
    try {
      this.#problem = await this.#register(code.trim(), name.trim());
      if (this.#problem === null) this.#state = 'inside';
    } finally {
      this.#isBusy = false;
    }
  }

  async #register(code: string, name: string): Promise<PairProblem | null> {
    const greeting = await this.#greet();
    if (greeting === null) return 'no-answer';
    const made = await this.#pack(greeting).catch(() => 'cannot-keep-key' as const);
    if (typeof made === 'string') return made;
    const { device, baggage } = made;
    const { signKey, boxKey } = device;
    const signature = await this.#sign('register', greeting);
    const { releaseSecret, stationKey } = baggage;
    const result = await safe(
      this.#options.line.client.register({
        ...{ code, name, signKey, boxKey, releaseSecret, stationKey, signature },
      }),
    );
    // After a lost answer the key stays: the kiosk may have taken it, and the next line tells.
    if (!result.isSuccess) return result.isDefined ? problemOf[result.error.code] : 'no-answer';
    this.#baggage = null;
    this.#isRemoved = false;
    return null;
  }

  async #pack({
    hasStationKey,
  }: DeskGreeting): Promise<{ device: Device; baggage: Baggage } | 'nothing-to-bring'> {
    const { keyring } = this.#options;
    const device = await keyring.makeDevice();
    const known = this.#baggage;
    if (known !== null && (known.stationKey === null) === hasStationKey) return { device, baggage: known };
    if (known?.stationKey != null) await keyring.forget(known.stationKey.kid);
    const releaseSecret = keyring.makeSecret();
    const stationKey = hasStationKey ? null : await this.#keyFor(releaseSecret);
    if (stationKey === null && !hasStationKey) return 'nothing-to-bring';
    const baggage = { releaseSecret, stationKey };
    this.#baggage = baggage;
    return { device, baggage };
  }

  /** One key for the station where that is possible: what is open for one of its kiosks is kept for the next as well. */
  async #keyFor(releaseSecret: string): Promise<PublicKey | null> {
    const { keyring, lend } = this.#options;
    if (lend === null) return keyring.makeStationKey(releaseSecret);
    const lent = await lend(null);
    if (lent === null || (await keyring.adopt(lent, releaseSecret)) === null) return null;
    return lent.publicKey;
  }
}
