import { safe } from '@orpc/client';
import type { KioskHealth } from '../../src-main/contract/desk-trust.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskHealthOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
}

/** Often enough for somebody who watches the disk or sets the clock. */
const askEveryMs = 10_000;

/** How the kiosk is, asked again while somebody looks. */
export class DeskHealth {
  #health = $state.raw<KioskHealth | null>(null);
  #isAnswered = $state(true);
  readonly #options: DeskHealthOptions;

  constructor(options: DeskHealthOptions) {
    this.#options = options;
    options.session.onLock(() => {
      this.#health = null;
    });
  }

  get health(): KioskHealth | null {
    return this.#health;
  }
  /** False: what stands there may be old. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** Asks now and now and then; the answer stops it. */
  watch(): () => void {
    void this.#ask();
    const timer = setInterval(() => void this.#ask(), askEveryMs);
    return () => clearInterval(timer);
  }

  async #ask(): Promise<void> {
    const result = await safe(this.#options.client.kioskHealth({}));
    this.#isAnswered = result.isSuccess;
    if (result.isSuccess) this.#health = result.data;
    else if (result.isDefined) this.#options.session.refused(result.error.code);
  }
}
