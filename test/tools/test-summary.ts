import path from 'node:path';

/** What one kind of tests came to. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: number;
  /** Files with a skipped test, from the root. */
  readonly skippedIn: readonly string[];
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

const skippedOf = (file: FileResult): number =>
  file.assertionResults.filter((one) => one.status !== 'passed' && one.status !== 'failed').length;

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
  const skipped = files.reduce((total, file) => total + skippedOf(file), 0);
  if (ended.isTimedOut) failed.push(`${name}: stopped at its time limit`);
  else if (report === undefined) failed.push(`${name}: ended with code ${ended.code} and left no report`);
  else if (ended.code !== 0 && failed.length === 0) {
    failed.push(`${name}: ended with code ${ended.code} though no test failed; see the error above`);
  }
  const skippedIn = files.filter((file) => skippedOf(file) > 0).map((file) => path.relative(root, file.name));
  return { name, passed, failed, skipped, skippedIn };
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
  const unexplained = outcomes
    .flatMap((one) => one.skippedIn)
    .filter((file) => !skips.some((line) => line.includes(file)));
  return [
    ...outcomes.map(
      (one) => `${one.name}: ${one.passed} passed, ${one.failed.length} failed, ${one.skipped} skipped`,
    ),
    ...skips,
    ...unexplained.map((file) => `skipped: some of ${file}, and no reason was given`),
    ...failed.map((name) => `failed: ${name}`),
    `whole run: ${Math.round(seconds)} s`,
    `${sum((one) => one.passed)} passed, ${failed.length} failed, ${sum((one) => one.skipped)} skipped`,
  ];
}
