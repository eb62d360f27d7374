import { safe } from '@orpc/client';
import type { StaffMember } from '../../src-main/contract/desk-staff.ts';
import type { Role } from '../../src-main/contract/staff.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession, SessionRefusal } from './desk-session.svelte.ts';

export interface DeskStaffOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
}

export interface NewMember {
  readonly userName: string;
  readonly displayName: string;
  readonly roles: Role[];
}

export type StaffSaying =
  | 'no-answer'
  | 'not-stored'
  | 'name-taken'
  | 'not-a-name'
  | 'changed'
  | 'last-supervisor'
  | 'gone'
  | 'disabled'
  | 'enabled'
  | 'roles-set';

type Refusal = 'CHANGED' | 'LAST_SUPERVISOR' | 'NOT_FOUND' | 'NOT_STORED' | 'NAME_TAKEN' | SessionRefusal;

const sayingOf = {
  LAST_SUPERVISOR: 'last-supervisor',
  NOT_FOUND: 'gone',
  NOT_STORED: 'not-stored',
  NAME_TAKEN: 'name-taken',
} as const;
/** As in the contract. */
const userNames = /^[a-z0-9.-]{2,40}$/;

/** Who works at this station's desks, for its supervisors. */
export class DeskStaff {
  #members = $state.raw<readonly StaffMember[]>([]);
  #state = $state<'empty' | 'ready' | 'no-answer'>('empty');
  #saying = $state.raw<{ readonly kind: StaffSaying; readonly name: string } | null>(null);
  /** Told once: gone with the next step and with the lock. */
  #pin = $state.raw<{ readonly name: string; readonly userName: string; readonly pin: string } | null>(null);
  #isBusy = $state(false);
  readonly #options: DeskStaffOptions;

  constructor(options: DeskStaffOptions) {
    this.#options = options;
    options.session.onLock(() => this.#wipe());
  }

  get members(): readonly StaffMember[] {
    return this.#members;
  }
  get state(): 'empty' | 'ready' | 'no-answer' {
    return this.#state;
  }
  get saying(): { readonly kind: StaffSaying; readonly name: string } | null {
    return this.#saying;
  }
  get pin(): { readonly name: string; readonly userName: string; readonly pin: string } | null {
    return this.#pin;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Somebody comes to the place, or leaves it: a PIN that was told is not told again. */
  async enter(): Promise<void> {
    this.#pin = null;
    this.#saying = null;
    await this.refresh();
  }

  forgetPin(): void {
    this.#pin = null;
  }

  async refresh(): Promise<void> {
    const { client, session } = this.#options;
    const result = await safe(client.staff({}));
    if (session.staff === null) return;
    if (result.isSuccess) {
      this.#members = result.data.staff;
      this.#state = 'ready';
      return;
    }
    this.#state = 'no-answer';
    if (result.isDefined) session.refused(result.error.code);
  }

  /** @returns whether the form can be emptied. */
  async add(wanted: NewMember): Promise<boolean> {
    if (!userNames.test(wanted.userName) || wanted.displayName === '') {
      this.#saying = { kind: 'not-a-name', name: wanted.userName };
      return false;
    }
    return this.#work(wanted.displayName, async () => {
      const result = await safe(this.#options.client.addStaff(wanted));
      if (!result.isSuccess) return this.#refused(result.isDefined ? result.error.code : null);
      const { member, pin } = result.data;
      this.#pin = { name: member.displayName, userName: member.userName, pin };
      return null;
    });
  }

  setRoles({ staffId, version, displayName }: StaffMember, roles: Role[]): Promise<boolean> {
    return this.#work(displayName, async () => {
      const result = await safe(this.#options.client.setRoles({ staffId, version, roles }));
      return result.isSuccess ? 'roles-set' : this.#refused(result.isDefined ? result.error.code : null);
    });
  }

  setDisabled({ staffId, version, displayName }: StaffMember, isDisabled: boolean): Promise<boolean> {
    return this.#work(displayName, async () => {
      const result = await safe(this.#options.client.setDisabled({ staffId, version, isDisabled }));
      if (!result.isSuccess) return this.#refused(result.isDefined ? result.error.code : null);
      return isDisabled ? 'disabled' : 'enabled';
    });
  }

  resetPin({ staffId, version, displayName }: StaffMember): Promise<boolean> {
    return this.#work(displayName, async () => {
      const result = await safe(this.#options.client.resetPin({ staffId, version }));
      if (!result.isSuccess) return this.#refused(result.isDefined ? result.error.code : null);
      const { member, pin } = result.data;
      this.#pin = { name: member.displayName, userName: member.userName, pin };
      return null;
    });
  }

  /** @param code null: nobody answered. */
  #refused(code: Refusal | null): StaffSaying | null {
    const { session } = this.#options;
    switch (code) {
      case null:
        return 'no-answer';
      case 'CHANGED':
        return 'changed';
      case 'SIGNED_OUT':
      case 'FORBIDDEN':
        session.refused(code);
        return null;
      default:
        return sayingOf[code];
    }
  }

  async #work(name: string, task: () => Promise<StaffSaying | null>): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#saying = null;
    this.#pin = null;
    try {
      const kind = await task();
      // Locked while the kiosk answered: neither words nor PIN stay.
      if (this.#options.session.staff === null) this.#wipe();
      else if (kind !== null) this.#saying = { kind, name };
    } finally {
      this.#isBusy = false;
    }
    const isDone = this.saying === null || isGood(this.saying.kind);
    await this.refresh();
    return isDone;
  }

  #wipe(): void {
    this.#members = [];
    this.#state = 'empty';
    this.#saying = null;
    this.#pin = null;
  }
}

export function isGood(kind: StaffSaying): boolean {
  return kind === 'disabled' || kind === 'enabled' || kind === 'roles-set';
}
