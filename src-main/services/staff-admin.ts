import { appendAudit } from '../../db/stores/audit.ts';
import {
  findStaff,
  findStaffByUserName,
  insertStaff,
  listMembers,
  memberOf,
  saveDisabled,
  savePin,
  saveRoles,
} from '../../db/stores/staff.ts';
import type { ReadableDb, WritableDb } from '../../db/transaction.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { StaffMember } from '../contract/desk-staff.ts';
import { staffIdSchema, type StaffId } from '../contract/ids.ts';
import type { Role, Staff } from '../contract/staff.ts';
import type { Clock, Randomness } from '../domain/ports.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import { createPinHasher, type HashCost } from './pin-hash.ts';
import type { Store, StoreProblem } from './store.ts';

export type NotStored = { readonly kind: 'not-stored'; readonly reason: StoreProblem };
/** `changed` with null: the one who asks was changed by somebody else and may ask no more. */
export type ChangeOutcome =
  | { readonly kind: 'done'; readonly member: StaffMember }
  | { readonly kind: 'changed'; readonly member: StaffMember | null }
  | { readonly kind: 'last-supervisor' | 'not-found' }
  | NotStored;
export type PinOutcome = Exclude<ChangeOutcome, { kind: 'done' }> | MadePin;
export type MadePin = { readonly kind: 'made'; readonly member: StaffMember; readonly pin: string };
export type AddOutcome =
  MadePin | { readonly kind: 'name-taken' } | { readonly kind: 'changed'; readonly member: null } | NotStored;
export type RecoverOutcome =
  | MadePin
  | { readonly kind: 'no-supervisor' }
  | { readonly kind: 'several'; readonly userNames: readonly string[] }
  | NotStored;

/** Somebody at a desk, or IT on the kiosk itself. */
export type Changer = Staff | 'it';
export interface Target {
  readonly staffId: StaffId;
  readonly version: number;
}

export interface StaffAdminOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly cost?: HashCost;
}

/** Who may work here. Somebody always stays who can let others in. */
export interface StaffAdmin {
  list(): StaffMember[];
  find(userName: string): StaffMember | null;
  /** @param isPinOneTime false in a demonstration, where whoever reads the PIN is its owner. */
  add(wanted: Omit<Staff, 'staffId'>, by: Changer, isPinOneTime?: boolean): Promise<AddOutcome>;
  setRoles(target: Target, roles: readonly Role[], by: Changer): ChangeOutcome;
  setDisabled(target: Target, isDisabled: boolean, by: Changer): ChangeOutcome;
  resetPin(target: Target, by: Changer): Promise<PinOutcome>;
  /** Nobody who could reset a PIN can sign in any more. Without a name: the only supervisor. */
  recover(userName: string | null): Promise<RecoverOutcome>;
  /** Roles, PIN or leave to sign in were changed by somebody else: sessions of this person end. */
  onChanged(listener: (staffId: StaffId) => void): Unsubscribe;
}

const pinDigits = 6;
const isSupervisor = ({ roles, isDisabled }: StaffMember): boolean =>
  !isDisabled && roles.includes('supervisor');

export function createStaffAdmin(options: StaffAdminOptions): StaffAdmin {
  return new Administration(options);
}

class Administration implements StaffAdmin {
  private readonly options: StaffAdminOptions;
  private readonly changed = createListeners<StaffId>();

  constructor(options: StaffAdminOptions) {
    this.options = options;
  }

  list(): StaffMember[] {
    return this.options.store.read(listMembers);
  }

  find(userName: string): StaffMember | null {
    return this.list().find((member) => member.userName === userName) ?? null;
  }

  async add(wanted: Omit<Staff, 'staffId'>, by: Changer, isPinOneTime = true): Promise<AddOutcome> {
    const { store, clock, randomness } = this.options;
    const { pin, pinHash } = await this.makePin();
    const staff: Staff = { staffId: staffIdSchema.parse(randomness.uuid()), ...wanted };
    const outcome = store.write((db): AddOutcome => {
      if (!mayStill(db, by)) return { kind: 'changed', member: null };
      if (findStaffByUserName(db, staff.userName) !== null) return { kind: 'name-taken' };
      insertStaff(db, { staff, pinHash, isPinOneTime }, clock.now().toISOString());
      this.note(db, by, 'staff-added', staff.staffId);
      return { kind: 'made', member: memberNow(db, staff.staffId), pin };
    });
    return outcome.kind === 'written' ? outcome.value : notStored(outcome);
  }

  setRoles(target: Target, roles: readonly Role[], by: Changer): ChangeOutcome {
    return this.change(target, by, (db, member) => {
      if (isLast(db, member) && !roles.includes('supervisor')) return 'last-supervisor';
      saveRoles(db, target.staffId, [...new Set(roles)]);
      this.note(db, by, 'staff-roles-set', target.staffId);
      return 'done';
    });
  }

  setDisabled(target: Target, isDisabled: boolean, by: Changer): ChangeOutcome {
    return this.change(target, by, (db, member) => {
      if (isDisabled && isLast(db, member)) return 'last-supervisor';
      saveDisabled(db, target.staffId, isDisabled ? this.options.clock.now().toISOString() : null);
      this.note(db, by, isDisabled ? 'staff-disabled' : 'staff-enabled', target.staffId);
      return 'done';
    });
  }

  async resetPin(target: Target, by: Changer): Promise<PinOutcome> {
    const { pin, pinHash } = await this.makePin();
    const outcome = this.change(target, by, (db) => {
      savePin(db, target.staffId, { pinHash, isPinOneTime: true });
      this.note(db, by, 'pin-reset', target.staffId);
      return 'done';
    });
    return outcome.kind === 'done' ? { kind: 'made', member: outcome.member, pin } : outcome;
  }

  async recover(userName: string | null): Promise<RecoverOutcome> {
    const supervisors = this.list().filter(({ roles }) => roles.includes('supervisor'));
    const fitting = supervisors.filter((member) => userName === null || member.userName === userName);
    const [member] = fitting;
    if (member === undefined) return { kind: 'no-supervisor' };
    if (fitting.length > 1) return { kind: 'several', userNames: fitting.map((one) => one.userName) };
    const { pin, pinHash } = await this.makePin();
    const outcome = this.options.store.write((db): MadePin => {
      saveDisabled(db, member.staffId, null);
      savePin(db, member.staffId, { pinHash, isPinOneTime: true });
      this.note(db, 'it', 'staff-recovered', member.staffId);
      return { kind: 'made', member: memberNow(db, member.staffId), pin };
    });
    if (outcome.kind !== 'written') return notStored(outcome);
    this.changed.tell(member.staffId);
    return outcome.value;
  }

  onChanged(listener: (staffId: StaffId) => void): Unsubscribe {
    return this.changed.add(listener);
  }

  private change(
    { staffId, version }: Target,
    by: Changer,
    act: (db: WritableDb, member: StaffMember) => 'done' | 'last-supervisor',
  ): ChangeOutcome {
    const outcome = this.options.store.write((db): ChangeOutcome => {
      if (!mayStill(db, by)) return { kind: 'changed', member: null };
      const found = findStaff(db, staffId);
      if (found === null) return { kind: 'not-found' };
      if (found.version !== version) return { kind: 'changed', member: memberOf(found) };
      const done = act(db, memberOf(found));
      return done === 'done' ? { kind: 'done', member: memberNow(db, staffId) } : { kind: done };
    });
    if (outcome.kind !== 'written') return notStored(outcome);
    if (outcome.value.kind === 'done') this.changed.tell(staffId);
    return outcome.value;
  }

  private async makePin(): Promise<{ readonly pin: string; readonly pinHash: string }> {
    const pin = this.options.randomness.digits(pinDigits);
    return { pin, pinHash: await createPinHasher(this.options.cost).hash(pin) };
  }

  private note(db: WritableDb, by: Changer, action: AuditAction, subject: string): void {
    const actor = by === 'it' ? 'it' : by.staffId;
    appendAudit(db, { occurredAt: this.options.clock.now().toISOString(), actor, action, subject });
  }
}

function memberNow(db: ReadableDb, staffId: StaffId): StaffMember {
  const found = findStaff(db, staffId);
  if (found === null) throw new Error('staff are never deleted');
  return memberOf(found);
}

/** Asked inside the transaction: of two supervisors who remove each other the second is none any more. */
function mayStill(db: ReadableDb, by: Changer): boolean {
  if (by === 'it') return true;
  const found = findStaff(db, by.staffId);
  return found !== null && isSupervisor(memberOf(found));
}

function isLast(db: ReadableDb, member: StaffMember): boolean {
  const others = listMembers(db).filter((one) => one.staffId !== member.staffId && isSupervisor(one));
  return isSupervisor(member) && others.length === 0;
}

function notStored(outcome: { kind: 'not-written'; reason: StoreProblem } | { kind: 'unknown' }): NotStored {
  return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
}
