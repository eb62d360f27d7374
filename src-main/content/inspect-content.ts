import type { ReportType } from '../contract/content.ts';
import { overdueOf, overdueSentence } from './check-facts.ts';
import type { ContentError } from './content-error.ts';
import { openLayers, type ContentPlaces } from './layers.ts';
import { readPrinterProfiles } from './printer-profiles.ts';
import { Problems } from './problems.ts';
import { readContent } from './read-content.ts';
import { settleContent } from './settle-content.ts';

export interface InspectOptions extends ContentPlaces {
  /** Facts that are overdue on this local date are problems too. */
  readonly today: string;
  readonly isDemonstration: boolean;
}

export interface InspectedContent {
  /** Those that would be offered, in their order. */
  readonly types: readonly ReportType[];
  /** Types there are files for and that would not be offered. */
  readonly leftOut: readonly string[];
  /** Those of them whose files could be read. */
  readonly readable: readonly ReportType[];
  /** Different questions; one that several types share counts once. */
  readonly questions: number;
  readonly facts: number;
  readonly problems: readonly ContentError[];
  /** What would stop the start. */
  readonly stop: ContentError | null;
}

/** Reads and checks content like the start, and tells all that is wrong to whoever edits it. */
export async function inspectContent(options: InspectOptions): Promise<InspectedContent> {
  const problems = new Problems();
  const raw = await readContent(openLayers(options, problems), options.isDemonstration);
  const settled = settleContent(raw, options.today, problems);
  if (settled.stop !== null) problems.add(settled.stop.file, settled.stop.place, settled.stop.expected);
  const printers = await readPrinterProfiles(options.contentDir, problems);
  for (const fact of [...settled.overdue, ...overdueOf(printers.facts, options.today)])
    problems.add(fact.file, fact.place, overdueSentence(fact));
  const types = settled.types.map(({ value }) => value);
  const leftOut = [...raw.typeIds].filter((id) => !types.some((type) => type.id === id));
  return {
    types,
    leftOut,
    readable: raw.types.entries.filter(({ id }) => leftOut.includes(id)).map(({ value }) => value),
    questions: new Set(types.flatMap((type) => type.questions.map(({ id }) => id))).size,
    facts: settled.facts.length + printers.facts.length,
    problems: problems.found,
    stop: settled.stop,
  };
}
