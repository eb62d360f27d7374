import type { ServedTexts, VisitorContent } from '../../src-main/contract/content.ts';
import type { Language } from '../../src-main/contract/ids.ts';
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
  readonly #onTexts: VisitKioskOptions['onTexts'];
  readonly #seen: NonNullable<VisitKioskOptions['seen']>;
  #listeners: readonly ((notice: Notice) => void)[] = [];
  #withTexts: readonly Language[] = [];
  #run: AbortController | null = null;
  /** Of what a supervisor said of the station. */
  #stationVersion: number | null = null;
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

  /** Other stations, nearest first; null when nobody can be asked now. */
  async stationsNear(postcode: string | null): Promise<readonly StationWithHours[] | null> {
    const found = await this.line.client.stations({ postcode }).catch(() => null);
    return found?.stations ?? null;
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

  async #greet(signal: AbortSignal): Promise<void> {
    const welcome = await this.line.client.welcome({ ...this.#seen() }, { signal });
    if (signal.aborted) return;
    this.welcome = welcome;
    this.canReport = welcome.canReport;
    this.isLobbyStaffed = welcome.isLobbyStaffed;
    this.clock.set(welcome.localTime, welcome.isClockTrusted);
    // All languages at once: a later change of language must not wait for a line.
    const danishFirst: readonly Language[] = ['da', ...welcome.languages];
    for (const language of danishFirst) {
      if (this.#withTexts.includes(language)) continue;
      const texts = await this.line.client.texts({ language }, { signal });
      this.#withTexts = [...this.#withTexts, language];
      this.#onTexts(texts);
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
    this.clock.set(status.localTime, status.isClockTrusted);
    const isNewToUs = this.#stationVersion !== null && this.#stationVersion !== status.stationVersion;
    this.#stationVersion = status.stationVersion;
    const { signal } = this.#run ?? {};
    if (isNewToUs && signal !== undefined) void this.#repeat(signal, () => this.#greet(signal));
  }
}
