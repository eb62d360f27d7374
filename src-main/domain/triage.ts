import type { Answer } from '../contract/answer.ts';
import type { AskedType, VisitorContent } from '../contract/content.ts';
import type { ReceiptVariant } from '../contract/receipt.ts';
import type { ReportSummary, Submission } from '../contract/report.ts';

/** A type that becomes a report; the others are not found here. */
export function findReportType(content: VisitorContent, id: string): AskedType | null {
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

/** What the slip of this type may say: tips and what is private are never named on paper. */
export function receiptVariantOf(content: VisitorContent, reportType: string): ReceiptVariant {
  return findReportType(content, reportType)?.receipt ?? 'discreet';
}

/** Whether the visitor asked for an interpreter; the slip says so. */
export function wantsInterpreter(summary: ReportSummary): boolean {
  return summary.flags.includes('interpreter');
}
