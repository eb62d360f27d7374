import type { LobbyScreenState } from '../contract/status.ts';
import type { Clock } from '../domain/ports.ts';

export interface ScreenSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export type LobbyScreenStanding =
  | { readonly state: Extract<LobbyScreenState, 'never'> }
  | {
      readonly state: Exclude<LobbyScreenState, 'never'>;
      readonly size: ScreenSize;
      readonly silentSeconds: number;
    };

/** Whether a page stands before visitors that still answers; what hangs or went dark is told to staff and IT. */
export interface LobbyScreen {
  /** Each greeting of the visitor's page, which comes by itself every minute. */
  greeted(size: ScreenSize): void;
  standing(): LobbyScreenStanding;
}

/** Three greetings that did not come. */
export const silentAfterMs = 180_000;

export function createLobbyScreen(clock: Pick<Clock, 'monotonicMs'>): LobbyScreen {
  let last: { readonly size: ScreenSize; readonly atMs: number } | null = null;
  return {
    greeted(size) {
      last = { size, atMs: clock.monotonicMs() };
    },
    standing() {
      if (last === null) return { state: 'never' };
      const silentMs = clock.monotonicMs() - last.atMs;
      const state = silentMs < silentAfterMs ? 'shown' : 'silent';
      return { state, size: last.size, silentSeconds: Math.round(silentMs / 1000) };
    },
  };
}
