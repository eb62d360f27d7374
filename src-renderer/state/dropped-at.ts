import type { DroppedAt } from '../../src-main/contract/visitor.ts';
import type { Language } from '../../src-main/contract/ids.ts';
import type { VisitScreen } from './visit-screens.svelte.ts';

/** Where a report is told, from what is said before the first question to the last touch. */
const ofReport: ReadonlySet<VisitScreen['name']> = new Set([
  'privacy',
  'gate',
  'types',
  'type-group',
  'door-types',
  'type-notice',
  'question',
  'check',
  'submit',
]);
/** Whoever came this way is counted nowhere, wherever they stood when they left. */
const ofSafety: ReadonlySet<VisitScreen['name']> = new Set(['officer', 'officer-waiting', 'stop', 'stop-call']);

function nameOf(screen: VisitScreen): string {
  if (screen.name === 'question') return `question-${screen.questionId}`;
  return screen.name === 'gate' ? `gate-${screen.gateId}` : screen.name;
}

/** The screen of a report that a visit was left on; null where there was none, it was sent, or fear was part of it. */
export function droppedAt(
  stack: readonly VisitScreen[],
  isStored: boolean,
  language: Language,
): DroppedAt | null {
  const current = stack.at(-1);
  if (isStored || current === undefined || !ofReport.has(current.name)) return null;
  if (stack.some(({ name }) => ofSafety.has(name))) return null;
  return { screen: nameOf(current).slice(0, 40), language };
}
