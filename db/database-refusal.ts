export type RefusalProblem = 'in-use' | 'newer' | 'not-ours' | 'no-access' | 'full' | 'broken';

/** Why the database of a data folder is not opened. Nothing in the folder was changed. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal';
  readonly problem: RefusalProblem;
  readonly file: string;

  constructor(problem: RefusalProblem, file: string, options?: ErrorOptions) {
    super(`${file}: ${sentences[problem]}`, options);
    this.problem = problem;
    this.file = file;
  }
}

const sentences: Readonly<Record<RefusalProblem, string>> = {
  'in-use': 'another Skranke is running on this data folder.',
  newer: 'the database was written by a newer Skranke; expected that version or a later one.',
  'not-ours': 'this file is not a database of Skranke.',
  'no-access': 'the folder or file cannot be read and written by this user.',
  full: 'the disk is full.',
  broken: 'the database is damaged.',
};
