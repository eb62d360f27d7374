import type { TextTree } from '../contract/content.ts';
import { textAt } from './text-tree.ts';

/* Where the words of content stand in its texts: see resources/content/README.md. */

export function typeText(texts: TextTree, typeId: string): string | null {
  return textAt(texts, `type.${typeId}.title`);
}

export function questionText(texts: TextTree, questionId: string): string | null {
  return textAt(texts, `question.${questionId}.title`);
}

/** What the free field beside a choice is called. */
export function noteText(texts: TextTree, questionId: string): string | null {
  return textAt(texts, `question.${questionId}.note`);
}

export function optionText(texts: TextTree, questionId: string, code: string): string | null {
  return textAt(texts, `option.${questionId}.${code}.label`);
}

export function thingKindText(texts: TextTree, kind: string): string | null {
  return textAt(texts, `thing.${kind}.label`);
}

export function thingFieldText(texts: TextTree, field: string): string | null {
  return textAt(texts, `field.${field}.label`);
}

export function flagText(texts: TextTree, flag: string): string | null {
  return textAt(texts, `flag.${flag}.label`);
}

/** `gates` is the namespace of the gates' own words. */
export function gateText(gates: TextTree, gateId: string): string | null {
  return textAt(gates, `${gateId}.title`);
}

export function gateAnswerText(gates: TextTree, gateId: string, code: string): string | null {
  return textAt(gates, `${gateId}.${code}.label`);
}
