import { safe } from '@orpc/client';
import type { TextTree } from '../../src-main/contract/content.ts';
import type { DeskContract, DeskWelcome } from '../../src-main/contract/desk.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { mayCall } from '../../src-main/contract/desk-access.ts';
import type { DeskLine } from '../api/connect-desk.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import type { DeskClock } from './desk-ports.ts';

/** Why the desk stands locked; also the i18n key of the sentence on the sign-in screen. */
export type LockReason = 'asked' | 'idle' | 'line' | 'signed-out';
export type SignInProblem =
  | { readonly kind: 'missing' | 'wrong-pin' | 'not-stored' | 'no-answer' }
  /** No attempt counts before this moment. */
  | { readonly kind: 'throttled'; readonly until: number };
export type PairProblem =
  'wrong-code' | 'already-paired' | 'wrong-key' | 'not-stored' | 'no-answer' | 'cannot-keep-key';
/** What any call inside a session may meet. */
export type SessionRefusal = 'SIGNED_OUT' | 'FORBIDDEN';
export type DeskScreen = 'connecting' | 'sign-in' | 'pair' | 'queue';

export interface DeskTexts {
  readonly content: TextTree;
  readonly gates: TextTree;
  readonly rights: TextTree;
}

export interface DeskSessionOptions {
  readonly line: DeskLine;
  readonly keys: DeskKeys;
  readonly clock: DeskClock;
  /** Without a touch for this long the desk locks itself. */
  readonly idleMs?: number;
}

export const deskIdleMs = 5 * 60_000;
/** As in the contract. */
const shortestPin = 4;

/** Who stands at the desk, and whether the kiosk is there. A session lives as long as the line: both end together. */
export class DeskSession {
  #isUp = $state(false);
  #welcome = $state.raw<DeskWelcome | null>(null);
  #texts = $state.raw<DeskTexts | null>(null);
  #staff = $state.raw<Staff | null>(null);
  #isBusy = $state(false);
  #lockReason = $state<LockReason | null>(null);
  #signInProblem = $state.raw<SignInProblem | null>(null);
  #pairProblem = $state<PairProblem | null>(null);
  #isForbidden = $state(false);
  readonly #line: DeskLine;
  readonly #keys: DeskKeys;
  readonly #clock: DeskClock;
  readonly #idleMs: number;
  readonly #whenLocked: (() => void)[] = [];
  readonly #whenOpened: (() => void)[] = [];
  #lastTouchAt = 0;
  #loading: Promise<boolean> | null = null;

  constructor(options: DeskSessionOptions) {
    this.#line = options.line;
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#idleMs = options.idleMs ?? deskIdleMs;
  }

  get isUp(): boolean {
    return this.#isUp;
  }
  get welcome(): DeskWelcome | null {
    return this.#welcome;
  }
  get texts(): DeskTexts | null {
    return this.#texts;
  }
  get staff(): Staff | null {
    return this.#staff;
  }
  /** A sign-in or a pairing is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }
  get lockReason(): LockReason | null {
    return this.#lockReason;
  }
  get signInProblem(): SignInProblem | null {
    return this.#signInProblem;
  }
  get pairProblem(): PairProblem | null {
    return this.#pairProblem;
  }
  /** What somebody may not do is neither shown nor asked for; the kiosk refuses it all the same. */
  may(procedure: keyof DeskContract): boolean {
    return this.#staff !== null && mayCall(this.#staff.roles, procedure);
  }
  /** The last thing asked for belongs to another role; said until the next click or key. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }
  get screen(): DeskScreen {
    if (this.#welcome === null || this.#texts === null) return 'connecting';
    if (this.#staff === null) return 'sign-in';
    return this.#keys.state === 'unpaired' ? 'pair' : 'queue';
  }

  /** Everything personal in memory is let go of here: each keeper says how. */
  onLock(wipe: () => void): void {
    this.#whenLocked.push(wipe);
  }

  /** Somebody has signed in and the keys stand as they will. */
  onOpen(listener: () => void): void {
    this.#whenOpened.push(listener);
  }

  /** Follows the line; the answer stops it. */
  start(): () => void {
    const follow = (isUp: boolean): void => {
      this.#isUp = isUp;
      if (isUp) void this.load();
      else if (this.#staff !== null) this.#lock('line');
    };
    const stop = this.#line.onChange(follow);
    if (this.#line.isUp()) follow(true);
    return stop;
  }

  /** Asks the kiosk who it is. False when it did not answer; the page tries again. */
  load(): Promise<boolean> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #load(): Promise<boolean> {
    const [welcome, texts] = await Promise.all([
      safe(this.#line.client.welcome({})),
      safe(this.#line.client.texts({ language: 'da' })),
    ]);
    if (!welcome.isSuccess || !texts.isSuccess) return false;
    this.#welcome = welcome.data;
    this.#texts = texts.data.texts;
    return true;
  }

  async signIn(userName: string, pin: string): Promise<void> {
    if (this.#isBusy) return;
    const who = userName.trim();
    if (who === '' || pin.length < shortestPin) {
      this.#signInProblem = { kind: who === '' || pin === '' ? 'missing' : 'wrong-pin' };
      return;
    }
    this.#isBusy = true;
    try {
      const result = await safe(this.#line.client.signIn({ userName: who, pin }));
      if (result.isSuccess) await this.#open(result.data.staff);
      else if (!result.isDefined) this.#signInProblem = { kind: 'no-answer' };
      else if (result.error.code === 'THROTTLED')
        this.#signInProblem = { kind: 'throttled', until: this.#clock() + result.error.data.retryAfterMs };
      else this.#signInProblem = { kind: result.error.code === 'WRONG_PIN' ? 'wrong-pin' : 'not-stored' };
    } finally {
      this.#isBusy = false;
    }
  }

  /** The kiosk's key may have changed while the desk stood locked: it is asked again before the key is taken out. */
  async #open(staff: Staff): Promise<void> {
    if (!(await this.load()) || this.#welcome === null) {
      this.#signInProblem = { kind: 'no-answer' };
      return;
    }
    await this.#keys.unlock(this.#welcome);
    this.#staff = staff;
    this.#signInProblem = null;
    this.#lockReason = null;
    this.touch();
    for (const listener of this.#whenOpened) listener();
  }

  /** Makes the station key here and gives the kiosk its public half. The key is stored before it is given away. */
  async pair(code: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#pairProblem = null;
    try {
      const publicKey = await this.#keys.makeStationKey().catch(() => null);
      if (publicKey === null) {
        this.#pairProblem = 'cannot-keep-key';
        return;
      }
      const result = await safe(this.#line.client.pair({ code: code.trim(), publicKey }));
      if (!result.isSuccess)
        await this.#refusedPair(result.isDefined ? result.error.code : null, publicKey.kid);
      if (!(await this.load()) || this.#welcome === null) return;
      await this.#keys.unlock(this.#welcome);
      if (this.#keys.state !== 'unpaired') for (const listener of this.#whenOpened) listener();
    } finally {
      this.#isBusy = false;
    }
  }

  /** After a lost answer the key stays: the kiosk may have taken it, and the next welcome tells. */
  async #refusedPair(
    code: 'WRONG_CODE' | 'ALREADY_PAIRED' | 'WRONG_KEY' | 'NOT_STORED' | SessionRefusal | null,
    keyId: string,
  ): Promise<void> {
    if (code !== null) await this.#keys.forget(keyId).catch(() => undefined);
    if (code === 'SIGNED_OUT' || code === 'FORBIDDEN') this.refused(code);
    else if (code === 'WRONG_CODE') this.#pairProblem = 'wrong-code';
    else if (code === 'ALREADY_PAIRED') this.#pairProblem = 'already-paired';
    else if (code === 'WRONG_KEY') this.#pairProblem = 'wrong-key';
    else this.#pairProblem = code === 'NOT_STORED' ? 'not-stored' : 'no-answer';
  }

  /** The kiosk did not let this session do something: it is over, or its role does not reach so far. */
  refused(code: SessionRefusal): void {
    if (code === 'SIGNED_OUT') this.lock('signed-out');
    else this.#isForbidden = true;
  }

  lock(reason: LockReason = 'asked'): void {
    if (this.#staff === null) return;
    if (reason !== 'line' && reason !== 'signed-out') void safe(this.#line.client.signOut({}));
    this.#lock(reason);
  }

  #lock(reason: LockReason): void {
    this.#staff = null;
    this.#lockReason = reason;
    this.#pairProblem = null;
    this.#isForbidden = false;
    this.#keys.lock();
    for (const wipe of this.#whenLocked) wipe();
  }

  /** A click or a key: what was said to whoever asked for too much has been read. */
  act(): void {
    this.#isForbidden = false;
    this.touch();
  }

  /** Somebody is at the mouse or the keyboard. */
  touch(): void {
    this.#lastTouchAt = this.#clock();
  }

  /** Called about every second. A clock that was set back does not keep a desk open. */
  checkIdle(): void {
    if (this.#staff === null) return;
    const idleMs = this.#clock() - this.#lastTouchAt;
    if (idleMs < 0) this.touch();
    else if (idleMs >= this.#idleMs) this.lock('idle');
  }
}
