import type { District, Station } from '../contract/content.ts';
import type { Language } from '../contract/ids.ts';
import type { ReportSummary } from '../contract/report.ts';
import type {
  ReceiptContent,
  ReceiptHelpLine,
  ReceiptHelpNumber,
  ReceiptNextStep,
  ReceiptPairedText,
  ReceiptVariant,
} from '../contract/receipt.ts';
import type { ContentLibrary } from './ports.ts';
import { callNumber } from './reference-number.ts';
import type { ReferenceNumber } from '../contract/ids.ts';
import { textAt } from './text-tree.ts';
import { findReportType, wantsInterpreter } from './triage.ts';

/** Where and in what state the slip is made. */
export interface ReceiptPlace {
  readonly station: Station;
  readonly district: District;
  readonly isDemonstration: boolean;
  readonly isLobbyStaffed: boolean;
}

export interface ReceiptOccasion {
  readonly reference: ReferenceNumber;
  readonly summary: ReportSummary;
  readonly receivedLocal: string;
  readonly isClockTrusted: boolean;
  readonly variant: ReceiptVariant;
}

/** Content's phone numbers that have a line of their own on the slip. */
const helpLines: ReadonlyMap<string, ReceiptHelpLine> = new Map([
  ['alarm', 'alarm'],
  ['police', 'police'],
  ['victim-support', 'victim-support'],
  ['violence', 'violence'],
  ['cyber-hotline', 'cyber-hotline'],
  ['child', 'child'],
]);

function pairedText(
  library: ContentLibrary,
  namespace: 'content' | 'rights',
  language: Language,
  key: string,
): ReceiptPairedText {
  const danish = textAt(library.texts('da').texts[namespace], key) ?? '';
  return { own: textAt(library.texts(language).texts[namespace], key) ?? danish, danish };
}

function helpNumbers(library: ContentLibrary, wanted: readonly string[]): ReceiptHelpNumber[] {
  // 112 and 114 stand on every slip, whatever a type lists.
  const ids = [...new Set(['alarm', 'police', ...wanted])];
  return ids.flatMap((id) => {
    const line = helpLines.get(id);
    const known = library.content.phoneNumbers.find((phone) => phone.id === id);
    return line === undefined || known === undefined ? [] : [{ line, number: known.number }];
  });
}

function nextSteps(summary: ReportSummary, isLobbyStaffed: boolean): ReceiptNextStep[] {
  const steps: ReceiptNextStep[] = ['staff-reads', 'registration-takes-days', 'official-receipt'];
  steps.push(summary.isAnonymous ? 'anonymous' : 'may-contact');
  if (summary.route === 'assisted' && !isLobbyStaffed) steps.push('lobby-unstaffed');
  return steps;
}

/** Language names in the visitor's language and in Danish, from the platform's own tables (CLDR). */
function languageName(language: Language): ReceiptPairedText {
  const nameIn = (locale: string): string =>
    new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;
  return { own: nameIn(language), danish: nameIn('da') };
}

/** All that the slip of this report says. Nothing the visitor typed can reach it: the submission is not an argument. */
export function composeReceipt(
  library: ContentLibrary,
  place: ReceiptPlace,
  occasion: ReceiptOccasion,
): ReceiptContent {
  const { summary, reference } = occasion;
  const { language } = summary;
  const type = findReportType(library.content, summary.reportType);
  const { street, postcode, town } = place.station;
  const common = {
    reference,
    language,
    isDemonstration: place.isDemonstration,
    station: {
      name: place.station.name,
      address: street === null ? null : `${street}, ${postcode ?? ''} ${town}`.trim(),
    },
    districtName: place.district.name,
    receivedAt: occasion.receivedLocal,
    isClockTrusted: occasion.isClockTrusted,
    interpreterWanted: wantsInterpreter(summary) ? languageName(language) : null,
    nextSteps: nextSteps(summary, place.isLobbyStaffed),
    rightsTopics: (type?.rightsTopics ?? []).map((id) =>
      pairedText(library, 'rights', language, `${id}.title`),
    ),
    helpNumbers: helpNumbers(library, type?.phoneNumbers ?? []),
    callNumber: summary.route === 'assisted' && place.isLobbyStaffed ? callNumber(reference) : null,
  };
  // Also when the desk asks for more: a tip is named on no paper.
  if (occasion.variant === 'discreet' || type?.isDiscreet === true)
    return { ...common, variant: 'discreet', rightsTopics: [] };
  return {
    ...common,
    variant: 'full',
    reportTypeTitle: pairedText(library, 'content', language, `type.${summary.reportType}.title`),
  };
}
