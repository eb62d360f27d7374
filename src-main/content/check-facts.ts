import type { FactSource } from '../contract/content.ts';
import { addDays } from '../domain/holidays.ts';
import { ContentError } from './content-error.ts';
import { isExpired } from './opening-hours.ts';

export interface NamedFact {
  readonly file: string;
  readonly place: string;
  readonly fact: FactSource;
}

/** A review further away than this would never happen. */
const longestReviewDays = 366;

/** Refuses facts with a review date nobody will keep, and names those whose review date has passed. */
export function checkFacts(facts: readonly NamedFact[], today: string): string[] {
  return facts.flatMap(({ file, place, fact }) => {
    if (fact.reviewBy < fact.date || fact.reviewBy > addDays(fact.date, longestReviewDays))
      throw new ContentError(file, `${place}.reviewBy`, `expected a day within a year after ${fact.date}`);
    return isExpired(fact, today)
      ? [`${file}: ${place}: should have been checked by ${fact.reviewBy}; find it at ${fact.source}`]
      : [];
  });
}
