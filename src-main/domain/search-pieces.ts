import type { EntryContent } from '../contract/entry.ts';
import type { Report } from '../contract/report.ts';
import { onlyDigits } from './digits.ts';
import { groupReference } from './reference-number.ts';
import { visiblePieces } from './render-answer-characters.ts';
import type { AnswerLine } from './render-answer-lines.ts';
import { typeText } from './render-answer-texts.ts';
import { renderReport, type DanishTexts } from './render-answer.ts';
import { makeSearchText, type SearchText } from './search-query.ts';

/** What can be found in a report, and where it stands. */
export interface SearchPiece {
  /** In Danish, where the question alone does not say what it is. */
  readonly label: string | null;
  /** Null for what stands above the answers. */
  readonly questionId: string | null;
  readonly text: string;
}

export interface Searchable {
  readonly pieces: readonly SearchPiece[];
  readonly searched: SearchText;
}

/** Whatever `visiblePieces` may find, after line ends have become spaces. */
const mayHide = /[\p{Cc}\p{Cf}]/u;

/** As it can be seen: what hides between the letters is neither searched nor shown in a line. */
function clean(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim().normalize('NFC');
  if (!mayHide.test(line)) return line;
  return visiblePieces(line)
    .flatMap((piece) => (piece.kind === 'words' ? [piece.text] : []))
    .join('')
    .trim();
}

function piecesOf({ label, danish, own }: AnswerLine, questionId: string): SearchPiece[] {
  return [danish, own]
    .map((text) => clean(text ?? ''))
    .filter((text) => text !== '')
    .map((text) => ({ label, questionId, text }));
}

/** The typed number alone: beside its Danish form stand remarks that have digits too. */
function hiddenNumber({ own, danish }: AnswerLine): string {
  return onlyDigits(own ?? danish ?? '');
}

/**
 * Everything a report can be found by, as the desk shows it. Contact that the visitor asked to keep out of sight is left
 * out, unless somebody has asked for it by name; a number that is hidden everywhere is found by the whole of it alone.
 */
export function makeSearchable(danish: DanishTexts, report: Report, isContactShown: boolean): Searchable {
  const type = typeText(danish.texts, report.summary.reportType);
  const head = [groupReference(report.reference), ...(type === null ? [] : [type])];
  const pieces: SearchPiece[] = head.map((text) => ({ label: null, questionId: null, text }));
  const hidden: string[] = [];
  for (const answer of renderReport(danish, report)) {
    if (answer.state !== 'answered' || (answer.isProtected && !isContactShown)) continue;
    for (const line of answer.lines) {
      if (line.isMasked) hidden.push(hiddenNumber(line));
      else pieces.push(...piecesOf(line, answer.questionId));
    }
  }
  return { pieces, searched: makeSearchText([...new Set(pieces.map(({ text }) => text))], hidden) };
}

/** What colleagues wrote in an entry. */
function wordsOf(content: EntryContent): readonly string[] {
  switch (content.kind) {
    case 'note':
    case 'question':
      return [content.text];
    case 'translation':
      return [content.text, content.madeBy];
    case 'transfer':
    case 'lane':
      return [content.reason];
    case 'journal-number':
      return [content.number];
    case 'rejection':
      return [content.danish, content.own ?? ''];
    case 'rights-given':
    case 'undone':
      return [];
  }
}

/** What an entry can be found by, under the name of its kind. */
export function entryPieces(words: DanishTexts['words'], content: EntryContent): readonly SearchPiece[] {
  const label = words(`entries.timeline.kind.${content.kind}`);
  return wordsOf(content)
    .map(clean)
    .filter((text) => text !== '')
    .map((text) => ({ label, questionId: null, text }));
}

/** A report together with what was added to it. */
export function withPieces(own: Searchable, added: readonly SearchPiece[]): Searchable {
  if (added.length === 0) return own;
  const { text } = makeSearchText(
    added.map((piece) => piece.text),
    [],
  );
  const { text: before, hidden } = own.searched;
  return { pieces: [...own.pieces, ...added], searched: { text: `${before}\n${text}`, hidden } };
}
