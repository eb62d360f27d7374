/** Paper the kiosk can print on. */
export const receiptPapers = ['80mm', '58mm', 'a4'] as const;
export type ReceiptPaper = (typeof receiptPapers)[number];

/** Languages with a complete resources/locales/<language>/receipt.json. */
export const receiptLanguages = ['da', 'en', 'ar'] as const;
export type ReceiptLanguage = (typeof receiptLanguages)[number];

/** `full` names the type of report; `discreet` never does (tips and hand-overs are discreet too). */
export const receiptVariants = ['full', 'discreet'] as const;
export type ReceiptVariant = (typeof receiptVariants)[number];

/** "What happens next" lines; the words are in receipt.json under the same key. */
export const receiptNextSteps = [
  'staff-reads',
  'registration-takes-days',
  'official-receipt',
  'may-contact',
  'anonymous',
  'lobby-unstaffed',
] as const;
export type ReceiptNextStep = (typeof receiptNextSteps)[number];

/** Whom a help number reaches; the words are in receipt.json, the digits come from content. */
export const receiptHelpLines = [
  'alarm',
  'police',
  'victim-support',
  'violence',
  'cyber-hotline',
  'child',
] as const;
export type ReceiptHelpLine = (typeof receiptHelpLines)[number];

/** The same words in the visitor's language and in Danish. */
export interface ReceiptPairedText {
  readonly own: string;
  readonly danish: string;
}

/** One number to call, as it is to be printed: "112", "116 006". */
export interface ReceiptHelpNumber {
  readonly line: ReceiptHelpLine;
  readonly number: string;
}

interface ReceiptContentBase {
  /** Twelve digits without spaces. */
  readonly reference: string;
  readonly language: ReceiptLanguage;
  readonly isDemonstration: boolean;
  readonly station: { readonly name: string; readonly address: string | null };
  readonly districtName: string;
  /** Local wall clock of the station: "2026-11-20T14:41", seconds and offset are ignored. */
  readonly receivedAt: string;
  readonly isClockTrusted: boolean;
  /** Name of the language an interpreter is wanted for, from the list of languages; null: none wanted. */
  readonly interpreterWanted: ReceiptPairedText | null;
  readonly nextSteps: readonly ReceiptNextStep[];
  /** Titles of rights to ask about, from content. Dropped first when the slip grows too long. */
  readonly rightsTopics: readonly ReceiptPairedText[];
  readonly helpNumbers: readonly ReceiptHelpNumber[];
  /** The last four digits, when staff are there and will call them; else null. */
  readonly callNumber: string | null;
}

/** A slip that names the type of report. */
export interface FullReceiptContent extends ReceiptContentBase {
  readonly variant: 'full';
  readonly reportTypeTitle: ReceiptPairedText;
}

/** A slip that tells nobody what happened. */
export interface DiscreetReceiptContent extends ReceiptContentBase {
  readonly variant: 'discreet';
}

/** All a slip may say. There is no field for anything the visitor typed, and none may be added. */
export type ReceiptContent = FullReceiptContent | DiscreetReceiptContent;
