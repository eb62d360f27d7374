import { createHash, type Hash } from 'node:crypto';
import type { z } from 'zod';
import type { ContentSource } from './content-source.ts';
import { addIssues, readWithoutWrong, type Mend } from './parse-issues.ts';
import { Problems } from './problems.ts';

/** A file of entries that may each be wrong alone. */
export interface PartlyRead<T> {
  /** What is right of it; null when nothing could be kept. */
  readonly read: T | null;
  readonly isWhole: boolean;
}

interface FilesOptions {
  /** Stands before the names of files in sentences. */
  readonly label?: string;
  /** One that need not hold every file. */
  readonly isPartial?: boolean;
}

/** Of whoever edits: never read, and no mistake. */
export function isNote(file: string): boolean {
  return /(?:^|\/)\.[^/]*$/.test(file) || /(~|\.md|\.txt)$/.test(file);
}

/**
 * Reads files of one source and remembers what it read: the hash over all of it is the version of the content.
 * What cannot be read, or is not of the right shape, is a problem and comes back as null.
 */
export class ContentFiles {
  readonly #source: ContentSource;
  readonly #problems: Problems;
  readonly #label: string;
  readonly #isPartial: boolean;
  readonly #hash: Hash = createHash('sha256');
  readonly #asked = new Set<string>();

  constructor(
    source: ContentSource,
    problems: Problems,
    { label = '', isPartial = false }: FilesOptions = {},
  ) {
    this.#source = source;
    this.#problems = problems;
    this.#label = label;
    this.#isPartial = isPartial;
  }

  /** Sixteen characters are enough to tell two states of content apart. */
  version(): string {
    return this.#hash.copy().digest('hex').slice(0, 16);
  }

  /** How sentences name a file. */
  named(file: string): string {
    return `${this.#label}${file}`;
  }

  refuse(file: string, place: string, expected: string): void {
    this.#problems.add(this.named(file), place, expected);
  }

  /** A file that is right as a whole or not at all. */
  async json<T>(file: string, schema: z.ZodType<T>, isOptional = this.#isPartial): Promise<T | null> {
    const found = await this.#parse(file, isOptional);
    if (found === 'absent' || found === 'broken') return null;
    const result = schema.safeParse(found.parsed);
    if (result.success) return result.data;
    addIssues(this.#problems, this.named(file), '', result.error);
    return null;
  }

  /** A file of lists: an entry that is wrong is named and left out, the others stay. */
  async entries<T>(
    file: string,
    schema: z.ZodType<T>,
    mend: Mend = (entry) => entry,
  ): Promise<PartlyRead<T>> {
    const found = await this.#parse(file, this.#isPartial);
    if (found === 'absent' || found === 'broken') return { read: null, isWhole: found === 'absent' };
    const result = schema.safeParse(found.parsed);
    if (result.success) return { read: result.data, isWhole: true };
    addIssues(this.#problems, this.named(file), '', result.error);
    return { read: readWithoutWrong(found.parsed, schema, mend), isWhole: false };
  }

  /** A table with one heading line; no value holds a comma or a quote. A line that is wrong is left out. */
  async csv<T>(file: string, schema: z.ZodType<T>): Promise<T[] | null> {
    const text = await this.#text(file, this.#isPartial);
    if (text === null) return null;
    const wrong = new Problems();
    const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
    const columns = head.split(',');
    const rows = lines.flatMap((line, index) => {
      const place = `line ${index + 2}`;
      const values = line.split(',');
      if (values.length !== columns.length) {
        const expected = `expected ${columns.length} values, found ${values.length}`;
        wrong.add(this.named(file), place, expected);
        return [];
      }
      const result = schema.safeParse(Object.fromEntries(columns.map((column, at) => [column, values[at]])));
      if (result.success) return [result.data];
      addIssues(wrong, this.named(file), place, result.error);
      return [];
    });
    // A heading that is wrong makes every line wrong; that is one mistake.
    const told = rows.length === 0 ? wrong.found.slice(0, 1) : wrong.found;
    for (const { place, expected } of told) this.refuse(file, place, expected);
    return rows.length === 0 ? null : rows;
  }

  /** Files of a folder with this ending, sorted by name. */
  async list(folder: string, ending: string): Promise<string[] | null> {
    const names = await this.#source.list(folder);
    if (names === null && !this.#isPartial) this.refuse(folder, '', 'expected a folder that can be read');
    if (names === null) return this.#isPartial ? [] : null;
    return names
      .filter((name) => name.endsWith(ending) && !name.startsWith('.'))
      .toSorted()
      .map((name) => `${folder}/${name}`);
  }

  /** Names what lies there and is never read: most often a name that was misspelt. */
  async refuseStrays(isOthers: (file: string) => boolean, mayBeMissing: boolean): Promise<void> {
    const files = await this.#source.all();
    if (files === null && !mayBeMissing) this.refuse('', '', 'expected a folder that can be read');
    for (const file of files ?? [])
      if (!isNote(file) && !isOthers(file) && !this.#asked.has(file))
        this.refuse(file, '', 'expected a file of content; one of this name is never read');
  }

  async #parse(file: string, isOptional: boolean): Promise<{ parsed: unknown } | 'absent' | 'broken'> {
    const text = await this.#text(file, isOptional);
    if (text === null) return isOptional ? 'absent' : 'broken';
    try {
      return { parsed: JSON.parse(text) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unreadable';
      this.refuse(file, '', `expected JSON (${reason})`);
      return 'broken';
    }
  }

  async #text(file: string, isOptional: boolean): Promise<string | null> {
    this.#asked.add(file);
    // Wrapped, for a file may hold any text at all.
    const found = await this.#source.read(file).then(
      (text) => ({ text }),
      () => null,
    );
    const text = found?.text ?? null;
    if (text === null) {
      if (found === null || !isOptional) this.refuse(file, '', 'expected a file that can be read');
      return null;
    }
    this.#hash.update(`${file}\0${text}\0`);
    return text;
  }
}
