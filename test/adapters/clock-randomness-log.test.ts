import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../src-main/adapters/clock.ts';
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

/** What a process that logs twice leaves on its standard error stream. */
function logLines(isUnderJournal: boolean): string[] {
  const program = path.resolve(import.meta.dirname, '../../src-main/adapters/log.ts');
  const script = `import { fstatSync } from 'node:fs';
    import { createJsonLog } from ${JSON.stringify(program)};
    const { dev, ino } = fstatSync(2);
    const log = createJsonLog(${isUnderJournal} ? dev + ':' + ino : '1:1');
    log.note('opened', { kioskId: '"level":40' });
    log.warn('refused', { text: 'x'.repeat(5000) });`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return run.stderr.trim().split('\n');
}

it('a log line holds the event and its facts, never more than a short word', () => {
  expect(logLines(false).map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'opened', kioskId: '"level":40' },
    { msg: 'refused', text: 'x'.repeat(120) },
  ]);
});

it('under systemd a line begins with its priority', () => {
  expect(logLines(true).map((line) => line.slice(0, 4))).toEqual(['<6>{', '<4>{']);
});
