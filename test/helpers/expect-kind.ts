import { expect } from 'vitest';

/** Narrows an outcome to the one a test expects. */
export function expectKind<Outcome extends { readonly kind: string }, Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
): Extract<Outcome, { readonly kind: Kind }> {
  const isKind = (candidate: Outcome): candidate is Extract<Outcome, { readonly kind: Kind }> =>
    candidate.kind === kind;
  if (isKind(outcome)) return outcome;
  expect.fail(`expected ${kind}, got ${JSON.stringify(outcome)}`);
}
