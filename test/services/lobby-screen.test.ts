import { expect, test } from 'vitest';
import { judgeLobbyScreen } from '../../src-main/app/doctor/program-checks.ts';
import { createLobbyScreen, silentAfterMs } from '../../src-main/services/lobby-screen.ts';
import { createFakeClock } from '../helpers/fakes.ts';

const size = { widthPx: 1080, heightPx: 1920 };

test('a page that hangs asks no more, and is called silent until another one asks', () => {
  const clock = createFakeClock();
  const screen = createLobbyScreen(clock);
  expect(screen.standing()).toEqual({ state: 'never' });
  screen.greeted(size);
  clock.advance(silentAfterMs - 1);
  expect(screen.standing()).toMatchObject({ state: 'shown', size });
  clock.advance(1);
  expect(screen.standing()).toEqual({ state: 'silent', size, silentSeconds: silentAfterMs / 1000 });
  screen.greeted(size);
  expect(screen.standing()).toMatchObject({ state: 'shown', silentSeconds: 0 });
});

test('doctor tells a dark screen from a small one, and asks nothing of a kiosk that stands still', () => {
  const judge = (lobbyScreen: Parameters<typeof judgeLobbyScreen>[0] & object) =>
    judgeLobbyScreen(lobbyScreen).map(({ state }) => state);
  const shown = { state: 'shown', size, silentSeconds: 3 } as const;
  expect(judgeLobbyScreen(null)).toEqual([]);
  expect(judge({ lobbyScreen: shown })).toEqual(['ok']);
  expect(judge({ lobbyScreen: { ...shown, size: { widthPx: 1024, heightPx: 600 } } })).toEqual(['warn']);
  expect(judge({ lobbyScreen: { ...shown, state: 'silent', silentSeconds: 200 } })).toEqual(['fail']);
  expect(judge({ lobbyScreen: { state: 'never', size: null, silentSeconds: null } })).toEqual(['warn']);
});
