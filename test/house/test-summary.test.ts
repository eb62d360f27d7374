import { describe, expect, test } from 'vitest';
import { summarise, summaryLines } from '../tools/test-summary.ts';

const file = (status: string, ...statuses: string[]) => ({
  name: '/x/test/a.test.ts',
  status,
  message: status === 'failed' ? 'Cannot find module\nat somewhere' : '',
  assertionResults: statuses.map((one, index) => ({ fullName: `story ${index}`, status: one })),
});
const fine = { code: 0, isTimedOut: false };

describe('the summary of npm test', () => {
  test('counts what passed, failed and was left out', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'pending', 'todo')] };
    expect(summarise('unit', report, { ...fine, code: 1 }, '/x')).toEqual({
      name: 'unit',
      passed: 1,
      failed: ['test/a.test.ts: story 1'],
      skipped: 2,
      skippedIn: ['test/a.test.ts'],
    });
  });

  test('a file that cannot be run is a failure', () => {
    const { failed } = summarise('unit', { testResults: [file('failed')] }, { ...fine, code: 1 }, '/x');
    expect(failed).toEqual(['test/a.test.ts: Cannot find module']);
  });

  test.each([
    ['a crash without a report', undefined, { code: 139, isTimedOut: false }],
    ['the time limit', { testResults: [file('passed', 'passed')] }, { code: 1, isTimedOut: true }],
    ['an unhandled error', { testResults: [file('passed', 'passed')] }, { code: 1, isTimedOut: false }],
  ])('%s is one failure', (_name, report, ended) => {
    expect(summarise('e2e', report, ended, '/x').failed).toHaveLength(1);
  });

  test('ends with the line machines read', () => {
    const outcomes = [
      { name: 'unit', passed: 3, failed: [], skipped: 1, skippedIn: ['test/c.test.ts'] },
      { name: 'e2e', passed: 2, failed: ['a: b'], skipped: 0, skippedIn: [] },
    ];
    const lines = summaryLines(outcomes, ['skipped: a, because b'], 61.4);
    expect(lines).toContain('skipped: a, because b');
    expect(lines).toContain('skipped: some of test/c.test.ts, and no reason was given');
    expect(lines).toContain('failed: a: b');
    expect(lines.at(-1)).toBe('5 passed, 1 failed, 1 skipped');
  });
});
