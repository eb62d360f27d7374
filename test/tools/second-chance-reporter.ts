import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase } from 'vitest/node';

/** Names each test that passed only when it was tried again, in the file that the whole run sums up: it is no clean pass. */
// eslint-disable-next-line import-x/no-default-export -- vitest loads a reporter by its default export
export default class SecondChanceReporter implements Reporter {
  onTestCaseResult(testCase: TestCase): void {
    const file = process.env['SKRANKE_SKIPS'];
    if (file === undefined || testCase.diagnostic()?.flaky !== true) return;
    appendFileSync(
      file,
      `passed at the second try: ${testCase.module.relativeModuleId}: ${testCase.fullName}\n`,
    );
  }
}
