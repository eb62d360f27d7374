import { expect, it, vi } from 'vitest';
import type { Supervisor } from '../../src-main/adapters/supervisor.ts';
import { stayWatched } from '../../src-main/cli/stay-watched.ts';

it('a kiosk that does not answer itself is not called alive, and is again once it does', async () => {
  const told: string[] = [];
  const supervisor: Supervisor = {
    askedEveryMs: 30,
    ready: async () => void told.push('ready'),
    alive: async () => void told.push('alive'),
  };
  let isAnswering = true;
  let asked = 0;
  const end = await stayWatched(supervisor, async () => {
    asked += 1;
    return isAnswering;
  });
  expect(told[0]).toBe('ready');
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(3));
  isAnswering = false;
  asked = 0;
  const silentFrom = told.length + 1;
  await vi.waitFor(() => expect(asked).toBeGreaterThan(3));
  expect(told.length).toBeLessThanOrEqual(silentFrom);
  const silentSince = told.length;
  isAnswering = true;
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(silentSince));
  end();
});
