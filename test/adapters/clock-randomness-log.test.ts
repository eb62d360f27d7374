import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
import { createJsonLog } from '../../src-main/adapters/log.ts';
import { createRandomness } from '../../src-main/adapters/randomness.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';

afterEach(() => vi.useRealTimers());

it('a clock before the build or jumped back is not trusted until it has caught up', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const at = (text: string): Date => new Date(`${text}Z`);
  vi.setSystemTime(at('1970-01-01T00:00:10'));
  const clock = createSystemClock(at('2026-11-01T00:00:00'));
  expect(clock.isTrusted()).toBe(false);
  vi.setSystemTime(at('2026-11-20T12:00:00'));
  expect(clock.isTrusted()).toBe(true);
  expect(clock.now()).toEqual(at('2026-11-20T12:00:00'));
  vi.setSystemTime(at('2026-11-20T11:58:00'));
  expect(clock.isTrusted()).toBe(true);
  vi.setSystemTime(at('2026-11-20T11:00:00'));
  expect(clock.isTrusted()).toBe(false);
  vi.setSystemTime(at('2026-11-20T12:01:00'));
  expect(clock.isTrusted()).toBe(true);
  const before = clock.monotonicMs();
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(before);
});

it('ids carry their time first and differ; digits are digits', () => {
  const randomness = createRandomness();
  const ids = Array.from({ length: 2000 }, () => randomness.uuid());
  expect(new Set(ids).size).toBe(2000);
  for (const id of ids) {
    expect(reportIdSchema.safeParse(id).success).toBe(true);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  const time = parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16);
  expect(Math.abs(time - Date.now())).toBeLessThan(600_000);
  expect(randomness.digits(6)).toMatch(/^\d{6}$/);
  expect(new Set(randomness.digits(2000))).toEqual(new Set('0123456789'));
});

it('a log line holds the event and its facts, never more than a short word', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'skranke-log-'));
  const file = path.join(folder, 'logs', 'skranke.log');
  const log = createJsonLog({ file });
  log.note('report-received', { reportId: 'r', count: 2 });
  log.warn('odd', { text: 'x'.repeat(5000) });
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'report-received', reportId: 'r', count: 2 },
    { msg: 'odd', text: 'x'.repeat(120) },
  ]);
  rmSync(folder, { recursive: true });
});
