import type { AlertId, Language } from '../contract/ids.ts';
import type {
  AlertDetails,
  AlertKind,
  AlertState,
  CallKind,
  DeskAlert,
  VisitorAlert,
} from '../contract/status.ts';

/** One call as the kiosk keeps it, in memory. */
export interface Alert {
  readonly alertId: AlertId;
  readonly kind: AlertKind;
  language: Language | null;
  details: AlertDetails;
  readonly raisedBy: string | null;
  readonly report: DeskAlert['report'];
  readonly raisedAt: string;
  readonly raisedMs: number;
  isSeen: boolean;
  takenBy: string | null;
  takenMs: number;
  repeats: number;
  /** What the visitor was last told. */
  toldState: AlertState;
  stopWaiting: () => void;
}

/** Nobody has taken it, and somebody may be in danger. */
export function isGrave({ kind, takenBy }: Alert): boolean {
  return takenBy === null && kind !== 'interpreter' && kind !== 'card';
}

export function visitorsView({ alertId }: Alert, kind: CallKind, state: AlertState): VisitorAlert {
  return { alertId, kind, state };
}

/** Called once more: what is said now counts, and what is not said again stays. */
export function repeat(alert: Alert, language: Language, details: AlertDetails): void {
  alert.repeats += 1;
  alert.language = language;
  alert.details = {
    nameToCall: details.nameToCall ?? alert.details.nameToCall,
    isPersonHere: details.isPersonHere ?? alert.details.isPersonHere,
    isUnder18: details.isUnder18 || alert.details.isUnder18,
    company: details.company ?? alert.details.company,
    wantedLanguage: details.wantedLanguage,
    card: details.card ?? alert.details.card,
  };
}
