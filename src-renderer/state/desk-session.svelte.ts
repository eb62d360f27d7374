import { safe } from '@orpc/client';
import type { TextTree } from '../../src-main/contract/content.ts';
import type { DeskContract, DeskWelcome } from '../../src-main/contract/desk.ts';
import type { Staff } from '../../src-main/contract/staff.ts';
import { mayCall } from '../../src-main/contract/desk-access.ts';
import type { DeskLine } from '../api/connect-desk.ts';
import type { DeskDoor } from './desk-door.svelte.ts';
import type { DeskKeys } from './desk-keys.svelte.ts';
import { DeskPin } from './desk-pin.svelte.ts';
import { IdleWatch } from './idle-watch.ts';
import { LineWatch } from './line-watch.ts';
import type { DeskClock } from './desk-ports.ts';

/** Why the desk stands locked; also the i18n key of the sentence on the sign-in screen. */
export type LockReason = 'asked' | 'idle' | 'line' | 'signed-out' | 'changed';
export type SignInProblem =
  | { readonly kind: 'missing' | 'wrong-pin' | 'not-stored' | 'no-answer' }
  /** No attempt counts before this moment. */
  | { readonly kind: 'throttled'; readonly until: number };
/** What any call inside a session may meet. */
export type SessionRefusal = 'SIGNED_OUT' | 'FORBIDDEN';
export type DeskScreen = 'connecting' | 'pair' | 'sign-in' | 'new-pin' | 'queue';

export interface DeskTexts {
  readonly content: TextTree;
  readonly gates: TextTree;
  readonly rights: TextTree;
}

export interface DeskSessionOptions {
  readonly line: DeskLine;
  readonly door: DeskDoor;
  readonly keys: DeskKeys;
  readonly clock: DeskClock;
  /** Without a touch for this long the desk locks itself. */
  readonly idleMs?: number;
}

export const deskIdleMs = 5 * 60_000;
const askKeyMs = 3000;
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
  #isForbidden = $state(false);
  readonly pin: DeskPin;
  readonly #line: DeskLine;
  readonly #door: DeskDoor;
  readonly #keys: DeskKeys;
  readonly #clock: DeskClock;
  readonly #whenLocked: (() => void)[] = [];
  readonly #whenOpened: (() => void)[] = [];
  readonly #whenWelcomed: ((welcome: DeskWelcome) => void)[] = [];
  readonly #idle: IdleWatch;
  readonly #watch: LineWatch;
  #askedKeyAt = 0;
  #loading: Promise<boolean> | null = null;
  #contentVersion: string | null = null;

  constructor(options: DeskSessionOptions) {
    this.pin = new DeskPin(options.line.client);
    this.#line = options.line;
    this.#door = options.door;
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#idle = new IdleWatch(options.clock, options.idleMs ?? deskIdleMs);
    this.#watch = new LineWatch(options.line, options.clock);
  }

  /** The kiosk knows this desk; before, nothing else is asked for. */
  get isAdmitted(): boolean {
    return this.#door.state === 'inside';
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
  /** What somebody may not do is neither shown nor asked for; the kiosk refuses it all the same. */
  may(procedure: keyof DeskContract): boolean {
    return this.#staff !== null && mayCall(this.#staff.roles, procedure);
  }
  /** The last thing asked for belongs to another role; said until the next click or key. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }
  get screen(): DeskScreen {
    if (this.#door.state === 'outside') return 'pair';
    if (this.#welcome === null || this.#texts === null) return 'connecting';
    if (this.pin.chooser !== null) return 'new-pin';
    return this.#staff === null ? 'sign-in' : 'queue';
  }

  /** Everything personal in memory is let go of here: each keeper says how. */
  onLock(wipe: () => void): void {
    this.#whenLocked.push(wipe);
  }

  /** Somebody has signed in and the keys stand as they will. */
  onOpen(listener: () => void): void {
    this.#whenOpened.push(listener);
  }

  /** The kiosk has told who it is; it may tell it again. */
  onWelcome(listener: (welcome: DeskWelcome) => void): void {
    this.#whenWelcomed.push(listener);
  }

  /** Follows the line; the answer stops it. */
  start(): () => void {
    const follow = (isUp: boolean): void => {
      this.#isUp = isUp;
      if (isUp) void this.load();
      else this.#fall();
    };
    const stop = this.#line.onChange(follow);
    if (this.#line.isUp()) follow(true);
    return stop;
  }

  #fall(): void {
    this.#door.leave();
    if (this.isSignedIn) this.#lock('line');
  }

  /** Also who still has to choose a PIN: the kiosk counts them in. */
  get isSignedIn(): boolean {
    return this.#staff !== null || this.pin.chooser !== null;
  }

  /** Shows the kiosk that this is a desk of its, then asks it who it is. False when it did not answer; the page tries again. */
  load(): Promise<boolean> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /** The kiosk shows other content: reports are read with its words from now on. */
  heardContent(version: string): void {
    const isOther = this.#contentVersion !== null && this.#contentVersion !== version;
    this.#contentVersion = version;
    if (isOther) void this.load();
  }

  async #load(): Promise<boolean> {
    if (this.#door.state === 'waiting' && !(await this.#door.enter())) return false;
    // Nobody is let in yet: there is nothing more to ask for.
    if (this.#door.state !== 'inside') return true;
    const [welcome, texts] = await Promise.all([
      safe(this.#line.client.welcome({})),
      safe(this.#line.client.texts({ language: 'da' })),
    ]);
    if (!welcome.isSuccess || !texts.isSuccess) return false;
    this.#welcome = welcome.data;
    this.#texts = texts.data.texts;
    for (const listener of this.#whenWelcomed) listener(welcome.data);
    return true;
  }

  /** @param choosesPin somebody wants another PIN before anything else. */
  async signIn(userName: string, pin: string, choosesPin = false): Promise<void> {
    if (this.#isBusy) return;
    const who = userName.trim();
    if (who === '' || pin.length < shortestPin) {
      this.#signInProblem = { kind: who === '' || pin === '' ? 'missing' : 'wrong-pin' };
      return;
    }
    this.#isBusy = true;
    try {
      const result = await safe(this.#line.client.signIn({ userName: who, pin }));
      if (result.isSuccess) {
        const { staff, isPinOneTime } = result.data;
        this.#signInProblem = null;
        this.touch();
        if (isPinOneTime || choosesPin) this.pin.begin({ staff, isForced: isPinOneTime });
        else await this.#open(staff);
      } else if (!result.isDefined) this.#signInProblem = { kind: 'no-answer' };
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
    await this.#takeKey(staff);
    this.#staff = staff;
    this.#signInProblem = null;
    this.#lockReason = null;
    this.touch();
    for (const listener of this.#whenOpened) listener();
  }

  /** What an attempt came to is over: it was somebody else's, or nobody typed it here. */
  forgetProblem(): void {
    this.#signInProblem = null;
  }

  /** Whether reports open here now. */
  async #takeKey(staff: Staff): Promise<boolean> {
    const { client } = this.#line;
    if (this.#welcome === null) return false;
    const release = mayCall(staff.roles, 'releaseKey') ? await safe(client.releaseKey({})) : null;
    const keyId = await this.#keys.unlock(this.#welcome, release?.isSuccess === true ? release.data : null);
    if (keyId !== null) await safe(client.keepKey({ keyId }));
    return this.#keys.state === 'ready';
  }

  async choosePin(pin: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      const outcome = await this.pin.choose(pin);
      if (outcome === 'SIGNED_OUT' || outcome === 'FORBIDDEN') this.refused(outcome);
      else if (outcome !== null) await this.#open(outcome);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Another desk may have given the station key meanwhile. */
  async fetchKey(): Promise<void> {
    if (this.#staff === null || this.#keys.state !== 'foreign' || !this.may('releaseKey')) return;
    if (await this.#takeKey(this.#staff)) for (const listener of this.#whenOpened) listener();
  }

  /** The kiosk did not let this session do something: it is over, or its role does not reach so far. */
  refused(code: SessionRefusal): void {
    if (code === 'SIGNED_OUT') this.lock('signed-out');
    else this.#isForbidden = true;
  }

  /** The kiosk tells that nobody is signed in here any more: somebody else has changed what this person may do. */
  endedElsewhere(): void {
    this.lock('changed');
  }

  lock(reason: LockReason = 'asked'): void {
    if (!this.isSignedIn) return;
    if (reason === 'asked' || reason === 'idle') void safe(this.#line.client.signOut({}));
    this.#lock(reason);
  }

  #lock(reason: LockReason): void {
    this.#staff = null;
    this.pin.drop();
    this.#lockReason = reason;
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
    this.#idle.touch();
  }

  /** Called about every second. */
  tick(): void {
    this.checkIdle();
    this.#watch.tick();
    if (!this.#isUp) return;
    if (this.#door.state === 'waiting' || (this.isAdmitted && this.#welcome === null)) void this.load();
    // A colleague stands at the desk that gives the key: nobody should have to press anything here.
    if (this.#clock() - this.#askedKeyAt >= askKeyMs) {
      this.#askedKeyAt = this.#clock();
      void this.fetchKey();
    }
  }

  checkIdle(): void {
    if (this.isSignedIn && this.#idle.isOver()) this.lock('idle');
  }
}
