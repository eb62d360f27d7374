import { encode } from 'uqr';
import type { ReceiptContent, ReceiptPairedText, ReceiptPaper } from '../contract/receipt.ts';
import { cleanLine } from './clean-line.ts';
import { formatReceivedAt } from './receipt-date.ts';
import { receiptTemplate } from './receipt-template.ts';
import { fillText, type ReceiptTexts, type ReceiptTextsByLanguage } from './receipt-texts.ts';

/** What is left out so that the slip stays short; each step includes the ones before. */
export const receiptTrims = ['nothing', 'topics', 'addresses', 'qr-help'] as const;
export type ReceiptTrim = (typeof receiptTrims)[number];

/** One way to make a slip fit. `typeScale` never touches reference and QR. */
export interface ReceiptFit {
  readonly trim: ReceiptTrim;
  readonly typeScale: number;
}

/** A Typst source that never changes, and the strings it sets: data, never markup. */
export interface ReceiptDocument {
  readonly source: string;
  readonly inputs: { readonly receipt: string };
}

/** `danish` is null when the visitor reads Danish. */
interface PrintedPair {
  readonly own: string;
  readonly danish: string | null;
}

interface PrintedSection {
  readonly title: PrintedPair;
  readonly lines: readonly PrintedPair[];
}

type Pick = (texts: ReceiptTexts) => string;

/** The words of one slip in the visitor's language and Danish. */
interface Speech {
  readonly say: (pick: Pick) => PrintedPair;
  readonly sayAbout: (pick: Pick, place: string, value: ReceiptPairedText) => PrintedPair;
  readonly pair: (text: ReceiptPairedText) => PrintedPair;
  readonly time: (receivedAt: string) => PrintedPair;
}

/** Pure: the same content gives the same document. Order of the parts is the template's. */
export function buildReceiptDocument(
  content: ReceiptContent,
  paper: ReceiptPaper,
  texts: ReceiptTextsByLanguage,
  { trim, typeScale }: ReceiptFit,
): ReceiptDocument {
  const speech = createSpeech(content, texts);
  const printed = {
    paper,
    language: content.language,
    isRightToLeft: content.language === 'ar',
    isPaired: content.language !== 'da',
    typeScale,
    ...buildHead(content, speech, trim),
    ...buildBody(content, speech, trim),
  };
  return { source: receiptTemplate, inputs: { receipt: JSON.stringify(printed) } };
}

function buildHead(content: ReceiptContent, speech: Speech, trim: ReceiptTrim) {
  const { say, sayAbout, time } = speech;
  const { station, districtName } = content;
  const address = isTrimmed(trim, 'addresses') ? null : station.address;
  return {
    demonstration: content.isDemonstration ? say((t) => t.demonstration) : null,
    received: say((t) => t.received),
    notRegistered: say((t) => t.notRegistered),
    referenceLabel: say((t) => t.referenceLabel),
    referenceGroups: splitReference(content.reference),
    qr: encodeQr(content.reference),
    qrHelp: isTrimmed(trim, 'qr-help') ? null : say((t) => t.qrHelp),
    place: [station.name, address, districtName].filter((line) => line !== null).map(cleanLine),
    time: time(content.receivedAt),
    clockMark: content.isClockTrusted ? null : say((t) => t.clockNotChecked),
    reportType:
      content.variant === 'full' ? sayAbout((t) => t.reportType, 'type', content.reportTypeTitle) : null,
  };
}

function buildBody(content: ReceiptContent, speech: Speech, trim: ReceiptTrim) {
  const { say, sayAbout, pair } = speech;
  const { callNumber, interpreterWanted, nextSteps, helpNumbers, rightsTopics } = content;
  const next: PrintedSection = {
    title: say((t) => t.nextTitle),
    lines: [say((t) => t.keepSlip), ...nextSteps.map((step) => say((t) => t.next[step]))],
  };
  const followUp: PrintedSection = { title: say((t) => t.followUpTitle), lines: [say((t) => t.followUp)] };
  const topics: PrintedSection = { title: say((t) => t.rightsTitle), lines: rightsTopics.map(pair) };
  return {
    call: callNumber === null ? null : { text: say((t) => t.callNumber), number: cleanLine(callNumber) },
    next,
    interpreter:
      interpreterWanted === null ? null : sayAbout((t) => t.interpreterWanted, 'language', interpreterWanted),
    followUp,
    help: {
      title: say((t) => t.helpTitle),
      rows: helpNumbers.map((help) => ({
        number: groupNumber(cleanLine(help.number)),
        text: say((t) => t.help[help.line]),
      })),
    },
    topics: rightsTopics.length === 0 || isTrimmed(trim, 'topics') ? null : topics,
  };
}

function createSpeech(content: ReceiptContent, texts: ReceiptTextsByLanguage): Speech {
  const { language } = content;
  const own = texts[language];
  const danish = texts.da;
  const hasDanish = language !== 'da';
  const join = (ownText: string, danishText: string): PrintedPair => ({
    own: ownText,
    danish: hasDanish ? danishText : null,
  });
  return {
    say: (pick) => join(pick(own), pick(danish)),
    sayAbout: (pick, place, value) =>
      join(
        fillText(pick(own), { [place]: cleanLine(value.own) }),
        fillText(pick(danish), { [place]: cleanLine(value.danish) }),
      ),
    pair: (text) => join(cleanLine(text.own), cleanLine(text.danish)),
    time: (receivedAt) =>
      join(
        formatReceivedAt(receivedAt, language, own.dateTime),
        formatReceivedAt(receivedAt, 'da', danish.dateTime),
      ),
  };
}

function isTrimmed(trim: ReceiptTrim, part: ReceiptTrim): boolean {
  return receiptTrims.indexOf(trim) >= receiptTrims.indexOf(part);
}

/** Three groups of four, as they are read aloud. */
function splitReference(reference: string): readonly string[] {
  if (!/^\d{12}$/.test(reference)) throw new Error('A reference has twelve digits');
  return [reference.slice(0, 4), reference.slice(4, 8), reference.slice(8)];
}

/** Rows of "0" and "1" without a quiet zone; twelve digits fit version 1 at the highest correction. */
function encodeQr(reference: string): readonly string[] {
  const { data } = encode(reference, { ecc: 'H', border: 0 });
  return data.map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''));
}

/** "116006" is read as "116 006"; numbers that are grouped already stay as they are. */
function groupNumber(number: string): string {
  return number.replace(/^(\d{3})(\d{3})$/, '$1 $2').replace(/^(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1 $2 $3 $4');
}
