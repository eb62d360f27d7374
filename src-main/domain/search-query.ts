import { foldLong, foldText, hasLongForm } from './search-fold.ts';

/** One thing that has to stand in a report. */
export interface SearchTerm {
  /** Each way of writing it; one of them is enough. */
  readonly forms: readonly string[];
  /** Of digits in several groups: each group, which may also stand for itself, as a number of its own. */
  readonly groups: readonly string[];
}

export interface SearchQuery {
  /** All of them, in any order. None: nothing is searched. */
  readonly terms: readonly SearchTerm[];
  /** The digits, where there is nothing else: a hidden number is found by the whole of it only. */
  readonly number: string | null;
}

/** What of a report is compared with a query. */
export interface SearchText {
  /** Folded words, their longer forms, and numbers without their spaces, a line each. */
  readonly text: string;
  /** The digits of numbers that are hidden on every screen. */
  readonly hidden: readonly string[];
}

/** Between the groups of a number, as people write them. */
const separators = /[\s.,:;()/+-]+/;
const longest = 200;

function unique(forms: readonly string[]): string[] {
  return [...new Set(forms)].filter((form) => form !== '');
}

function wordTerm(word: string): SearchTerm {
  const short = foldText(word);
  const joined = /\d/.test(short) ? short.split(separators).join('') : '';
  return { forms: unique([short, foldLong(word), joined]), groups: [] };
}

/** `+45 20 30 40 50` is one number, also where it stands without its spaces or without the two noughts before it. */
function numberTerm(groups: readonly string[]): SearchTerm {
  const joined = groups.flatMap((group) => group.split(separators)).join('');
  const abroad = joined.startsWith('00') && joined.length > 6 ? joined.slice(2) : '';
  return { forms: unique([joined, abroad]), groups };
}

const isNumber = (folded: string): boolean => /^[\d.,:()/+-]*\d[\d.,:()/+-]*$/.test(folded);

/** Reads what somebody typed: words, and neighbouring groups of digits as one number. */
export function parseQuery(typed: string): SearchQuery {
  const words = typed
    .slice(0, longest)
    .split(/\s+/)
    .filter((word) => foldText(word) !== '');
  const terms: SearchTerm[] = [];
  let groups: string[] = [];
  const endNumber = (): void => {
    if (groups.length > 0) terms.push(numberTerm(groups));
    groups = [];
  };
  for (const word of words) {
    const folded = foldText(word);
    if (isNumber(folded)) groups.push(folded);
    else {
      endNumber();
      terms.push(wordTerm(word));
    }
  }
  endNumber();
  const all = words.map(foldText);
  const number = all.length > 0 && all.every(isNumber) ? all.join('').replaceAll(/\D/g, '') : null;
  // The longest is in the fewest reports.
  const rarestFirst = terms.toSorted((a, b) => (b.forms[0]?.length ?? 0) - (a.forms[0]?.length ?? 0));
  return { terms: rarestFirst, number };
}

/** A group that people write before or behind digits: the letters of a plate. */
const isShort = (group: string): boolean => /^\p{L}{1,3}$/u.test(group);
const hasDigit = (group: string): boolean => /\d/.test(group);

/** Numbers in a folded text that were written in groups, joined: `ab 12 345` → `ab12345`. */
function joinedNumbers(folded: string): string[] {
  if (!hasDigit(folded)) return [];
  const groups = folded.split(separators);
  const found: string[] = [];
  let run: string[] = [];
  const end = (): void => {
    if (run.length > 1 && run.some(hasDigit)) found.push(run.join(''));
    run = [];
  };
  for (const group of groups) {
    if (hasDigit(group) || isShort(group)) run.push(group);
    else end();
  }
  end();
  return found;
}

/** The words of a text that are also written with two letters for one. */
function longWords(text: string): string[] {
  return hasLongForm(text) ? text.split(/\s+/).filter(hasLongForm).map(foldLong) : [];
}

export function makeSearchText(texts: readonly string[], hidden: readonly string[]): SearchText {
  const folded = texts.map(foldText);
  const lines = [...folded, ...texts.flatMap(longWords), ...folded.flatMap(joinedNumbers)];
  return { text: lines.join('\n'), hidden };
}

function standsAlone(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at !== -1; at = text.indexOf(number, at + 1)) {
    const after = text.charAt(at + number.length);
    if (!/\d/.test(text.charAt(at - 1)) && !/\d/.test(after)) return true;
  }
  return false;
}

function hasTerm(text: string, { forms, groups }: SearchTerm): boolean {
  return (
    forms.some((form) => text.includes(form)) ||
    (groups.length > 1 && groups.every((group) => standsAlone(text, group)))
  );
}

/** So few digits are no whole number of anything that is hidden. */
const shortestHidden = 6;

export function matchesHidden({ number }: SearchQuery, { hidden }: SearchText): boolean {
  return number !== null && number.length >= shortestHidden && hidden.includes(number);
}

/** Whether a report has all of it. */
export function matches(query: SearchQuery, searched: SearchText): boolean {
  if (query.terms.length === 0) return false;
  return matchesHidden(query, searched) || query.terms.every((term) => hasTerm(searched.text, term));
}
