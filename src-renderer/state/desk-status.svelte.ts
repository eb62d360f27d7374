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

  follow(): void {
    this.#following?.abort();
    const following = new AbortController();
    this.#following = following;
    void this.#run(following.signal);
  }

  stop(): void {
    this.#following?.abort();
    this.#following = null;
    this.#isLive = false;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (!(await this.#readAll(signal))) return;
      this.#isLive = false;
      await new Promise((resolve) => setTimeout(resolve, this.#options.retryMs ?? 1000));
    }
  }

  /**
   * Ends when the stream does, however it ends: a fallen line and a restarted kiosk look alike from here.
   * True when it is to be asked for again.
   */
  async #readAll(signal: AbortSignal): Promise<boolean> {
    try {
      const stream = await this.#options.client.follow({}, { signal });
      for await (const notice of stream) {
        if (signal.aborted) return false;
        this.#isLive = true;
        this.#notice = notice;
        this.#options.onNotice(notice);
      }
      return !signal.aborted;
    } catch {
      return !signal.aborted;
    }
  }
}
