import type { Option, ReportType } from '../contract/content.ts';
import { shownQuestions, type Answers } from './draft.ts';
import type { VisitFacts } from './rules.ts';

/** Where a visitor is led; `types` is back to the list, for what this type is not about. */
export type VisitRoute = ReportType['route'] | 'types';

/** The ways that chosen answers lead to. Only questions that are asked count: an answer left behind decides nothing. */
export function waysChosen(
  type: ReportType,
  answers: Answers,
  visit: VisitFacts,
): ReadonlySet<NonNullable<Option['leadsTo']>> {
  const ways = new Set<NonNullable<Option['leadsTo']>>();
  for (const question of shownQuestions(type, answers, visit)) {
    const answer = answers[question.id];
    if (question.kind !== 'choice' || answer?.kind !== 'choice') continue;
    for (const { code, leadsTo } of question.options)
      if (leadsTo !== undefined && answer.codes.includes(code)) ways.add(leadsTo);
  }
  return ways;
}

/** The route of a type with these answers: a person comes before a form, and a child alone with few of them. */
export function routeOf(type: ReportType, answers: Answers, visit: VisitFacts): VisitRoute {
  const ways = waysChosen(type, answers, visit);
  if (type.route === 'officer' || ways.has('officer')) return 'officer';
  if (ways.has('types')) return 'types';
  if (type.route === 'info') return 'info';
  if (visit.isUnder18 && !type.isForUnder18) return 'officer';
  return ways.has('assisted') ? 'assisted' : type.route;
}
