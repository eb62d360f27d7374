import { basename } from 'node:path';
import { printerProfileSchema, type PrinterProfile } from '../contract/printer-profile.ts';
import { checkFact, type NamedFact } from './check-facts.ts';
import { ContentFiles } from './content-files.ts';
import { folderSource } from './content-source.ts';
import { Problems } from './problems.ts';

export interface LoadedProfiles {
  readonly profiles: readonly PrinterProfile[];
  readonly facts: readonly NamedFact[];
}

/**
 * Every printer model there is a file for in `printers`; a file is named by its id. One that is wrong is left out, and said.
 * A folder of content need not bring any.
 */
export async function readPrinterProfiles(contentDir: string, problems: Problems): Promise<LoadedProfiles> {
  const files = new ContentFiles(folderSource(contentDir), problems, { isPartial: true });
  const profiles: PrinterProfile[] = [];
  const facts: NamedFact[] = [];
  for (const file of (await files.list('printers', '.json')) ?? []) {
    const profile = await files.json(file, printerProfileSchema);
    if (profile === null) continue;
    const fact: NamedFact = { file, place: profile.id, fact: profile };
    if (basename(file, '.json') !== profile.id)
      files.refuse(file, 'id', `expected the name of its file, found "${profile.id}"`);
    else if (problems.areNone(() => checkFact(fact, problems))) {
      profiles.push(profile);
      facts.push(fact);
    }
  }
  return { profiles, facts };
}

/** The printer models that ship, and what is wrong with the others. */
export async function loadPrinterProfiles(
  contentDir: string,
): Promise<{ readonly profiles: readonly PrinterProfile[]; readonly sentences: readonly string[] }> {
  const problems = new Problems();
  const { profiles } = await readPrinterProfiles(contentDir, problems);
  return { profiles, sentences: problems.found.map(({ message }) => message) };
}
