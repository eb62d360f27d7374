import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[] }[];
  }[];
}
declare global {
  interface Window {
    axe?: { run(): Promise<AxeResult> };
  }
}

/** Rules of accessibility that this page breaks, each with the first places; empty is well. */
export async function findViolations(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy lets no script in, and keeps doing so.
  await page.evaluate(source);
  const result = await page.evaluate(async () => window.axe?.run());
  if (result === undefined) throw new Error('axe did not run');
  return result.violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(' | ')}`,
  );
}
