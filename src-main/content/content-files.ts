import { createHash, type Hash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { ContentError } from './content-error.ts';

function firstProblem(file: string, place: string, error: z.ZodError): ContentError {
  const issue = error.issues[0];
  const steps = (issue?.path ?? []).map((step) =>
    typeof step === 'number' ? `[${step}]` : `.${String(step)}`,
  );
  const where = `${place}${steps.join('')}`.replace(/^\./, '');
  const expected =
    issue?.code === 'unrecognized_keys'
      ? `no key ${issue.keys.map((key) => `"${key}"`).join(', ')} is known there`
      : (issue?.message ?? 'not valid');
  return new ContentError(file, where, expected);
}

/** Reads files under one folder and remembers what it read: the hash over all of it is the version of the content. */
export class ContentFiles {
  readonly #folder: string;
  readonly #hash: Hash = createHash('sha256');

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Sixteen characters are enough to tell two states of content apart. */
  version(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  async json<T>(file: string, schema: z.ZodType<T>): Promise<T> {
    const text = await this.#text(file);
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      throw new ContentError(
        file,
        '',
        `expected JSON (${error instanceof Error ? error.message : 'unreadable'})`,
      );
    }
    const result = schema.safeParse(parsed);
    if (!result.success) throw firstProblem(file, '', result.error);
    return result.data;
  }

  /** A table with one heading line; no value holds a comma or a quote. */
  async csv<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
    const [head = '', ...lines] = (await this.#text(file)).trimEnd().split(/\r?\n/);
    const columns = head.split(',');
    return lines.map((line, index) => {
      const place = `line ${index + 2}`;
      const values = line.split(',');
      if (values.length !== columns.length)
        throw new ContentError(file, place, `expected ${columns.length} values, found ${values.length}`);
      const row = Object.fromEntries(columns.map((column, at) => [column, values[at]]));
      const result = schema.safeParse(row);
      if (!result.success) throw firstProblem(file, place, result.error);
      return result.data;
    });
  }

  /** Files of a folder with this ending, sorted by name. */
  async list(folder: string, ending: string): Promise<string[]> {
    try {
      const names = await readdir(path.join(this.#folder, folder));
      return names
        .filter((name) => name.endsWith(ending))
        .toSorted()
        .map((name) => `${folder}/${name}`);
    } catch {
      throw new ContentError(folder, '', 'expected a folder that can be read');
    }
  }

  async #text(file: string): Promise<string> {
    let text: string;
    try {
      text = await readFile(path.join(this.#folder, file), 'utf8');
    } catch {
      throw new ContentError(file, '', 'expected a file that can be read');
    }
    this.#hash.update(`${file}\0${text}\0`);
    return text;
  }
}
