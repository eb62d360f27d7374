import type { Report } from '../../src-main/contract/report.ts';
import { groupReference } from '../../src-main/domain/reference-number.ts';
import type { DanishTexts } from '../../src-main/domain/render-answer.ts';
import { flagText, typeText } from '../../src-main/domain/render-answer-texts.ts';
import { answersOut, type OutAnswer, type Uncovered } from '../../src-main/domain/report-out.ts';
import type { I18n } from '../i18n/i18n.svelte.ts';
import type { DeskSession } from '../state/desk-session.svelte.ts';
import type { OpenedEntry } from '../state/opened-entries.ts';
import { interpreterName } from './desk-words.ts';
import { entryFields, translationOf } from './out-entries.ts';
import { questionName } from './question-names.ts';

/** One field to put into another system. */
export interface OutField {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** What turns codes into Danish at this desk; null while the kiosk has not told. */
export function danishTexts({ welcome, texts }: DeskSession, { t }: I18n): DanishTexts | null {
  if (welcome === null || texts === null) return null;
  return {
    content: welcome.content,
    texts: texts.content,
    words: (key, values) => t(`desk:${key}`, values),
  };
}

function lineText(i18n: I18n, line: OutAnswer['lines'][number], language: string): string {
  const { t } = i18n;
  const { label, danish, own, isLeftOut } = line;
  const isForeign = own !== null && language !== 'da';
  const ownText = isForeign
    ? t('desk:out.own', { language: t(`desk:language.${language}`), text: own })
    : own;
  const said = isLeftOut
    ? t('desk:out.leftOut')
    : [danish, ownText].filter((part) => part !== null && part !== '').join('\n');
  return label === null ? said : `${label}: ${said}`;
}

function answerText(
  i18n: I18n,
  { questionId, state, lines }: OutAnswer,
  language: string,
  all: readonly OpenedEntry[],
): string {
  if (state === 'hidden') return i18n.t('desk:out.hidden');
  const translation = translationOf(i18n, all, questionId);
  const told = lines.map((line) => lineText(i18n, line, language));
  return [...told, ...(translation === null ? [] : [translation])].join('\n');
}

/** What stands at the top of every report that leaves the desk. */
export function headFields(i18n: I18n, session: DeskSession, report: Report): OutField[] {
  const { t, formatDateTime } = i18n;
  const { summary } = report;
  const texts = session.texts?.content ?? {};
  const interpreter =
    summary.interpreterLanguage === undefined
      ? t(`desk:language.${summary.language}`)
      : interpreterName(session.welcome?.content, summary.interpreterLanguage);
  const flags = summary.flags.map((flag) =>
    flag === 'interpreter'
      ? t('desk:report.tag.interpreter', { language: interpreter })
      : flagText(texts, flag),
  );
  const field = (id: string, text: string): OutField => ({ id, label: t(`desk:out.field.${id}`), text });
  const received = t('desk:out.receivedAt', {
    date: formatDateTime(report.receivedAt, 'shortDate'),
    time: formatDateTime(report.receivedAt, 'time'),
  });
  return [
    field('reference', groupReference(report.reference)),
    field('received', report.isClockTrusted ? received : `${received}. ${t('desk:report.clock')}`),
    field('station', session.welcome?.station.name ?? report.stationId),
    field('type', typeText(texts, summary.reportType) ?? t('desk:queue.oldType')),
    field('language', t(`desk:language.${summary.language}`)),
    ...(flags.length === 0 ? [] : [field('flags', flags.filter((flag) => flag !== null).join(', '))]),
  ];
}

/** A whole report as fields, in the order of a case system. */
export function outFields(
  i18n: I18n,
  session: DeskSession,
  report: Report,
  all: readonly OpenedEntry[],
  uncovered: Uncovered,
): OutField[] {
  const danish = danishTexts(session, i18n);
  if (danish === null) return [];
  const answers = answersOut(danish, report, uncovered).map((answer) => ({
    id: answer.questionId,
    label: questionName(i18n, danish.texts, answer.questionId),
    text: answerText(i18n, answer, report.submission.language, all),
  }));
  return [...headFields(i18n, session, report), ...answers, ...entryFields(i18n, session, all)];
}

/** All fields as one text. */
export function asOneText(fields: readonly OutField[]): string {
  return `${fields.map(({ label, text }) => `${label}\n${text}`).join('\n\n')}\n`;
}
