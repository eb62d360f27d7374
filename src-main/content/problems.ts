import { ContentError } from './content-error.ts';

/** Where reading and checking put a mistake they find. Both go on after it, as far as what they hold still makes sense. */
export interface Problems {
  add(file: string, place: string, expected: string): void;
}

/** For the start: the first mistake ends it. */
export class FirstProblem implements Problems {
  add(file: string, place: string, expected: string): never {
    throw new ContentError(file, place, expected);
  }
}

/** For whoever edits content: all of them, in the order in which the start would have met them. */
export class AllProblems implements Problems {
  readonly found: ContentError[] = [];

  add(file: string, place: string, expected: string): void {
    const problem = new ContentError(file, place, expected);
    if (!this.found.some(({ message }) => message === problem.message)) this.found.push(problem);
  }
}
