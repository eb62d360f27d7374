import type { z } from 'zod';
import type { Problems } from './problems.ts';

type Issue = z.core.$ZodIssue;

/** Of what a union offers, the one that was meant: it fails somewhere inside and not at the root. */
function innermost(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) => issues.every((inner) => inner.path.length > 0));
  if (meant === undefined) return [issue];
  return meant.flatMap(innermost).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** One sentence for each thing that a schema found wrong. */
export function addIssues(problems: Problems, file: string, place: string, error: z.ZodError): void {
  for (const issue of error.issues.flatMap(innermost)) {
    const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
    const where = `${place}${steps.join('')}`.replace(/^\./, '');
    const expected =
      issue.code === 'unrecognized_keys'
        ? `no key ${issue.keys.map((key) => `"${key}"`).join(', ')} is known there`
        : issue.message;
    problems.add(file, where, expected);
  }
}

/** A file of lists without the entries and the keys that a schema found wrong. */
export function withoutWrong(parsed: unknown, error: z.ZodError): unknown {
  if (typeof parsed !== 'object' || parsed === null) return parsed;
  const unknownKeys = new Set<string>();
  const wrong = new Set<string>();
  for (const issue of error.issues) {
    const [key, index] = issue.path;
    if (key === undefined && issue.code === 'unrecognized_keys')
      for (const name of issue.keys) unknownKeys.add(name);
    if (typeof index === 'number') wrong.add(`${String(key)} ${index}`);
  }
  const kept = Object.entries(parsed).filter(([key]) => !unknownKeys.has(key));
  return Object.fromEntries(
    kept.map(([key, value]: [string, unknown]) => [
      key,
      Array.isArray(value) ? value.filter((_, index) => !wrong.has(`${key} ${index}`)) : value,
    ]),
  );
}
