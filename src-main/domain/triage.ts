import type { Answer } from '../contract/answer.ts';
import type { PlaceRouting, Question, ReportType, VisitorContent } from '../contract/content.ts';
import type { ReportSummary, Submission } from '../contract/report.ts';

export function findReportType(content: VisitorContent, id: string): ReportType | null {
  return content.reportTypes.find((type) => type.id === id) ?? null;
}

export function answerTo(submission: Submission, questionId: string): Answer | null {
  return submission.answers.find((answered) => answered.questionId === questionId)?.answer ?? null;
}

/** The postcode and municipality of the first place the visitor named: they decide the district. */
export function placeOf(
  content: VisitorContent,
  submission: Submission,
): { postcode: string | null; municipalityCode: string | null } {
  for (const question of findReportType(content, submission.reportType)?.questions ?? []) {
    const answer = question.kind === 'place' ? answerTo(submission, question.id) : null;
    if (answer?.kind === 'place')
      return { postcode: answer.postcode, municipalityCode: answer.municipalityCode };
  }
  return { postcode: null, municipalityCode: null };
}

function flagsOf(question: Question, answer: Answer | null): string[] {
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
  const flags = new Set(
    type?.questions.flatMap((question) => flagsOf(question, answerTo(submission, question.id))) ?? [],
  );
  if (submission.isUnder18) flags.add('under18');
  if (asksProtection(submission)) flags.add('protection');
  const isRouted = routing.kind === 'district';
  return {
    reportId: submission.reportId,
    reportType: submission.reportType,
    language: submission.language,
    flags: [...flags].toSorted(),
    districtId: isRouted ? routing.district.id : fallbackDistrictId,
    isFallbackRouting: isRouted ? routing.isFallback : true,
    route: type?.route ?? 'assisted',
    isAnonymous: isAnonymous(submission),
  };
}

/** Whether the visitor asked for an interpreter; the slip says so. */
export function wantsInterpreter(summary: ReportSummary): boolean {
  return summary.flags.includes('interpreter');
}
