import path from 'node:path';

/** What one kind of tests came to. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: number;
}

interface Assertion {
  readonly fullName: string;
  readonly status: string;
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly Assertion[];
}

/** The parts of vitest's JSON report that are read here. */
export interface Report {
  readonly testResults: readonly FileResult[];
}

function failuresOf(file: FileResult, root: string): string[] {
  const name = path.relative(root, file.name);
  const failed = file.assertionResults.filter((one) => one.status === 'failed');
  if (failed.length === 0 && file.status === 'failed') {
    return [`${name}: ${(file.message ?? '').split('\n')[0] || 'the file could not be run'}`];
  }
  return failed.map((one) => `${name}: ${one.fullName}`);
}

/**
 * Sums up one project. A run that ended badly without naming a failed test (crash, time limit, unhandled error, no report)
 * counts as one failure: silence is not success.
 */
export function summarise(
  name: string,
  report: Report | undefined,
  ended: { readonly code: number; readonly isTimedOut: boolean },
  root: string,
): Outcome {
  const files = report?.testResults ?? [];
  const statuses = files.flatMap((file) => file.assertionResults.map((one) => one.status));
  const failed = files.flatMap((file) => failuresOf(file, root));
  const passed = statuses.filter((status) => status === 'passed').length;
  const skipped = statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  if (ended.isTimedOut) failed.push(`${name}: stopped at its time limit`);
  else if (report === undefined) failed.push(`${name}: ended with code ${ended.code} and left no report`);
  else if (ended.code !== 0 && failed.length === 0) {
    failed.push(`${name}: ended with code ${ended.code} though no test failed; see the error above`);
  }
  return { name, passed, failed, skipped };
}

/** The last lines of a run; the very last is read by machines. */
export function summaryLines(
  outcomes: readonly Outcome[],
  skips: readonly string[],
  seconds: number,
): string[] {
  const sum = (count: (one: Outcome) => number): number =>
    outcomes.reduce((total, one) => total + count(one), 0);
  const failed = outcomes.flatMap((one) => one.failed);
  return [
    ...outcomes.map(
      (one) => `${one.name}: ${one.passed} passed, ${one.failed.length} failed, ${one.skipped} skipped`,
    ),
    ...skips,
    ...failed.map((name) => `failed: ${name}`),
    `whole run: ${Math.round(seconds)} s`,
    `${sum((one) => one.passed)} passed, ${failed.length} failed, ${sum((one) => one.skipped)} skipped`,
  ];
}
