import type { Answer } from '../contract/answer.ts';
import type { EntryContent } from '../contract/entry.ts';
import type { Report, Submission } from '../contract/report.ts';

/** What the summary of a report says of it. */
interface Flagged {
  readonly flags: readonly string[];
}

/** Whom fear or a wish for protection keeps out of sight: the flag `protection` stands for both. */
export function isContactHidden({ flags }: Flagged): boolean {
  return flags.includes('protection');
}

/** Contact is hidden whole; a place only where what happened, happened at home. */
export function isAnswerHidden({ flags }: Flagged, answer: Answer): boolean {
  if (answer.kind === 'contact')
    return answer.contact.kind === 'named' && (answer.contact.asksProtection || isContactHidden({ flags }));
  return answer.kind === 'place' && isContactHidden({ flags }) && flags.includes('in-home');
}

/** A translation tells what the answer tells. */
export function isEntryHidden({ summary, submission }: Report, entry: EntryContent): boolean {
  if (entry.kind !== 'translation') return false;
  const given = submission.answers.find(({ questionId }) => questionId === entry.questionId);
  return given !== undefined && isAnswerHidden(summary, given.answer);
}

/** An answer that says only that it is there. */
export interface HiddenAnswer {
  readonly questionId: string;
  readonly answer: { readonly kind: 'hidden' };
}

export type ReportInSight = Omit<Report, 'submission'> & {
  readonly submission: Omit<Submission, 'answers'> & {
    readonly answers: readonly (Submission['answers'][number] | HiddenAnswer)[];
  };
};

/** For every list, print and export that nobody asked for by name: the report without where to find the visitor. */
export function withoutHiddenContact(report: Report): ReportInSight {
  const { submission, summary } = report;
  return {
    ...report,
    submission: {
      ...submission,
      answers: submission.answers.map((given) =>
        isAnswerHidden(summary, given.answer)
          ? { questionId: given.questionId, answer: { kind: 'hidden' } }
          : given,
      ),
    },
  };
}
