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

/** What is left of an entry when the part that is most often wrong is taken out. */
export type Mend = (entry: Record<string, unknown>) => Record<string, unknown>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A file of lists after something was done to the entries that a schema found wrong. */
function withWrong(parsed: unknown, error: z.ZodError, change: (entry: unknown) => unknown[]): unknown {
  if (!isRecord(parsed)) return parsed;
  const unknownKeys = new Set<string>();
  const wrong = new Set<string>();
  for (const issue of error.issues) {
    const [key, index] = issue.path;
    if (key === undefined && issue.code === 'unrecognized_keys')
      for (const name of issue.keys) unknownKeys.add(name);
    if (typeof index === 'number') wrong.add(`${String(key)} ${index}`);
  }
  const kept = Object.entries(parsed).filter(([key]) => !unknownKeys.has(key));
  const changed = (key: string, list: readonly unknown[]): unknown[] =>
    list.flatMap((entry, index) => (wrong.has(`${key} ${index}`) ? change(entry) : [entry]));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, Array.isArray(value) ? changed(key, value) : value]),
  );
}

/** What a schema can read of a file of lists: entries that are wrong are mended where that helps, and else left out. */
export function readWithoutWrong<T>(parsed: unknown, schema: z.ZodType<T>, mend: Mend): T | null {
  const first = schema.safeParse(parsed);
  if (first.success) return first.data;
  const mended = withWrong(parsed, first.error, (entry) => [isRecord(entry) ? mend(entry) : entry]);
  const second = schema.safeParse(mended);
  if (second.success) return second.data;
  return schema.safeParse(withWrong(mended, second.error, () => [])).data ?? null;
}
