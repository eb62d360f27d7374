import { textAt } from '../../src-main/domain/text-tree.ts';
import type { DeskSession } from '../state/desk-session.svelte.ts';

/** Danish words of content; an id that has none stands for itself. */
export function contentWords({ texts }: DeskSession, key: string): string {
  return (texts === null ? null : textAt(texts.content, key)) ?? key.split('.')[1] ?? key;
}
