import type { AuditAction } from '../contract/audit.ts';
import type { ContentStanding } from '../contract/content-package.ts';
import {
  activate,
  contentTurn,
  proveLive,
  refusePackage,
  stage,
  standingOf,
  stepBack,
  type ContentShelf,
  type ContentTurn,
} from '../domain/content-shelf.ts';
import type { Clock } from '../domain/ports.ts';
import type { ClockWatch } from './clock-watch.ts';
import { ContentTaker, type ContentTakerOptions, type TakeOutcome } from './content-taker.ts';
import type { NewRefusal } from './kept-shelf.ts';
import { createListeners, type Unsubscribe } from './listeners.ts';
import type { Timers } from './timers.ts';

export interface ContentKeeperOptions extends ContentTakerOptions {
  readonly clock: Clock;
  readonly watch: ClockWatch;
  readonly timers: Timers;
  /** A line in the audit. */
  readonly note: (action: AuditAction, subject: string) => void;
}

export interface ContentKeeper {
  start(): void;
  stop(): Promise<void>;
  standing(): ContentStanding;
  /** Looks a package over and lays it ready; on the screen it is when its time has come and nobody is in a visit. */
  take(bytes: Uint8Array): Promise<TakeOutcome>;
  /** What came over the line and is not taken, for staff and the district to read. */
  noteRefusal(refusal: NewRefusal): Promise<void>;
  /** Back to what was there before the live package. */
  rollBack(): Promise<'going-back' | 'nothing-to-leave' | 'not-stored'>;
  /** Does what is due now. */
  look(): Promise<void>;
  /** A visitor's page is connected until the signal; while it is, nothing changes that it does not agree to. */
  visitorCame(page: AbortSignal): void;
  /** The page says that nobody is in a visit: what waits happens now. */
  visitorIsFree(page: AbortSignal): Promise<void>;
  onChange(listener: () => void): Unsubscribe;
}

type Turn = Exclude<ContentTurn, { turn: 'stay' }>;
/** Loaded, and due; waits for the end of a visit. */
interface Prepared {
  readonly turn: Turn;
  readonly show: () => void;
}

const lookEveryMs = 20_000;
/** A page that outlived the services says first whether somebody is in a visit. */
const firstLookMs = 10_000;
const provenAfterMs = 60_000;

/** Brings what the district sends to the screen, at its time, between two visits, and away again when it does not do. */
export function createContentKeeper(options: ContentKeeperOptions): ContentKeeper {
  const keeper = new Keeper(options);
  return {
    start: () => keeper.start(),
    stop: () => keeper.stop(),
    standing: () => keeper.standing(),
    take: (bytes) => keeper.take(bytes),
    noteRefusal: (refusal) => keeper.noteRefusal(refusal),
    rollBack: () => keeper.rollBack(),
    look: () => keeper.look(),
    visitorCame: (page) => keeper.visitorCame(page),
    visitorIsFree: (page) => keeper.visitorIsFree(page),
    onChange: (listener) => keeper.changes.add(listener),
  };
}

class Keeper {
  readonly changes = createListeners<void>();
  readonly #options: ContentKeeperOptions;
  readonly #taker: ContentTaker;
  readonly #pages = new Map<AbortSignal, 'busy' | 'free'>();
  #prepared: Prepared | null = null;
  #last: Promise<unknown> = Promise.resolve();
  /** A command of IT lays things ready; what is shown changes only in a kiosk that runs. */
  #isStarted = false;
  #isStopped = false;
  #forgetLook = (): void => undefined;
  #forgetProof = (): void => undefined;

  constructor(options: ContentKeeperOptions) {
    this.#options = options;
    this.#taker = new ContentTaker(options);
  }

  start(): void {
    this.#isStarted = true;
    this.#lookLater(firstLookMs);
    this.#proveLater();
    void this.#inTurn(() => this.#options.shelf.sweep());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#forgetLook();
    this.#forgetProof();
    await this.#last;
  }

  standing(): ContentStanding {
    return standingOf(this.#options.shelf.now, this.#prepared !== null);
  }

  take(bytes: Uint8Array): Promise<TakeOutcome> {
    return this.#inTurn(async () => {
      const outcome = await this.#taker.take(bytes);
      if (outcome.kind === 'staged') this.changes.tell();
      this.#lookSoon(outcome.kind === 'staged');
      return outcome;
    });
  }

  noteRefusal(refusal: NewRefusal): Promise<void> {
    return this.#inTurn(() => this.#refuse(refusal));
  }

  rollBack(): Promise<'going-back' | 'nothing-to-leave' | 'not-stored'> {
    return this.#inTurn(async () => {
      const { shelf } = this.#options;
      if (shelf.now.live === null) return 'nothing-to-leave';
      if (!(await shelf.keep({ ...shelf.now, goesBack: true }))) return 'not-stored';
      this.#lookSoon(true);
      return 'going-back';
    });
  }

  look(): Promise<void> {
    return this.#inTurn(() => this.#look());
  }

  visitorCame(page: AbortSignal): void {
    this.#pages.set(page, 'busy');
    const leave = (): void => {
      this.#pages.delete(page);
      this.#lookSoon(true);
    };
    page.addEventListener('abort', leave, { once: true });
  }

  visitorIsFree(page: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#prepared === null || !this.#pages.has(page)) return;
      this.#pages.set(page, 'free');
      await this.#look();
    });
  }

  /** One thing at a time: two packages at once are one after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #lookSoon(isNeeded: boolean): void {
    if (isNeeded && this.#isStarted) void this.look();
  }

  #lookLater(ms: number): void {
    this.#forgetLook();
    if (this.#isStopped) return;
    this.#forgetLook = this.#options.timers.after(ms, () => {
      void this.look().finally(() => this.#lookLater(lookEveryMs));
    });
  }

  async #look(): Promise<void> {
    if (this.#isStopped) return;
    const { shelf, watch } = this.#options;
    const turn = contentTurn(shelf.now, watch.now());
    if (!isSame(turn, this.#prepared?.turn ?? { turn: 'stay' })) await this.#prepare(turn);
    const isFree = [...this.#pages.values()].every((page) => page === 'free');
    if (this.#prepared === null || !isFree) return;
    await this.#show(this.#prepared);
    this.#forgetPrepared();
  }

  #forgetPrepared(): void {
    this.#prepared = null;
    for (const page of this.#pages.keys()) this.#pages.set(page, 'busy');
    this.changes.tell();
  }

  /** Loads what is to be shown, so that the moment itself is short; what does not do is refused instead. */
  async #prepare(turn: ContentTurn): Promise<void> {
    this.#forgetPrepared();
    if (turn.turn === 'stay') return;
    const { shelf, fit } = this.#options;
    const version = turn.turn === 'activate' ? turn.version : (shelf.now.previous?.version ?? null);
    const found = version === null ? await fit(null) : await this.#load(version);
    if (found.kind === 'fits') {
      this.#prepared = { turn, show: found.show };
      this.changes.tell();
      return;
    }
    const refusal = { version, problem: 'does-not-fit', ...found } as const;
    // The disk is full, not the package wrong: the next look tries again.
    if (refusal.problem === 'not-stored') return;
    // One to go back to that does not do leaves what ships.
    if (turn.turn === 'back') await shelf.keep({ ...shelf.now, previous: null });
    await this.#refuse(refusal);
  }

  async #load(version: number): ReturnType<ContentTaker['look']> {
    const bytes = await this.#options.readPackage(version);
    const opening = bytes === null ? null : await this.#options.open(bytes);
    if (opening?.ok === true && opening.opened.claims.version === version)
      return this.#taker.look(opening.opened);
    const problem = opening?.ok === false ? opening.problem : 'altered';
    return { kind: 'refused', version, problem, detail: null };
  }

  async #show({ turn, show }: Prepared): Promise<void> {
    const { clock, log, note, shelf } = this.#options;
    const at = clock.now().toISOString();
    const before = shelf.now;
    const next = turn.turn === 'activate' ? activate(before, turn.version, at) : back(before, turn.why, at);
    // On the disk first: what a restart would not find again is not shown.
    if (!(await shelf.keep(next))) return;
    show();
    const version = next.live?.version ?? 0;
    if (turn.turn === 'activate') log.note('content-activated', { version });
    else log.warn('content-rolled-back', { version: before.live?.version ?? 0, problem: turn.why });
    note(turn.turn === 'activate' ? 'content-activated' : 'content-rolled-back', String(version));
    await shelf.sweep();
    this.#proveLater();
  }

  /** What was shown for a while without ending the kiosk is not blamed for a later end. */
  #proveLater(): void {
    this.#forgetProof();
    const { shelf, timers } = this.#options;
    const { live } = shelf.now;
    if (live === null || live.isProven || this.#isStopped) return;
    const prove = (): Promise<unknown> => shelf.keep(proveLive(shelf.now, live.version));
    this.#forgetProof = timers.after(provenAfterMs, () => void this.#inTurn(prove));
  }

  async #refuse(refusal: NewRefusal): Promise<void> {
    await this.#options.shelf.refuse(refusal);
    this.changes.tell();
  }
}

function isSame(one: ContentTurn, other: ContentTurn): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function back(before: ContentShelf, why: 'asked' | 'too-early', at: string): ContentShelf {
  const { live } = before;
  const after = stepBack(before, at);
  if (live === null) return after;
  return why === 'too-early'
    ? stage(after, live.version, live.activateAt)
    : refusePackage(after, { version: live.version, problem: 'rolled-back', detail: null }, at);
}
