import { randomBytes } from 'node:crypto';
import { appendAudit } from '../../db/stores/audit.ts';
import { findStaff, findStaffByUserName, savePin, type StoredStaff } from '../../db/stores/staff.ts';
import type { WritableDb } from '../../db/transaction.ts';
import type { AuditAction } from '../contract/audit.ts';
import type { PinFault } from '../contract/desk-staff.ts';
import type { Staff } from '../contract/staff.ts';
import { findPinFault } from '../domain/pin-rules.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { createPinHasher, type HashCost, type PinHasher } from './pin-hash.ts';
import type { Store, StoreProblem } from './store.ts';
import { Throttle } from './throttle.ts';

export type NotStored = { readonly kind: 'not-stored'; readonly reason: StoreProblem };
export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly staff: Staff; readonly isPinOneTime: boolean }
  | { readonly kind: 'wrong-pin' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | NotStored;
export type ChangePinOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'poor-pin'; readonly fault: PinFault }
  | { readonly kind: 'signed-out' }
  | NotStored;

export interface StaffAccessOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly cost?: HashCost;
}

export interface SignInRequest {
  readonly userName: string;
  readonly pin: string;
  /** What is slowed down besides the user: the desk, the address it calls from, the connection. */
  readonly from: readonly string[];
}

export interface StaffAccess {
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  changePin(staff: Staff, pin: string): Promise<ChangePinOutcome>;
  signOut(staff: Staff): void;
}

export function createStaffAccess(options: StaffAccessOptions): StaffAccess {
  return new Access(options);
}

class Access implements StaffAccess {
  private readonly options: StaffAccessOptions;
  private readonly hasher: PinHasher;
  private readonly throttle: Throttle;
  /** Checked for names that do not exist, so that they take as long as those that do. */
  private readonly nobodysHash: Promise<string>;

  constructor(options: StaffAccessOptions) {
    this.options = options;
    this.hasher = createPinHasher(options.cost);
    this.throttle = new Throttle(options.store, options.clock);
    this.nobodysHash = this.hasher.hash(randomBytes(16).toString('hex'));
  }

  async signIn({ userName, pin, from }: SignInRequest): Promise<SignInOutcome> {
    const keys = [`user ${userName}`, ...from];
    const retryAfterMs = this.throttle.waitMs(keys);
    if (retryAfterMs > 0) return { kind: 'throttled', retryAfterMs };
    // Counted before the slow check: guesses sent all at once must not share one free try.
    this.throttle.fail(keys);
    const found = this.options.store.read((db) => findStaffByUserName(db, userName));
    const isRight = await this.hasher.isRight(pin, found?.pinHash ?? (await this.nobodysHash));
    if (found === null || found.isDisabled || !isRight) {
      this.writeLine(found?.staff.staffId ?? 'unknown', 'sign-in-refused');
      return { kind: 'wrong-pin' };
    }
    const noted = this.enter(found);
    this.throttle.succeed(keys);
    return noted;
  }

  /** The check took a while: whoever was shut out or changed meanwhile does not come in. */
  private enter(found: StoredStaff): SignInOutcome {
    const { staff, isPinOneTime } = found;
    const outcome = this.options.store.write((db): SignInOutcome => {
      if (findStaff(db, staff.staffId)?.version !== found.version) return { kind: 'wrong-pin' };
      this.note(db, staff.staffId, 'signed-in', staff.staffId);
      return { kind: 'signed-in', staff, isPinOneTime };
    });
    if (outcome.kind === 'written') return outcome.value;
    this.options.log.warn('sign-in-not-noted', { action: 'signed-in' });
    return notStored(outcome);
  }

  async changePin(staff: Staff, pin: string): Promise<ChangePinOutcome> {
    const fault = findPinFault(pin, staff.userName);
    if (fault !== null) return { kind: 'poor-pin', fault };
    const before = this.options.store.read((db) => findStaff(db, staff.staffId));
    if (before === null || before.isDisabled) return { kind: 'signed-out' };
    if (await this.hasher.isRight(pin, before.pinHash)) return { kind: 'poor-pin', fault: 'same' };
    const pinHash = await this.hasher.hash(pin);
    const outcome = this.options.store.write((db): ChangePinOutcome => {
      if (findStaff(db, staff.staffId)?.version !== before.version) return { kind: 'signed-out' };
      savePin(db, staff.staffId, { pinHash, isPinOneTime: false });
      this.note(db, staff.staffId, 'pin-changed', staff.staffId);
      return { kind: 'changed' };
    });
    return outcome.kind === 'written' ? outcome.value : notStored(outcome);
  }

  signOut(staff: Staff): void {
    this.writeLine(staff.staffId, 'signed-out');
  }

  private writeLine(staffId: string, action: AuditAction): void {
    const outcome = this.options.store.write((db) => this.note(db, staffId, action, staffId));
    if (outcome.kind !== 'written') this.options.log.warn('sign-in-not-noted', { action });
  }

  private note(db: WritableDb, actor: string, action: AuditAction, subject: string): void {
    appendAudit(db, { occurredAt: this.options.clock.now().toISOString(), actor, action, subject });
  }
}

function notStored(outcome: { kind: 'not-written'; reason: StoreProblem } | { kind: 'unknown' }): NotStored {
  return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
}
