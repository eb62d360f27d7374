import { safe } from '@orpc/client';
import type { DeskDevice } from '../../src-main/contract/desk-devices.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskClock, Keyring, LentKey } from './desk-ports.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskDevicesOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly keys: DeskKeys;
  readonly keyring: Keyring;
  readonly clock: DeskClock;
}

/** A desk of the list, with what people at both desks compare before it gets the key. */
export interface ListedDesk extends DeskDevice {
  readonly checkCode: string;
}

export type DevicesSaying =
  'no-answer' | 'not-stored' | 'gone' | 'other-key' | 'no-key-here' | 'given' | 'revoked' | 'this-desk';

const followMs = 3000;

/** The desks of this kiosk: who else is there, who waits for the key, and how one is removed. */
export class DeskDevices {
  #desks = $state.raw<readonly ListedDesk[]>([]);
  #stationKeyId: string | null = null;
  #state = $state<'empty' | 'ready' | 'no-answer'>('empty');
  #code = $state.raw<{ readonly code: string; readonly until: number } | null>(null);
  #saying = $state.raw<{ readonly kind: DevicesSaying; readonly name: string } | null>(null);
  #isBusy = $state(false);
  /** The place is on screen: then the list follows what happens at the other desks. */
  #isShown = false;
  #askedAt = 0;
  readonly #options: DeskDevicesOptions;

  constructor(options: DeskDevicesOptions) {
    this.#options = options;
    options.session.onLock(() => this.#wipe());
  }

  get desks(): readonly ListedDesk[] {
    return this.#desks;
  }
  get state(): 'empty' | 'ready' | 'no-answer' {
    return this.#state;
  }
  /** Made here for a new desk; null once it is over. */
  get code(): { readonly code: string; readonly until: number } | null {
    return this.#code;
  }
  get saying(): { readonly kind: DevicesSaying; readonly name: string } | null {
    return this.#saying;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Until the place is left. */
  enter(): () => void {
    this.#isShown = true;
    this.#saying = null;
    void this.refresh();
    return () => {
      this.#isShown = false;
    };
  }

  /** Called about every second. */
  tick(): void {
    const now = this.#options.clock();
    if (this.#code !== null && now >= this.#code.until) this.#code = null;
    if (!this.#isShown || now - this.#askedAt < followMs) return;
    void this.refresh();
  }

  async refresh(): Promise<void> {
    const { client, session, keyring, clock } = this.#options;
    this.#askedAt = clock();
    const result = await safe(client.devices({}));
    if (!result.isSuccess) {
      this.#state = 'no-answer';
      if (result.isDefined) session.refused(result.error.code);
      return;
    }
    const { devices, stationKeyId } = result.data;
    const desks = await Promise.all(
      devices.map(async (desk) => ({ ...desk, checkCode: await keyring.checkCode(desk.boxKey) })),
    );
    // Locked meanwhile: nothing comes back on screen.
    if (session.staff === null) return;
    // A new desk has used the code up.
    if (desks.length > this.#desks.length && this.#state === 'ready') this.#code = null;
    this.#desks = desks;
    this.#stationKeyId = stationKeyId;
    this.#state = 'ready';
  }

  /** Of this desk: what it shows while it waits for the key. */
  async ownCheckCode(): Promise<string> {
    const { keyring } = this.#options;
    const device = await keyring.device();
    return device === null ? '' : keyring.checkCode(device.boxKey);
  }

  /** The station key that is open here, wrapped for this same desk, so that it can be kept for another kiosk as well. */
  async lend(keyId: string | null): Promise<LentKey | null> {
    const { client, session, keys, keyring } = this.#options;
    const { welcome } = session;
    const publicKey = welcome?.sealingKeys.station ?? null;
    // A demonstration's key is its kiosk's own, and lies beside its reports.
    if (publicKey === null || keys.state !== 'ready' || welcome?.mode === 'demonstration') return null;
    if (keyId !== null && keyId !== publicKey.kid) return null;
    const [device, release] = await Promise.all([keyring.device(), safe(client.releaseKey({}))]);
    if (device === null || !release.isSuccess || release.data === null) return null;
    const box = await keyring.give(publicKey.kid, release.data.releaseSecret, device.boxKey);
    return box === null ? null : { box, publicKey };
  }

  makeCode(): Promise<void> {
    return this.#work('', async () => {
      const { client, session, clock } = this.#options;
      const result = await safe(client.makeDeskCode({}));
      if (!result.isSuccess) {
        if (result.isDefined) session.refused(result.error.code);
        return 'no-answer';
      }
      this.#code = { code: result.data.code, until: clock() + result.data.validForMs };
      return null;
    });
  }

  /** Somebody has compared the code with the one on the new desk. */
  give(desk: ListedDesk): Promise<void> {
    return this.#work(desk.name, async () => {
      const { client, session, keyring } = this.#options;
      const release = await safe(client.releaseKey({}));
      const keyId = this.#stationKeyId;
      if (!release.isSuccess || keyId === null) return 'no-answer';
      if (release.data === null) return 'no-key-here';
      const box = await keyring.give(keyId, release.data.releaseSecret, desk.boxKey);
      if (box === null) return 'no-key-here';
      const result = await safe(client.giveKey({ deviceId: desk.deviceId, box }));
      if (result.isSuccess) return 'given';
      if (!result.isDefined) return 'no-answer';
      const { code } = result.error;
      if (code === 'NOT_FOUND') return 'gone';
      if (code === 'OTHER_KEY') return 'other-key';
      if (code === 'NOT_STORED') return 'not-stored';
      session.refused(code);
      return null;
    });
  }

  revoke(desk: ListedDesk): Promise<void> {
    return this.#work(desk.name, async () => {
      const { client, session } = this.#options;
      const result = await safe(client.revokeDevice({ deviceId: desk.deviceId }));
      if (result.isSuccess) return 'revoked';
      if (!result.isDefined) return 'no-answer';
      const { code } = result.error;
      if (code === 'NOT_FOUND') return 'gone';
      if (code === 'THIS_DESK') return 'this-desk';
      if (code === 'NOT_STORED') return 'not-stored';
      session.refused(code);
      return null;
    });
  }

  async #work(name: string, task: () => Promise<DevicesSaying | null>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#saying = null;
    try {
      const kind = await task();
      if (this.#options.session.staff !== null && kind !== null) this.#saying = { kind, name };
    } finally {
      this.#isBusy = false;
    }
    await this.refresh();
  }

  #wipe(): void {
    this.#desks = [];
    this.#state = 'empty';
    this.#code = null;
    this.#saying = null;
    this.#isShown = false;
  }
}
