import type { Question } from '../contract/content.ts';
import { contactFields, type PlaceInput, type QuestionInput, type WhenInput } from './draft-input.ts';

/** A part that sets the currency of the field before it. */
export const currencyOf = (field: string): string => `${field}.currency`;

const whenParts = ({ precision }: WhenInput): readonly string[] => {
  if (precision === null) return ['precision'];
  if (precision === 'between') return ['precision', 'start-date', 'start-time', 'end-date', 'end-time'];
  return precision === 'day' ? ['precision', 'start-date'] : ['precision', 'start-date', 'start-time'];
};

const placeFields: Readonly<Record<PlaceInput['setting'], readonly string[]>> = {
  place: ['postcode', 'words'],
  transport: ['line', 'from', 'to'],
  online: ['words'],
  abroad: ['country', 'words'],
};

const contactParts: readonly string[] = [
  'mode',
  'for-whom',
  ...contactFields.map((field) => (field === 'safeContact' ? 'safe-contact' : field)),
];

function thingParts(
  question: Extract<Question, { kind: 'things' }>,
  input: QuestionInput,
): readonly string[] {
  if (input.kind !== 'things' || input.editing === null) return ['list'];
  const { kind, fields } = input.editing;
  return (question.kinds.find(({ code }) => code === kind)?.fields ?? []).flatMap((field) =>
    field.kind === 'amount' && (fields[field.id] ?? '').trim() !== ''
      ? [field.id, currencyOf(field.id)]
      : [field.id],
  );
}

/**
 * What one question is made of for who reads one thing at a time: the same fields, a page each. Nothing new is asked, so an
 * answer can be begun one way of reading and ended in the other.
 */
export function easyParts(question: Question, input: QuestionInput): readonly string[] {
  if (question.kind === 'things') return thingParts(question, input);
  switch (input.kind) {
    case 'choice': {
      const hasNote = question.kind === 'choice' && question.noteLongest > 0 && input.codes.length > 0;
      return hasNote ? ['options', 'note'] : ['options'];
    }
    case 'when':
      return whenParts(input);
    case 'place':
      return ['setting', ...placeFields[input.setting]];
    case 'contact':
      if (input.mode === null) return ['mode'];
      if (input.mode === 'anonymous') return ['mode', 'anonymous-means', 'anonymous-no-reply'];
      // The CPR number is never asked for; one that was given can be seen and taken out.
      return [...contactParts, ...(input.cpr === '' ? [] : ['cpr']), 'wishes'];
    default:
      return ['all'];
  }
}
