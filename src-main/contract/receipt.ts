import { languages, type Language } from './ids.ts';

/** Paper the kiosk can print on. */
export const receiptPapers = ['80mm', '58mm', 'a4'] as const;
export type ReceiptPaper = (typeof receiptPapers)[number];
export const rollPapers = ['80mm', '58mm'] as const;
export type RollPaper = (typeof rollPapers)[number];

/** Languages with a complete resources/locales/<language>/receipt.json: those of the screen. */
export const receiptLanguages = languages;
export type ReceiptLanguage = Language;

/** What a visit with a reference may get. Only `full` names the type of report. */
export const receiptVariants = ['full', 'discreet', 'tip', 'appointment'] as const;
export type ReceiptVariant = (typeof receiptVariants)[number];

/** Paper without a reference. */
export const sheetVariants = ['hand-over', 'topic', 'hours', 'test'] as const;
export type SheetVariant = (typeof sheetVariants)[number];

/** "What happens next" lines; the words are in receipt.json under the same key. */
export const receiptNextSteps = [
  'staff-reads',
  'registration-takes-days',
  'reply-within',
  'official-receipt',
  'may-contact',
  'anonymous',
  'lobby-unstaffed',
  'not-a-report',
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

/** A language by name; English where neither the visitor's words nor a font for them are there. */
export interface ReceiptLanguageName extends ReceiptPairedText {
  readonly english: string;
}

/** Whose paper it is, and when it came out. */
interface PaperBase {
  readonly language: ReceiptLanguage;
  readonly isDemonstration: boolean;
  readonly station: { readonly name: string; readonly address: string | null };
  readonly districtName: string;
  readonly isClockTrusted: boolean;
}

interface ReceiptBase extends PaperBase {
  /** Twelve digits without spaces. */
  readonly reference: string;
  /** Signed by the kiosk (domain/receipt-proof.ts); null: the QR carries the reference alone. */
  readonly proof: string | null;
  /** Printed again by a desk; the paper says so. */
  readonly isCopy: boolean;
  /** Local wall clock of the station: "2026-11-20T14:41", seconds and offset are ignored. */
  readonly receivedAt: string;
  /** The language an interpreter is wanted for; null: none wanted. */
  readonly interpreterWanted: ReceiptLanguageName | null;
  readonly nextSteps: readonly ReceiptNextStep[];
  /** Of `reply-within`. */
  readonly replyWithinDays?: number;
  /** Titles of rights to ask about, from content. Dropped first when the slip grows too long. */
  readonly rightsTopics: readonly ReceiptPairedText[];
  readonly helpNumbers: readonly ReceiptHelpNumber[];
  /** The last four digits, when staff are there and will call them; else null. */
  readonly callNumber: string | null;
}

/** A slip that names the type of report. */
export interface FullReceiptContent extends ReceiptBase {
  readonly variant: 'full';
  readonly reportTypeTitle: ReceiptPairedText;
}

/** A slip that tells nobody what happened, nor in its heading where one was. */
export interface DiscreetReceiptContent extends ReceiptBase {
  readonly variant: 'discreet';
}

/** As discreet; it says that this is not a report, and never that it was a tip. */
export interface TipReceiptContent extends ReceiptBase {
  readonly variant: 'tip';
}

/** "I was asked to come": the number that staff call. */
export interface AppointmentReceiptContent extends ReceiptBase {
  readonly variant: 'appointment';
}

/** All a slip may say. There is no field for anything the visitor typed, and none may be added. */
export type ReceiptContent =
  FullReceiptContent | DiscreetReceiptContent | TipReceiptContent | AppointmentReceiptContent;

interface SheetBase extends PaperBase {
  /** As `receivedAt` of a slip. */
  readonly printedAt: string;
}

/** For one who waits for an officer: no reference, and nothing of why. */
export interface HandOverContent extends SheetBase {
  readonly variant: 'hand-over';
  readonly interpreterWanted: ReceiptLanguageName | null;
  readonly helpNumbers: readonly ReceiptHelpNumber[];
}

/** Where a fact was read, and when: "2026-11-20". */
export interface ReceiptSource {
  readonly source: string;
  readonly date: string;
}

/** A rights topic to take home. It may be longer than 25 cm, and several pages on A4. */
export interface TopicContent extends SheetBase {
  readonly variant: 'topic';
  readonly title: ReceiptPairedText;
  readonly paragraphs: readonly ReceiptPairedText[];
  /** Computed dates and what they depend on, one line each. */
  readonly dateLines: readonly ReceiptPairedText[];
  readonly helpNumbers: readonly ReceiptHelpNumber[];
  readonly sources: readonly ReceiptSource[];
}

/** One day's line: "2026-11-20", from "08:00" to "18:00". No spans: closed. */
export interface ReceiptHoursDay {
  readonly date: string;
  readonly spans: readonly { readonly from: string; readonly to: string }[];
  readonly holiday: ReceiptPairedText | null;
}

/** Opening hours of a station, which need not be the one that prints them. */
export interface HoursContent extends SheetBase {
  readonly variant: 'hours';
  readonly hoursOf: { readonly name: string; readonly address: string | null };
  /** Null: nobody told us; the paper says "Ask 114". */
  readonly hours: {
    readonly isExample: boolean;
    readonly days: readonly ReceiptHoursDay[];
    readonly source: ReceiptSource;
  } | null;
  readonly helpNumbers: readonly ReceiptHelpNumber[];
}

/** What IT looks at: does every script come out, and is anything cut off at the edges. */
export interface TestPageContent extends SheetBase {
  readonly variant: 'test';
  /** As IT knows it: its address or model. */
  readonly printerName: string;
}

export type SheetContent = HandOverContent | TopicContent | HoursContent | TestPageContent;

/** All that can be printed. */
export type PaperContent = ReceiptContent | SheetContent;
