import type { TextTree } from '../../src-main/contract/content.ts';
import type { Report } from '../../src-main/contract/report.ts';
import { isAnswerHidden } from '../../src-main/domain/hidden-contact.ts';
import { questionText } from '../../src-main/domain/render-answer-texts.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';

/** The short name where the desk has one; a type that a district added keeps its whole question. */
export function questionName({ t, has }: I18n, texts: TextTree, questionId: string): string {
  if (has(`desk:question.${questionId}`)) return t(`desk:question.${questionId}`);
  return questionText(texts, questionId) ?? t('desk:answer.oldQuestion');
}

/** Answers in which the visitor wrote something; of one that is kept out of sight only while it is shown. */
export function translatable({ submission, summary }: Report, showsContact: boolean): string[] {
  return submission.answers
    .filter(({ answer }) => answer.kind !== 'skipped' && answer.kind !== 'unknown')
    .filter(({ answer }) => showsContact || !isAnswerHidden(summary, answer))
    .map(({ questionId }) => questionId);
}
