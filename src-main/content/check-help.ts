import type { FlagRule, InterpreterLanguages } from '../contract/content.ts';
import type { Problems } from './problems.ts';

/** A rule for a flag that no report can carry would be a call for help that never comes. */
export function checkFlagRules(
  rules: readonly FlagRule[],
  usedFlags: readonly string[],
  problems: Problems,
): void {
  for (const { id } of rules)
    if (!usedFlags.includes(id))
      problems.add('dk/flags.json', id, 'expected a flag that a type or an answer raises');
}

/** Every language stands on a page that is offered, and no page is empty. */
export function checkInterpreterLanguages(read: InterpreterLanguages, problems: Problems): void {
  const file = 'dk/interpreter-languages.json';
  for (const { tag, page } of read.languages)
    if (!read.pages.some(({ id }) => id === page))
      problems.add(file, tag, `expected a page that exists, found "${page}"`);
  for (const { id } of read.pages)
    if (!read.languages.some(({ page }) => page === id))
      problems.add(file, `pages.${id}`, 'expected at least one language on this page');
}
