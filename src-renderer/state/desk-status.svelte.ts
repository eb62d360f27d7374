import type { DeskNotice } from '../../src-main/contract/status.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskStatusOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
  readonly onNotice: (notice: DeskNotice) => void;
  readonly retryMs?: number;
}

/** The one stream the kiosk pushes: alerts, printer, district, and that the queue has changed. */
export class DeskStatus {
  #notice = $state.raw<DeskNotice | null>(null);
  #isLive = $state(false);
  readonly #options: DeskStatusOptions;
  #following: AbortController | null = null;

  constructor(options: DeskStatusOptions) {
    this.#options = options;
    // What a desk is told depends on whether somebody is signed in: the stream is asked for anew.
    options.session.onOpen(() => this.follow());
    options.session.onLock(() => this.follow());
  }

  /** The last thing told; with `isLive` false it may be out of date. */
  get notice(): DeskNotice | null {
    return this.#notice;
  }
  get isLive(): boolean {
    return this.#isLive;
  }

  /**
   * Asks for the stream. The one before is let go of only when the new one speaks: for the kiosk a desk without a stream
   * is a desk that is not there, and a visitor would read that nobody hears.
   */
  follow(): void {
    const before = this.#following;
    const following = new AbortController();
    this.#following = following;
    void this.#run(following, () => before?.abort());
  }

  stop(): void {
    this.#following?.abort();
    this.#following = null;
    this.#isLive = false;
  }

  async #run(following: AbortController, onFirst: () => void): Promise<void> {
    while (this.#following === following) {
      await this.#readAll(following, onFirst);
      onFirst();
      if (this.#following !== following) return;
      this.#isLive = false;
      await new Promise((resolve) => setTimeout(resolve, this.#options.retryMs ?? 1000));
    }
  }

  /** Ends when the stream does, however it ends: a fallen line and a restarted kiosk look alike from here. */
  async #readAll(following: AbortController, onFirst: () => void): Promise<void> {
    if (!this.#options.session.isAdmitted) return;
    try {
      const stream = await this.#options.client.follow({}, { signal: following.signal });
      for await (const notice of stream) {
        onFirst();
        if (this.#following === following) this.#take(notice);
      }
    } catch {
      return;
    }
  }

  #take(notice: DeskNotice): void {
    this.#isLive = true;
    // Calls belong to DeskAlerts, which forgets their details at the lock; no second copy stays here.
    this.#notice = { ...notice, alerts: [] };
    this.#options.onNotice(notice);
  }
}
