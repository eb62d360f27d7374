import type { FactSource, InterpreterLanguages } from '../contract/content.ts';
import { checkFact } from './check-facts.ts';
import type { Problems } from './problems.ts';

const file = 'dk/interpreter-languages.json';

/** The list stands in place of one that cannot be shown: no language is offered, and the desk is called without one. */
const noLanguages = (today: FactSource['date']): InterpreterLanguages => ({
  source: file,
  date: today,
  reviewBy: today,
  pages: [],
  languages: [],
});

/** Every language once, on a page that is offered; no page is empty. */
export function checkInterpreterLanguages(
  read: InterpreterLanguages | null,
  today: string,
  problems: Problems,
): InterpreterLanguages {
  if (read === null) return noLanguages(today);
  if (!problems.areNone(() => checkFact({ file, place: 'languages', fact: read }, problems)))
    return noLanguages(today);
  const languages = read.languages.filter(({ tag, page }, at) =>
    problems.areNone(() => {
      if (read.languages.findIndex((other) => other.tag === tag) !== at)
        problems.add(file, 'languages', `expected "${tag}" only once`);
      if (!read.pages.some(({ id }) => id === page))
        problems.add(file, tag, `expected a page that exists, found "${page}"`);
    }),
  );
  const isEmpty = (id: string): boolean => !languages.some(({ page }) => page === id);
  for (const { id } of read.pages)
    if (!read.languages.some(({ page }) => page === id))
      problems.add(file, `pages.${id}`, 'expected at least one language on this page');
  return { ...read, languages, pages: read.pages.filter(({ id }) => !isEmpty(id)) };
}
