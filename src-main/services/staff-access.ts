import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { appendAudit } from '../../db/stores/audit.ts';
import type { AuditAction } from '../contract/audit.ts';
import { findStaffByUserName, insertStaff, listStaff } from '../../db/stores/staff.ts';
import type { Staff } from '../contract/staff.ts';
import { staffIdSchema } from '../contract/ids.ts';
import type { Clock, Log, Randomness } from '../domain/ports.ts';
import type { Store, StoreProblem } from './store.ts';
import { Throttle } from './throttle.ts';

export type NotStored = { readonly kind: 'not-stored'; readonly reason: StoreProblem };
export type AddStaffOutcome =
  | { readonly kind: 'added'; readonly staff: Staff; readonly pin: string }
  | { readonly kind: 'name-taken' }
  | NotStored;
export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly staff: Staff }
  | { readonly kind: 'wrong-pin' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | NotStored;

/** Of argon2id. */
export interface HashCost {
  readonly memoryKiB: number;
  readonly iterations: number;
}

export interface StaffAccessOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  readonly cost?: HashCost;
}

export interface SignInRequest {
  readonly userName: string;
  readonly pin: string;
  /** Stands for one connection; compared by identity. */
  readonly connection: unknown;
}

export interface StaffAccess {
  /** The PIN is told once and never kept. */
  addStaff(wanted: Pick<Staff, 'userName' | 'displayName' | 'roles'>): Promise<AddStaffOutcome>;
  listStaff(): Staff[];
  hasStaff(): boolean;
  signIn(request: SignInRequest): Promise<SignInOutcome>;
  signOut(staff: Staff): void;
}

/** OWASP's choice for argon2id: about 50 ms a guess. */
const ordinaryCost: HashCost = { memoryKiB: 19_456, iterations: 2 };
const pinDigits = 6;

export function createStaffAccess(options: StaffAccessOptions): StaffAccess {
  return new Access(options);
}

class Access implements StaffAccess {
  private readonly options: StaffAccessOptions;
  private readonly throttle: Throttle;
  /** Checked for names that do not exist, so that they take as long as those that do. */
  private readonly nobodysHash: Promise<string>;

  constructor(options: StaffAccessOptions) {
    this.options = options;
    this.throttle = new Throttle(options.clock);
    this.nobodysHash = this.hash(randomBytes(16).toString('hex'));
  }

  async addStaff(wanted: Pick<Staff, 'userName' | 'displayName' | 'roles'>): Promise<AddStaffOutcome> {
    const { store, clock, randomness } = this.options;
    const pin = randomness.digits(pinDigits);
    const pinHash = await this.hash(pin);
    const staff: Staff = { staffId: staffIdSchema.parse(randomness.uuid()), ...wanted };
    const now = clock.now().toISOString();
    const outcome = store.write((db): AddStaffOutcome => {
      if (findStaffByUserName(db, staff.userName) !== null) return { kind: 'name-taken' };
      insertStaff(db, { staff, pinHash }, now);
      appendAudit(db, { occurredAt: now, actor: 'it', action: 'staff-added', subject: staff.staffId });
      return { kind: 'added', staff, pin };
    });
    return outcome.kind === 'written' ? outcome.value : notStored(outcome);
  }

  listStaff(): Staff[] {
    return this.options.store.read(listStaff);
  }

  hasStaff(): boolean {
    return this.listStaff().length > 0;
  }

  async signIn({ userName, pin, connection }: SignInRequest): Promise<SignInOutcome> {
    const { store } = this.options;
    const userKey = `user ${userName}`;
    const retryAfterMs = Math.max(this.throttle.waitMs(userKey), this.throttle.waitMs(connection));
    if (retryAfterMs > 0) return { kind: 'throttled', retryAfterMs };
    // Counted before the slow check: guesses sent all at once must not share one free try.
    this.throttle.fail(userKey);
    this.throttle.fail(connection);
    const found = store.read((db) => findStaffByUserName(db, userName));
    const hash = found?.pinHash ?? (await this.nobodysHash);
    const isRight = await argon2Verify({ password: pin, hash });
    if (found === null || !isRight) {
      this.note(found?.staff.staffId ?? 'unknown', 'sign-in-refused');
      return { kind: 'wrong-pin' };
    }
    const noted = this.note(found.staff.staffId, 'signed-in');
    this.throttle.succeed(userKey);
    this.throttle.succeed(connection);
    return noted.kind === 'written' ? { kind: 'signed-in', staff: found.staff } : notStored(noted);
  }

  signOut(staff: Staff): void {
    this.note(staff.staffId, 'signed-out');
  }

  private note(staffId: string, action: AuditAction) {
    const { store, clock, log } = this.options;
    const occurredAt = clock.now().toISOString();
    const outcome = store.write((db) =>
      appendAudit(db, { occurredAt, actor: staffId, action, subject: staffId }),
    );
    if (outcome.kind !== 'written') log.warn('sign-in-not-noted', { action });
    return outcome;
  }

  private hash(password: string): Promise<string> {
    const { memoryKiB, iterations } = this.options.cost ?? ordinaryCost;
    return argon2id({
      password,
      salt: randomBytes(16),
      parallelism: 1,
      iterations,
      memorySize: memoryKiB,
      hashLength: 32,
      outputType: 'encoded',
    });
  }
}

function notStored(outcome: { kind: 'not-written'; reason: StoreProblem } | { kind: 'unknown' }): NotStored {
  return { kind: 'not-stored', reason: outcome.kind === 'unknown' ? 'broken' : outcome.reason };
}
