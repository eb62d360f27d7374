import type { ServedTexts, VisitorContent } from '../../src-main/contract/content.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type { Headphones } from '../../src-main/contract/speech.ts';
import type { KioskStatus } from '../../src-main/contract/status.ts';
import type { StationWithHours, Welcome } from '../../src-main/contract/visitor.ts';
import type { VisitorLine } from '../api/visitor-line.ts';
import { VisitClock } from './visit-clock.svelte.ts';

type Notice = Exclude<KioskStatus, { kind: 'kiosk' }>;

const askAgainMs = 1000;
/** Opening hours change with the day: what the services say at the greeting is asked for again this often. */
const greetAgainMs = 60_000;

export interface VisitKioskOptions {
  readonly line: VisitorLine;
  /** Words of content arrive with the services, not with the bundle. */
  readonly onTexts: (texts: ServedTexts) => void;
  /** Says with each greeting that people see this page; left out where nobody does. */
  readonly seen?: () => Parameters<VisitorLine['client']['welcome']>[0];
}

/** What is true of the kiosk whoever stands before it: the line, the welcome, the clock. It outlives every visit. */
export class VisitKiosk {
  readonly line: VisitorLine;
  readonly clock = new VisitClock();
  isLineUp = $state(false);
  welcome = $state.raw<Welcome | null>(null);
  isDeskConnected = $state(false);
  isLobbyStaffed = $state(false);
  canReport = $state(false);
  headphones = $state<Headphones>('unknown');
  readonly #onTexts: VisitKioskOptions['onTexts'];
  readonly #seen: NonNullable<VisitKioskOptions['seen']>;
  #listeners: readonly ((notice: Notice) => void)[] = [];
  #withTexts: readonly Language[] = [];
  #run: AbortController | null = null;
  /** Of what a supervisor said of the station. */
  #stationVersion: number | null = null;
  /** Of the content on the screen. */
  #contentVersion: string | null = null;
  #isContentWaiting = false;
  #isAgreeing = false;
  /** The services show other content than this visit. */
  #hasOtherContent = false;
  /** Whether nobody is in a visit; the visit says. */
  isFree: () => boolean = () => true;
  readonly #stopLine: () => void;

  constructor({ line, onTexts, seen = () => ({}) }: VisitKioskOptions) {
    this.line = line;
    this.#onTexts = onTexts;
    this.#seen = seen;
    this.#stopLine = line.onChange((isUp) => this.#lineChanged(isUp));
    this.#lineChanged(line.isUp());
  }

  get content(): VisitorContent | null {
    return this.welcome?.content ?? null;
  }

  /** Known to be closed; without hours, or a clock to hold them against, nobody says so. */
  get isCounterClosed(): boolean {
    const isTold = this.welcome?.stationHours.kind === 'known' && this.clock.isTrusted;
    return isTold && !this.isLobbyStaffed;
  }

  /** Alerts and receipts as the services tell of them. The answer stops it. */
  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== listener);
    };
  }

  /** A visit is over: what waited for that, and what changed meanwhile, is taken now. */
  freed(): void {
    const { signal } = this.#run ?? {};
    if (this.#isContentWaiting) void this.#agree();
    else if (this.#hasOtherContent && signal !== undefined)
      void this.#repeat(signal, () => this.#greet(signal));
  }

  /** Other stations, nearest first; null when nobody can be asked now. */
  async stationsNear(postcode: string | null): Promise<readonly StationWithHours[] | null> {
    const found = await this.line.client.stations({ postcode }).catch(() => null);
    return found?.stations ?? null;
  }

  /** The services hear it at once, and again with each greeting. */
  tellVisit(isUnderWay: boolean): void {
    this.line.client.tellVisit({ isUnderWay }).catch(() => undefined);
  }

  stop(): void {
    this.#stopLine();
    this.#run?.abort();
    this.clock.stop();
  }

  #lineChanged(isUp: boolean): void {
    this.isLineUp = isUp;
    this.#run?.abort();
    this.#run = null;
    if (!isUp) {
      this.isDeskConnected = false;
      return;
    }
    const run = new AbortController();
    this.#run = run;
    void this.#repeat(run.signal, () => this.#greet(run.signal));
    const again = setInterval(() => void this.#greet(run.signal).catch(() => undefined), greetAgainMs);
    run.signal.addEventListener('abort', () => clearInterval(again));
    void this.#repeat(run.signal, () => this.#follow(run.signal));
  }

  /** Until it succeeds or the line falls; a service that stumbles while it starts is asked again. */
  async #repeat(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, askAgainMs));
      }
    }
  }

  /** @param isAgreed this page said a moment ago that nobody is in a visit. */
  async #greet(signal: AbortSignal, isAgreed = false): Promise<void> {
    const welcome = await this.line.client.welcome({ ...this.#seen() }, { signal });
    if (signal.aborted) return;
    this.tellVisit(!this.isFree());
    const before = this.welcome;
    const isOther = this.#contentVersion !== null && this.#contentVersion !== welcome.contentVersion;
    // A visit keeps the content it began with, and the doors to it.
    const keeps = isOther && !isAgreed && !this.isFree();
    this.#hasOtherContent = keeps;
    const { content, menu } = keeps && before !== null ? before : welcome;
    // Other content comes with all its words at once; until then the old one stands.
    if (isOther && !keeps) await this.#fetchTexts(welcome.languages, signal, []);
    this.welcome = { ...welcome, content, menu };
    this.canReport = welcome.canReport;
    this.isLobbyStaffed = welcome.isLobbyStaffed;
    this.clock.set(welcome.localTime, welcome.isClockTrusted);
    if (keeps) return;
    this.#contentVersion = welcome.contentVersion;
    await this.#fetchTexts(welcome.languages, signal, this.#withTexts);
  }

  /** All languages at once: a later change of language must not wait for a line. */
  async #fetchTexts(
    offered: readonly Language[],
    signal: AbortSignal,
    known: readonly Language[],
  ): Promise<void> {
    const isFirst = this.#withTexts.length === 0;
    const danishFirst: readonly Language[] = ['da', ...offered.filter((language) => language !== 'da')];
    const wanted = danishFirst.filter((language) => !known.includes(language));
    const found: ServedTexts[] = [];
    for (const language of wanted) {
      const texts = await this.line.client.texts({ language }, { signal });
      found.push(texts);
      // Before the first visitor each is shown when it comes; later none before all are there.
      if (isFirst) this.#take(texts);
    }
    if (!isFirst) for (const texts of found) this.#take(texts);
  }

  #take(texts: ServedTexts): void {
    this.#withTexts = [...this.#withTexts.filter((one) => one !== texts.language), texts.language];
    this.#onTexts(texts);
  }

  /** Nobody is in a visit: the services may show what waits, and this page takes it whoever comes in that moment. */
  async #agree(): Promise<void> {
    const { signal } = this.#run ?? {};
    if (signal === undefined || this.#isAgreeing || !this.isFree()) return;
    this.#isAgreeing = true;
    try {
      await this.line.client.takeContent({}, { signal });
      await this.#greet(signal, true);
    } catch {
      // The line fell: the stream says again what waits.
    } finally {
      this.#isAgreeing = false;
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for await (const status of await this.line.client.follow({}, { signal })) this.#hear(status);
    if (!signal.aborted) throw new Error('the stream ended');
  }

  #hear(status: KioskStatus): void {
    if (status.kind !== 'kiosk') {
      for (const listener of this.#listeners) listener(status);
      return;
    }
    this.isDeskConnected = status.isDeskConnected;
    this.isLobbyStaffed = status.isLobbyStaffed;
    this.canReport = status.canReport;
    this.headphones = status.headphones;
    this.clock.set(status.localTime, status.isClockTrusted);
    const isOther = this.#contentVersion !== null && this.#contentVersion !== status.contentVersion;
    const isNewToUs = this.#stationVersion !== null && this.#stationVersion !== status.stationVersion;
    this.#stationVersion = status.stationVersion;
    this.#isContentWaiting = status.isContentWaiting;
    if (status.isContentWaiting) void this.#agree();
    const { signal } = this.#run ?? {};
    if ((isNewToUs || (isOther && !this.#isAgreeing)) && signal !== undefined)
      void this.#repeat(signal, () => this.#greet(signal));
  }
}
