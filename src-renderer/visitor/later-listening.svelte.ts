import type { Component } from 'svelte';

const askAgainMs = 1000;

/** What reads the pages aloud, and its buttons: fetched like the screens behind the first one. */
class LaterListening {
  /** Hears what the visitor does and says what is there; shows nothing. */
  ears = $state.raw<Component | null>(null);
  panel = $state.raw<Component | null>(null);

  /** Fetches both, and again until they are there. */
  load(): void {
    Promise.all([import('./listening/Listening.svelte'), import('./listening/ListenPanel.svelte')])
      .then(([{ default: ears }, { default: panel }]) => {
        this.ears = ears;
        this.panel = panel;
      })
      .catch(() => setTimeout(() => this.load(), askAgainMs));
  }
}

export const laterListening = new LaterListening();
