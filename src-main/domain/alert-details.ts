import type { AlertDetails, DeskAlert } from '../contract/status.ts';

/** A call that says nothing but that somebody calls. */
export const noAlertDetails: AlertDetails = {
  nameToCall: null,
  isPersonHere: null,
  isUnder18: false,
  company: null,
  wantedLanguage: null,
  card: null,
};

/** What may be read over a shoulder at a locked desk: which interpreter to find, and nothing of a person. */
export function withoutDetails(alert: DeskAlert): DeskAlert {
  return { ...alert, ...noAlertDetails, wantedLanguage: alert.wantedLanguage, report: null };
}
