import type { ContentProblem } from '../contract/content.ts';

/** A mistake in content. The message is one sentence for whoever edits content: file, place, what was expected. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly file: string;
  readonly place: string;
  readonly expected: string;

  constructor(file: string, place: string, expected: string) {
    super(`${file}: ${place === '' ? '(the whole file)' : place}: ${expected}.`);
    this.file = file;
    this.place = place;
    this.expected = expected;
  }

  /** For programs and the desk. */
  told(): ContentProblem {
    return { file: this.file, path: this.place, message: `${this.expected}.` };
  }
}
