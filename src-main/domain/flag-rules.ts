import type { VisitorContent } from '../contract/content.ts';

type Rules = Pick<VisitorContent, 'flagRules'>;

/** Whether the desk is called for a report with these flags, before anybody looks into the queue. */
export function callsDesk({ flagRules }: Rules, flags: readonly string[]): boolean {
  return flagRules.some((rule) => rule.alerts && flags.includes(rule.id));
}

/** Whether these flags keep contact and home out of sight, as if the visitor had asked for it. */
export function asksToHide({ flagRules }: Rules, flags: readonly string[]): boolean {
  return flagRules.some((rule) => rule.hidesContact && flags.includes(rule.id));
}
