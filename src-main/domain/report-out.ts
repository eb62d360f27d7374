import type { Report } from '../contract/report.ts';
import type { ReportExport } from '../contract/report-export.ts';
import { withoutHiddenContact } from './hidden-contact.ts';
import { visiblePieces } from './render-answer-characters.ts';
import { renderReport, type DanishTexts, type RenderedAnswer } from './render-answer.ts';
import { gateAnswerText, gateText, typeText } from './render-answer-texts.ts';
import type { TextTree } from '../contract/content.ts';
import { answerTo } from './triage.ts';

/** What a colleague has uncovered on the screen by asking for it. A file uncovers nothing. */
export interface Uncovered {
  readonly contact: boolean;
  /** Numbers that are dots in every report, such as CPR. */
  readonly private: boolean;
}
export const nothingUncovered: Uncovered = { contact: false, private: false };

type OutLine = ReportExport['answers'][number]['lines'][number];

export interface OutAnswer {
  readonly questionId: string;
  readonly question: string;
  readonly state: RenderedAnswer['state'] | 'hidden';
  readonly lines: readonly OutLine[];
}

/** Shown as a sign, so that it hides nothing and turns nothing around where it is pasted. */
export function withVisibleSigns(typed: string): string {
  return visiblePieces(typed)
    .map((piece) => (piece.kind === 'words' ? piece.text : `[${piece.name}]`))
    .join('');
}

/**
 * The order in which a Danish report is written down: who, when, where, what happened, things and sums, the rest in
 * the order it was asked; what nobody answered last.
 */
function place(report: Report, { questionId, state }: RenderedAnswer): number {
  if (state === 'skipped' || state === 'not-met') return 7;
  const kind = answerTo(report.submission, questionId)?.kind;
  if (questionId === 'what-happened') return 3;
  const order: Readonly<Partial<Record<string, number>>> = {
    contact: 0,
    when: 1,
    place: 2,
    things: 4,
    amount: 5,
  };
  return order[kind ?? ''] ?? 6;
}

function outLine(
  { label, danish, own, isMasked }: RenderedAnswer['lines'][number],
  uncovered: Uncovered,
): OutLine {
  const isLeftOut = isMasked && !uncovered.private;
  return {
    label,
    danish: isLeftOut ? null : danish,
    own: isLeftOut || own === null ? null : withVisibleSigns(own),
    isLeftOut,
  };
}

/** A report's answers in the order of a case system, without what is hidden. */
export function answersOut(danish: DanishTexts, report: Report, uncovered: Uncovered): readonly OutAnswer[] {
  return renderReport(danish, report)
    .toSorted((a, b) => place(report, a) - place(report, b))
    .map(({ questionId, question, state, lines, isProtected }) =>
      isProtected && !uncovered.contact
        ? { questionId, question, state: 'hidden', lines: [] }
        : { questionId, question, state, lines: lines.map((line) => outLine(line, uncovered)) },
    );
}

export interface ExportFrame {
  readonly exportedAt: string;
  readonly gates: TextTree;
  readonly entries: ReportExport['entries'];
}

/** A report as another program reads it: every code beside its Danish, the visitor's own words untouched. */
export function exportReport(
  danish: DanishTexts,
  report: Report,
  { exportedAt, gates, entries }: ExportFrame,
): ReportExport {
  const { summary, submission, reportId, reference, kioskId, stationId } = report;
  const inSight = withoutHiddenContact(report).submission.answers;
  const answers = answersOut(danish, report, nothingUncovered).map(({ lines, ...answer }) => {
    const coded = inSight.find(({ questionId }) => questionId === answer.questionId)?.answer ?? null;
    // The codes would tell what the lines leave out.
    const isWhole = lines.every(({ isLeftOut }) => !isLeftOut);
    return { ...answer, lines: [...lines], coded: isWhole && coded?.kind !== 'hidden' ? coded : null };
  });
  return {
    format: 'skranke-report',
    formatVersion: 1,
    exportedAt,
    ...{ reportId, reference, kioskId, stationId },
    districtId: summary.districtId,
    isFallbackRouting: summary.isFallbackRouting,
    receivedAt: report.receivedAt,
    receivedLocal: report.receivedLocal,
    isClockTrusted: report.isClockTrusted,
    contentVersion: report.contentVersion,
    type: { code: summary.reportType, danish: typeText(danish.texts, summary.reportType) },
    lane: summary.route,
    language: summary.language,
    interpreterLanguage: summary.interpreterLanguage ?? null,
    flags: summary.flags,
    isAnonymous: summary.isAnonymous,
    isUnder18: submission.isUnder18,
    gates: Object.entries(submission.gateAnswers).map(([code, answer]) => ({
      ...{ code, answer },
      question: gateText(gates, code),
      danish: gateAnswerText(gates, code, answer),
    })),
    answers,
    entries,
  };
}
