import { createHash, type Hash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
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

function addIssues(problems: Problems, file: string, place: string, error: z.ZodError): void {
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

/**
 * Reads files under one folder and remembers what it read: the hash over all of it is the version of the content.
 * What cannot be read, or is not of the right shape, is a problem and comes back as null.
 */
export class ContentFiles {
  readonly #folder: string;
  readonly #problems: Problems;
  readonly #hash: Hash = createHash('sha256');

  constructor(folder: string, problems: Problems) {
    this.#folder = folder;
    this.#problems = problems;
  }

  /** Sixteen characters are enough to tell two states of content apart. */
  version(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  async json<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
    const text = await this.#text(file);
    if (text === null) return null;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unreadable';
      this.#problems.add(file, '', `expected JSON (${reason})`);
      return null;
    }
    const result = schema.safeParse(parsed);
    if (result.success) return result.data;
    addIssues(this.#problems, file, '', result.error);
    return null;
  }

  /** A table with one heading line; no value holds a comma or a quote. */
  async csv<T>(file: string, schema: z.ZodType<T>): Promise<T[] | null> {
    const text = await this.#text(file);
    if (text === null) return null;
    const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
    const columns = head.split(',');
    const rows = lines.flatMap((line, index) => {
      const place = `line ${index + 2}`;
      const values = line.split(',');
      if (values.length !== columns.length) {
        this.#problems.add(file, place, `expected ${columns.length} values, found ${values.length}`);
        return [];
      }
      const result = schema.safeParse(Object.fromEntries(columns.map((column, at) => [column, values[at]])));
      if (result.success) return [result.data];
      addIssues(this.#problems, file, place, result.error);
      return [];
    });
    return rows.length === lines.length ? rows : null;
  }

  /** Files of a folder with this ending, sorted by name. */
  async list(folder: string, ending: string): Promise<string[] | null> {
    try {
      const names = await readdir(path.join(this.#folder, folder));
      return names
        .filter((name) => name.endsWith(ending))
        .toSorted()
        .map((name) => `${folder}/${name}`);
    } catch {
      this.#problems.add(folder, '', 'expected a folder that can be read');
      return null;
    }
  }

  async #text(file: string): Promise<string | null> {
    let text: string;
    try {
      text = await readFile(path.join(this.#folder, file), 'utf8');
    } catch {
      this.#problems.add(file, '', 'expected a file that can be read');
      return null;
    }
    this.#hash.update(`${file}\0${text}\0`);
    return text;
  }
}
