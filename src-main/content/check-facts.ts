import type { FactSource } from '../contract/content.ts';
import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import type { Entry } from './layers.ts';
import { isExpired } from './opening-hours.ts';
import type { Problems } from './problems.ts';

export interface NamedFact {
  readonly file: string;
  readonly place: string;
  readonly fact: FactSource;
}

/** A review further away than this would never happen. */
const longestReviewDays = 366;

export function factOf({ file, id, value }: Entry<FactSource>): NamedFact {
  return { file, place: id, fact: value };
}

/** Refuses a fact with a review date nobody will keep. */
export function checkFact({ file, place, fact }: NamedFact, problems: Problems): void {
  const unreal = (['date', 'reviewBy'] as const).find((name) => !isCalendarDate(fact[name]));
  if (unreal !== undefined)
    problems.add(file, `${place}.${unreal}`, `expected a day of the calendar, found "${fact[unreal]}"`);
  else if (fact.reviewBy < fact.date || fact.reviewBy > addDays(fact.date, longestReviewDays))
    problems.add(file, `${place}.reviewBy`, `expected a day within a year after ${fact.date}`);
}

/** Those whose review date has passed. Time passing is no mistake: they are shown, and say so. */
export function overdueOf(facts: readonly NamedFact[], today: string): NamedFact[] {
  return facts.filter(({ fact }) => isExpired(fact, today));
}

/** What is said of a fact whose review date has passed. */
export function overdueSentence({ fact }: NamedFact): string {
  return `should have been checked by ${fact.reviewBy}; find it at ${fact.source}`;
}
