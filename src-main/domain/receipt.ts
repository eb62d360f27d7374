import type { VisitorContent } from '../contract/content.ts';
import type { District, Station } from '../contract/station.ts';
import type { Language } from '../contract/ids.ts';
import type { ReportSummary } from '../contract/report.ts';
import type {
  ReceiptContent,
  ReceiptHelpLine,
  ReceiptHelpNumber,
  ReceiptLanguageName,
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

/** Content's phone numbers that have a line of their own on paper, under the same ids. */
const helpLines: readonly ReceiptHelpLine[] = [
  'alarm',
  'police',
  'victim-support',
  'violence',
  'cyber-hotline',
  'child',
];

/** The same words in two languages; without them in the visitor's, Danish twice. */
export function pairedText(
  library: ContentLibrary,
  namespace: 'content' | 'rights',
  language: Language,
  key: string,
): ReceiptPairedText {
  const danish = textAt(library.texts('da').texts[namespace], key) ?? '';
  return { own: textAt(library.texts(language).texts[namespace], key) ?? danish, danish };
}

/** Numbers for paper, those of everybody first. */
export function helpNumbers(library: ContentLibrary, wanted: readonly string[]): ReceiptHelpNumber[] {
  // 112 and 114 stand on every slip, whatever a type lists.
  const ids = [...new Set(['alarm', 'police', ...wanted])];
  return ids.flatMap((id) => {
    const line = helpLines.find((known) => known === id);
    const known = library.content.phoneNumbers.find((phone) => phone.id === id);
    return line === undefined || known === undefined ? [] : [{ line, number: known.number }];
  });
}

const firstSteps: Readonly<Record<ReceiptVariant, readonly ReceiptNextStep[]>> = {
  full: ['staff-reads', 'registration-takes-days', 'official-receipt'],
  discreet: ['staff-reads', 'registration-takes-days', 'official-receipt'],
  tip: ['not-a-report', 'staff-reads'],
  appointment: ['not-a-report'],
};

/** A promise stands in the place of "some days"; nobody is promised an answer who cannot get one. */
function nextSteps(
  variant: ReceiptVariant,
  summary: ReportSummary,
  { isCalled, isPromised }: { isCalled: boolean; isPromised: boolean },
): ReceiptNextStep[] {
  const steps = firstSteps[variant].map((step) =>
    step === 'registration-takes-days' && isPromised ? 'reply-within' : step,
  );
  if (variant !== 'appointment') steps.push(summary.isAnonymous ? 'anonymous' : 'may-contact');
  if (isWaiting(variant, summary) && !isCalled) steps.push('lobby-unstaffed');
  return steps;
}

function isWaiting(variant: ReceiptVariant, summary: ReportSummary): boolean {
  return variant === 'appointment' || summary.route === 'assisted';
}

export function stationOnPaper({ name, street, postcode, town }: Station): ReceiptContent['station'] {
  return { name, address: street === null ? null : `${street}, ${postcode ?? ''} ${town}`.trim() };
}

/** Language names in the visitor's language, in Danish and in English, from the platform's own tables (CLDR). */
export function languageName(content: VisitorContent, own: Language, wanted: string): ReceiptLanguageName {
  const { languages } = content.interpreterLanguages;
  // Sign languages are in content only.
  const known = languages.find(({ tag }) => tag === wanted)?.danish ?? wanted;
  const nameIn = (locale: string): string =>
    new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' }).of(wanted) ?? known;
  return { own: nameIn(own), danish: nameIn('da'), english: nameIn('en') };
}

/** What was asked for, unless content says less: nothing makes the paper of a tip name it. */
function variantOf(asked: ReceiptVariant, ofType: ReceiptVariant | null): ReceiptVariant {
  if (ofType === null) return asked === 'full' ? 'discreet' : asked;
  return ofType === 'full' ? asked : ofType;
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
  const variant = variantOf(occasion.variant, type?.receipt ?? null);
  const isCalled = isWaiting(variant, summary) && place.isLobbyStaffed;
  const promised = library.replyWithinDays(place.station.id, occasion.receivedLocal);
  const replyWithinDays = summary.isAnonymous || !occasion.isClockTrusted ? null : promised;
  const common = {
    reference,
    proof: null,
    isCopy: false,
    language,
    isDemonstration: place.isDemonstration,
    station: stationOnPaper(place.station),
    districtName: place.district.name,
    receivedAt: occasion.receivedLocal,
    isClockTrusted: occasion.isClockTrusted,
    interpreterWanted: wantsInterpreter(summary)
      ? languageName(library.content, language, summary.interpreterLanguage ?? language)
      : null,
    nextSteps: nextSteps(variant, summary, { isCalled, isPromised: replyWithinDays !== null }),
    ...(replyWithinDays === null ? {} : { replyWithinDays }),
    rightsTopics: (type?.rightsTopics ?? []).map((id) =>
      pairedText(library, 'rights', language, `${id}.title`),
    ),
    helpNumbers: helpNumbers(library, type?.phoneNumbers ?? []),
    callNumber: isCalled ? callNumber(reference) : null,
  };
  if (variant !== 'full') return { ...common, variant, rightsTopics: [] };
  return {
    ...common,
    variant: 'full',
    reportTypeTitle: pairedText(library, 'content', language, `type.${summary.reportType}.title`),
  };
}
