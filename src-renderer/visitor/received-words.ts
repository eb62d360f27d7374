import type { ReportType } from '../../src-main/contract/content.ts';
import { isAddition } from '../../src-main/domain/type-menu.ts';

/** What was received, in words: only a report waits to be registered as one. */
export function receivedKey(type: ReportType | null): string {
  if (type?.receipt === 'tip' || type?.receipt === 'appointment')
    return `safety:receipt.received-${type.receipt}`;
  return type !== null && isAddition(type) ? 'safety:receipt.received-addition' : 'safety:receipt.received';
}

/** Whether somebody registers it, and when. */
export function isRegisteredLater(type: ReportType | null): boolean {
  return receivedKey(type) === 'safety:receipt.received';
}
