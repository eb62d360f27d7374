import type { Question } from '../../src-main/contract/content.ts';
import type { QuestionInput } from '../../src-main/domain/draft-input.ts';
import { easyParts } from '../../src-main/domain/easy-parts.ts';

/** What is asked now, and whether one thing at a time is wanted. */
export interface Asked {
  readonly question: Question | null;
  readonly input: QuestionInput | null;
  readonly isEasy: boolean;
}

/** Leads through the parts of one question in easy reading; in normal reading a question is one page and this does nothing. */
export class VisitParts {
  #at = $state(0);
  readonly #asked: () => Asked;

  constructor(asked: () => Asked) {
    this.#asked = asked;
  }

  /** The part on screen; null when all of the question is. */
  get current(): string | null {
    return this.#all.at(this.#position) ?? null;
  }

  get isFirst(): boolean {
    return this.#position === 0;
  }

  get isLast(): boolean {
    return this.#position >= this.#all.length - 1;
  }

  /** To the next part, if there is one. */
  next(): boolean {
    if (this.isLast) return false;
    this.#at = this.#position + 1;
    return true;
  }

  back(): boolean {
    if (this.isFirst) return false;
    this.#at = this.#position - 1;
    return true;
  }

  startOver(): void {
    this.#at = 0;
  }

  /** The page of a field that something has to be said about. */
  show(field: string): void {
    const at = this.#all.indexOf(field);
    if (at >= 0) this.#at = at;
  }

  get #all(): readonly string[] {
    const { question, input, isEasy } = this.#asked();
    return !isEasy || question === null || input === null ? [] : easyParts(question, input);
  }

  /** Answers change which parts there are. */
  get #position(): number {
    return Math.max(0, Math.min(this.#at, this.#all.length - 1));
  }
}
