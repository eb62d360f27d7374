import type { ReportType } from '../contract/content.ts';
import { checkContent, factsOf } from './check-content.ts';
import { overdueSentence } from './check-facts.ts';
import type { ContentError } from './content-error.ts';
import { ContentFiles } from './content-files.ts';
import { AllProblems } from './problems.ts';
import { readContent } from './read-content.ts';

export interface InspectOptions {
  readonly contentDir: string;
  /** Where the words of that content stand. */
  readonly localesDir: string;
  /** Facts that are overdue on this local date are problems too. */
  readonly today: string;
  readonly isDemonstration: boolean;
}

export interface InspectedContent {
  /** Those that could be read, in the order in which they are offered. */
  readonly types: readonly ReportType[];
  /** Different questions; one that several types share counts once. */
  readonly questions: number;
  readonly facts: number;
  readonly problems: readonly ContentError[];
}

/** Reads and checks content like the start, but to the end, for whoever edits it. */
export async function inspectContent(options: InspectOptions): Promise<InspectedContent> {
  const problems = new AllProblems();
  const files = new ContentFiles(options.contentDir, problems);
  const locales = new ContentFiles(options.localesDir, problems);
  const raw = await readContent({ files, locales, problems }, options.isDemonstration);
  for (const fact of checkContent(raw, options.today, problems))
    problems.add(fact.file, fact.place, overdueSentence(fact));
  const types = raw.types.map(({ type }) => type);
  return {
    types,
    questions: new Set(types.flatMap((type) => type.questions.map(({ id }) => id))).size,
    facts: factsOf(raw).length,
    problems: problems.found,
  };
}
