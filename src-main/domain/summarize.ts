import type { Answer, Thing } from '../contract/answer.ts';
import type { AskedType, Question, VisitorContent } from '../contract/content.ts';
import type { PlaceRouting } from '../contract/station.ts';
import type { ReportSummary, Submission } from '../contract/report.ts';
import { asksToHide } from './flag-rules.ts';
import { answerTo, findReportType } from './triage.ts';
import { routeOf, type VisitRoute } from './visit-route.ts';

function flagsOfThing(question: Extract<Question, { kind: 'things' }>, thing: Thing): string[] {
  const fields = question.kinds.find(({ code }) => code === thing.kind)?.fields ?? [];
  return fields.flatMap(({ id, flag }) =>
    flag !== undefined && (thing.fields[id] ?? '').trim() !== '' ? [flag] : [],
  );
}

function flagsOf(question: Question, answer: Answer | null): string[] {
  if (question.kind === 'things' && answer?.kind === 'things')
    return answer.things.flatMap((thing) => flagsOfThing(question, thing));
  if (question.kind !== 'choice' || answer?.kind !== 'choice') return [];
  return question.options.flatMap((option) =>
    option.flag !== null && answer.codes.includes(option.code) ? [option.flag] : [],
  );
}

function isAnonymous(submission: Submission): boolean {
  const contact = submission.answers.find((answered) => answered.answer.kind === 'contact')?.answer;
  return contact?.kind !== 'contact' || contact.contact.kind === 'anonymous';
}

function asksProtection(submission: Submission): boolean {
  return submission.answers.some(
    ({ answer }) =>
      answer.kind === 'contact' && answer.contact.kind === 'named' && answer.contact.asksProtection,
  );
}

/** Flags of the type, of the answers and of the visitor, once each. */
function gatherFlags(
  content: VisitorContent,
  type: AskedType | null,
  submission: Submission,
  route: VisitRoute | null,
): string[] {
  const flags = new Set(type?.flags);
  for (const question of type?.questions ?? [])
    for (const flag of flagsOf(question, answerTo(submission, question.id))) flags.add(flag);
  if (submission.isUnder18) flags.add('under18');
  if (submission.interpreterLanguage !== undefined) flags.add('interpreter');
  if (asksProtection(submission) || asksToHide(content, [...flags])) flags.add('protection');
  // The screen leads these to an officer; told all the same, they are kept and say so.
  if (route === 'officer') flags.add('officer');
  return [...flags].toSorted();
}

/**
 * The short part of a report that a queue shows: type, language, flags and where it goes.
 * A place nobody could route goes to the fallback district, and says so to staff.
 */
export function summarize(
  content: VisitorContent,
  submission: Submission,
  routing: PlaceRouting,
  fallbackDistrictId: string,
): ReportSummary {
  const type = findReportType(content, submission.reportType);
  const answers = Object.fromEntries(
    submission.answers.map(({ questionId, answer }) => [questionId, answer] as const),
  );
  const route = type === null ? null : routeOf(type, answers, submission);
  const isRouted = routing.kind === 'district';
  const { interpreterLanguage } = submission;
  return {
    reportId: submission.reportId,
    reportType: submission.reportType,
    language: submission.language,
    flags: gatherFlags(content, type, submission, route),
    districtId: isRouted ? routing.district.id : fallbackDistrictId,
    isFallbackRouting: isRouted ? routing.isFallback : true,
    // Whatever is not the visitor's own way alone is read while they wait.
    route: route === 'self' ? 'self' : 'assisted',
    isAnonymous: isAnonymous(submission),
    ...(interpreterLanguage === undefined ? {} : { interpreterLanguage }),
  };
}
