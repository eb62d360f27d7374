import { ContentError } from './content-error.ts';

/** Mistakes in content, each once, in the order in which they were met. Whoever finds one goes on. */
export class Problems {
  readonly #found = new Map<string, ContentError>();
  #times = 0;

  get found(): readonly ContentError[] {
    return [...this.#found.values()];
  }

  add(file: string, place: string, expected: string): void {
    const problem = new ContentError(file, place, expected);
    this.#times += 1;
    if (!this.#found.has(problem.message)) this.#found.set(problem.message, problem);
  }

  /** Whether a check finds nothing; what others found before counts again. */
  areNone(check: () => void): boolean {
    const before = this.#times;
    check();
    return this.#times === before;
  }
}
