import type { Component } from 'svelte';

const askAgainMs = 1000;

/**
 * All screens behind the first ones: fetched as soon as the start screen is painted, so that nobody waits for what they
 * do not see yet. STOP and the idle warning are part of the first load and wait for nothing.
 */
class LaterScreens {
  component = $state.raw<Component | null>(null);
  #isLoading = false;

  /** Fetches them, and again until they are there: the services may be starting anew. */
  load(): void {
    if (this.#isLoading || this.component !== null) return;
    this.#isLoading = true;
    import('./LaterScreens.svelte')
      .then(({ default: component }) => {
        this.component = component;
      })
      .catch(() => setTimeout(() => this.load(), askAgainMs))
      .finally(() => {
        this.#isLoading = false;
      });
  }
}

export const laterScreens = new LaterScreens();
