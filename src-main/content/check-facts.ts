import type { FactSource } from '../contract/content.ts';
import { addDays } from '../domain/holidays.ts';
import { isCalendarDate } from '../domain/visit-when.ts';
import { isExpired } from './opening-hours.ts';
import type { Problems } from './problems.ts';

export interface NamedFact {
  readonly file: string;
  readonly place: string;
  readonly fact: FactSource;
}

/** A review further away than this would never happen. */
const longestReviewDays = 366;

/** Refuses facts with a review date nobody will keep, and gives back those whose review date has passed. */
export function checkFacts(facts: readonly NamedFact[], today: string, problems: Problems): NamedFact[] {
  return facts.filter(({ file, place, fact }) => {
    const unreal = (['date', 'reviewBy'] as const).find((name) => !isCalendarDate(fact[name]));
    if (unreal !== undefined) {
      problems.add(file, `${place}.${unreal}`, `expected a day of the calendar, found "${fact[unreal]}"`);
      return false;
    }
    if (fact.reviewBy < fact.date || fact.reviewBy > addDays(fact.date, longestReviewDays)) {
      problems.add(file, `${place}.reviewBy`, `expected a day within a year after ${fact.date}`);
      return false;
    }
    return isExpired(fact, today);
  });
}

/** What is said of a fact whose review date has passed. */
export function overdueSentence({ fact }: NamedFact): string {
  return `should have been checked by ${fact.reviewBy}; find it at ${fact.source}`;
}
