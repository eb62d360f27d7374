import { safe } from '@orpc/client';
import type { Numbers } from '../../src-main/contract/desk-trust.ts';
import type { DeskClient } from '../api/connect-desk.ts';
import type { DeskSession } from './desk-session.svelte.ts';

export interface DeskNumbersOptions {
  readonly client: DeskClient;
  readonly session: DeskSession;
}

/** How the work went in the last thirty days, in numbers about nobody. */
export class DeskNumbers {
  #numbers = $state.raw<Numbers | null>(null);
  #isAnswered = $state(true);
  readonly #options: DeskNumbersOptions;

  constructor(options: DeskNumbersOptions) {
    this.#options = options;
    options.session.onLock(() => {
      this.#numbers = null;
    });
  }

  get numbers(): Numbers | null {
    return this.#numbers;
  }
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  async enter(): Promise<void> {
    const result = await safe(this.#options.client.numbers({}));
    this.#isAnswered = result.isSuccess;
    if (result.isSuccess) this.#numbers = result.data;
    else if (result.isDefined) this.#options.session.refused(result.error.code);
  }
}
