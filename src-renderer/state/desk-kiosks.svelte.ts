import type { DeskWelcome } from '../../src-main/contract/desk.ts';
import type { StaffId } from '../../src-main/contract/ids.ts';
import type { DeskAlert } from '../../src-main/contract/status.ts';
import { byUrgency } from './desk-alerts.svelte.ts';
import type { DeskClock, DeskSound, LentKey } from './desk-ports.ts';
import type { Desk, OtherKiosks } from './desk.svelte.ts';
import { RefusedSignIns } from './refused-sign-ins.ts';

/** A kiosk of the station as this page shows it. */
export interface DeskKiosk {
  /** As staff call it; empty where it is the only one. */
  readonly name: string;
  readonly origin: string;
  readonly desk: Desk;
}

/** What a kiosk wants of whoever sits here; `open`: nothing. Also the i18n key of its words. */
export type KioskState =
  'open' | 'locked' | 'no-line' | 'connecting' | 'not-paired' | 'sign-in' | 'new-pin' | 'no-key';

/** A call from a lobby, and which kiosk's it is. */
export interface KioskCall {
  readonly alert: DeskAlert;
  readonly kiosk: DeskKiosk;
}

export interface DeskKiosksOptions {
  /** `origin` null: the kiosk whose page this is. */
  readonly openDesk: (origin: string | null, sound: DeskSound, others: OtherKiosks) => Desk;
  /** Of this page. */
  readonly origin: string;
  readonly sound: DeskSound;
  readonly clock: DeskClock;
}

/** Two alarms that come together are one to the ear. */
const oneAlarmMs = 2000;

function oneVoice(sound: DeskSound, clock: DeskClock): DeskSound {
  let playedAt = Number.NEGATIVE_INFINITY;
  return {
    get canPlay() {
      return sound.canPlay;
    },
    wake: () => sound.wake(),
    playAlarm: () => {
      const now = clock();
      if (now >= playedAt && now - playedAt < oneAlarmMs) return;
      playedAt = now;
      sound.playAlarm();
    },
  };
}

/**
 * The kiosks of the station at one page: a desk and a line for each, one of them on screen. Which there are the page's own
 * kiosk tells, once for the life of the page: the page's policy lets it reach no other.
 */
export class DeskKiosks {
  readonly sound: DeskSound;
  readonly #options: DeskKiosksOptions;
  readonly #home: DeskKiosk;
  #kiosks = $state.raw<readonly DeskKiosk[]>([]);
  #shownOrigin = $state('');
  #told: DeskWelcome['kiosks'] | null = null;
  #isListOld = $state(false);
  readonly #calls = $derived.by(() => this.#allCalls());
  readonly #shown = $derived.by(() => this.#kiosks.find(({ origin }) => origin === this.#shownOrigin));
  readonly #refused = new RefusedSignIns();
  /** Rises with every lock: who is let in afterwards on an older wish is let out again. */
  #turn = 0;
  #stops: (() => void)[] | null = null;

  constructor(options: DeskKiosksOptions) {
    this.#options = options;
    this.sound = oneVoice(options.sound, options.clock);
    this.#home = { name: '', origin: options.origin, desk: this.#open(null) };
    this.#kiosks = [this.#home];
    this.#shownOrigin = options.origin;
    this.#home.desk.session.onWelcome(({ kiosks }) => this.#learn(kiosks));
  }

  /** In the order of their tabs. */
  get all(): readonly DeskKiosk[] {
    return this.#kiosks;
  }
  get shown(): DeskKiosk {
    return this.#shown ?? this.#home;
  }
  get areSeveral(): boolean {
    return this.#kiosks.length > 1;
  }
  /** The station has other kiosks than when this page was loaded: it has to be loaded again to reach them. */
  get isListOld(): boolean {
    return this.#isListOld;
  }
  get isAnybodyIn(): boolean {
    return this.#kiosks.some(({ desk }) => desk.session.isSignedIn);
  }
  /** Of every lobby, the most urgent first. */
  get calls(): readonly KioskCall[] {
    return this.#calls;
  }
  /** How many nobody has taken, anywhere. */
  get waiting(): number {
    return this.#kiosks.reduce((sum, { desk }) => sum + desk.alerts.waiting, 0);
  }

  stateOf({ desk: { door, session, keys } }: DeskKiosk): KioskState {
    if (!session.isUp) return 'no-line';
    if (door.state === 'outside') return 'not-paired';
    if (session.screen === 'connecting' || session.screen === 'new-pin') return session.screen;
    if (session.staff === null) return this.isAnybodyIn ? 'sign-in' : 'locked';
    return keys.state === 'foreign' && session.may('queue') ? 'no-key' : 'open';
  }

  show({ origin }: Pick<DeskKiosk, 'origin'>): void {
    this.#shownOrigin = origin;
  }

  /** The neighbour of a tab, around the end. */
  neighbour(kiosk: DeskKiosk, steps: 1 | -1): DeskKiosk {
    const all = this.#kiosks;
    return all.at((all.indexOf(kiosk) + steps) % all.length) ?? kiosk;
  }

  /** Follows lines and clock; the answer stops it. */
  start(): () => void {
    this.#stops = this.#kiosks.map(({ desk }) => desk.start());
    return () => {
      for (const stop of this.#stops ?? []) stop();
      this.#stops = null;
    };
  }

  #open(origin: string | null): Desk {
    return this.#options.openDesk(origin, this.sound, {
      lend: (keyId) => this.#lend(keyId),
      isAway: origin !== null,
      checkSlip: (kioskId, text) => this.#checkSlip(kioskId, text),
    });
  }

  #learn(told: DeskWelcome['kiosks']): void {
    if (this.#told !== null) {
      this.#isListOld = JSON.stringify(told) !== JSON.stringify(this.#told);
      return;
    }
    this.#told = told;
    const { origin: here, desk: home } = this.#home;
    if (!told.some(({ origin }) => origin === here)) return;
    this.#kiosks = told.map(({ name, origin }) => ({
      ...{ name, origin },
      desk: origin === here ? home : this.#open(origin),
    }));
    if (this.#stops === null) return;
    for (const { desk } of this.#kiosks) if (desk !== home) this.#stops.push(desk.start());
  }

  #allCalls(): readonly KioskCall[] {
    return this.#kiosks
      .flatMap((kiosk) => kiosk.desk.alerts.shown(kiosk.desk.now).map((alert) => ({ alert, kiosk })))
      .toSorted((a, b) => byUrgency(a.alert, b.alert));
  }

  /** A report that cannot wait: its kiosk comes on screen with it. */
  async openUrgent({ alert, kiosk }: KioskCall): Promise<void> {
    this.show(kiosk);
    kiosk.desk.place.go('queue');
    await kiosk.desk.openUrgent(alert);
  }

  async #lend(keyId: string | null): Promise<LentKey | null> {
    for (const { desk } of this.#kiosks) {
      const lent = await desk.devices.lend(keyId);
      if (lent !== null) return lent;
    }
    return null;
  }

  #checkSlip(kioskId: string, text: string): boolean {
    const kiosk = this.named(kioskId);
    if (kiosk?.desk.session.may('findReport') !== true) return false;
    this.show(kiosk);
    kiosk.desk.place.go('queue');
    void kiosk.desk.slipCheck.check(text);
    return true;
  }

  /** The kiosk whose number a slip bears, where this page shows it and somebody could sign in there. */
  named(kioskId: string): DeskKiosk | null {
    return this.#kiosks.find(({ desk: { session } }) => session.welcome?.kioskId === kioskId) ?? null;
  }

  /** Where else the words would be found that find nothing at the kiosk on screen. */
  get foundElsewhere(): readonly { readonly kiosk: DeskKiosk; readonly count: number }[] {
    const { search } = this.shown.desk;
    if (search.query.terms.length === 0 || search.found.length > 0) return [];
    return this.#kiosks
      .map((kiosk) => ({ kiosk, count: kiosk.desk.search.count(search.query) }))
      .filter(({ kiosk, count }) => kiosk !== this.shown && count > 0);
  }

  searchAt(kiosk: DeskKiosk): void {
    const { typed } = this.shown.desk.search;
    const { search, list, place } = kiosk.desk;
    search.clear();
    search.typed = typed;
    list.startOver();
    place.go('queue');
    this.show(kiosk);
  }

  /**
   * At the kiosk on screen, and then with the same name and PIN wherever this desk is known: a PIN that was mistyped counts
   * once. Whoever is somewhere already signs in at this one kiosk only.
   */
  async signIn(userName: string, pin: string, choosesPin = false): Promise<void> {
    const isOneMore = this.isAnybodyIn;
    const turn = this.#turn;
    const first = this.#firstToAsk();
    for (const { desk } of this.#kiosks) desk.session.forgetProblem();
    await first.desk.session.signIn(userName, pin, choosesPin);
    const { staff } = first.desk.session;
    if (staff === null) return;
    this.show(first);
    if (isOneMore) this.#mayTryAgain(first);
    else
      await Promise.all(this.#kiosks.map((kiosk) => this.#signInAlso(kiosk, staff.staffId, userName, pin)));
    if (turn !== this.#turn) for (const { desk } of this.#kiosks) desk.session.lock();
    // A key that is open for one kiosk now may be that of another.
    await Promise.all(this.#kiosks.map(({ desk }) => desk.session.fetchKey()));
  }

  #mayTryAgain({ origin }: DeskKiosk): void {
    for (const { desk } of this.#kiosks)
      if (desk.session.staff !== null) this.#refused.forgive(origin, desk.session.staff.staffId);
  }

  #firstToAsk(): DeskKiosk {
    const { shown } = this;
    if (this.isAnybodyIn || shown.desk.session.isAdmitted) return shown;
    return this.#kiosks.find(({ desk }) => desk.session.isAdmitted) ?? shown;
  }

  /** Once: whoever has no account there is not tried again, so that nobody else is slowed down for it. */
  async #signInAlso({ origin, desk }: DeskKiosk, who: StaffId, userName: string, pin: string): Promise<void> {
    const { session } = desk;
    if (!session.isAdmitted || session.isSignedIn || this.#refused.has(origin, who)) return;
    await session.signIn(userName, pin);
    if (session.signInProblem?.kind !== 'wrong-pin') return;
    this.#refused.add(origin, who);
    session.forgetProblem();
  }

  /** Everywhere at once; so does idling, which every desk counts from the same touch. */
  lock(): void {
    this.#turn += 1;
    for (const { desk } of this.#kiosks) desk.session.lock();
  }

  /** Somebody is at the mouse or the keyboard. */
  touch(): void {
    for (const { desk } of this.#kiosks) desk.session.touch();
  }

  /** A click or a key: what was said has been read, and sound may start. */
  act(): void {
    for (const { desk } of this.#kiosks) desk.session.act();
    this.sound.wake();
  }
}
