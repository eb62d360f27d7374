import type {
  PaperContent,
  ReceiptContent,
  ReceiptHelpLine,
  ReceiptHelpNumber,
  ReceiptPairedText,
} from '../contract/receipt.ts';
import { encodeBars, encodeQr } from './machine-codes.ts';
import type { PrintedBlock, PrintedPlace } from './printed-block.ts';
import { fillText } from './receipt-texts.ts';
import type { PrintedPair, Speech } from './speech.ts';

/** What is left out so that the slip stays short; each step includes the ones before. */
export const receiptTrims = ['nothing', 'topics', 'addresses', 'qr-help'] as const;
export type ReceiptTrim = (typeof receiptTrims)[number];

/** The parts of a slip with a reference. */
export function slipBlocks(content: ReceiptContent, speech: Speech, trim: ReceiptTrim): PrintedBlock[] {
  const { say, pair } = speech;
  const { rightsTopics } = content;
  const hasTopics = rightsTopics.length > 0 && !isTrimmed(trim, 'topics');
  return [
    ...markBlocks(content.isDemonstration, content.isCopy, speech),
    { kind: 'heading', lines: headingLines(content, speech) },
    {
      kind: 'reference',
      label: say((t) => t.referenceLabel),
      groups: splitReference(content.reference),
      bars: encodeBars(content.reference),
      qr: encodeQr(content.proof ?? content.reference),
      place: placeOf(content, speech.time(content.receivedAt), speech, !isTrimmed(trim, 'addresses')),
    },
    { kind: 'notes', lines: noteLines(content, speech, !isTrimmed(trim, 'qr-help')) },
    ...callBlocks(content, speech),
    ...nextBlocks(content, speech),
    numbersBlock(content.helpNumbers, speech, content.variant === 'full'),
    ...(hasTopics
      ? [
          {
            kind: 'section' as const,
            title: say((t) => t.rightsTitle),
            lines: [inOneLine(rightsTopics, pair)],
          },
        ]
      : []),
  ];
}

export function markBlocks(isDemonstration: boolean, isCopy: boolean, speech: Speech): PrintedBlock[] {
  const marks = [
    isDemonstration ? speech.say((t) => t.demonstration) : null,
    isCopy ? speech.sayTwice((t) => t.copy) : null,
  ];
  return marks.flatMap((text) => (text === null ? [] : [{ kind: 'mark', text }]));
}

/** Only the full slip says in its heading where it was received, and as what it is not registered yet. */
function headingLines({ variant }: ReceiptContent, { say }: Speech): PrintedPair[] {
  switch (variant) {
    case 'full':
      return [say((t) => t.received), say((t) => t.notRegistered)];
    case 'discreet':
      return [say((t) => t.receivedDiscreet), say((t) => t.notRegisteredDiscreet)];
    case 'tip':
      return [say((t) => t.receivedDiscreet)];
    case 'appointment':
      return [say((t) => t.checkedIn)];
  }
}

export function placeOf(
  content: PaperContent,
  time: PrintedPair,
  speech: Speech,
  hasAddress: boolean,
): PrintedPlace {
  const { station, districtName, isClockTrusted } = content;
  const names = [station.name, hasAddress ? station.address : null, districtName];
  return {
    names: names.filter((name) => name !== null).map(speech.name),
    time,
    clockMark: isClockTrusted ? null : speech.say((t) => t.clockNotChecked),
  };
}

function noteLines(content: ReceiptContent, speech: Speech, hasQrHelp: boolean): PrintedPair[] {
  const { say, sayAbout, language } = speech;
  const { interpreterWanted } = content;
  return [
    hasQrHelp ? say((t) => t.qrHelp) : null,
    content.variant === 'full' ? sayAbout((t) => t.reportType, 'type', content.reportTypeTitle) : null,
    interpreterWanted === null ? null : language((t) => t.interpreterWanted, interpreterWanted),
  ].filter((line) => line !== null);
}

function callBlocks({ callNumber }: ReceiptContent, { say, name }: Speech): PrintedBlock[] {
  return callNumber === null
    ? []
    : [{ kind: 'call', text: say((t) => t.callNumber), number: name(callNumber) }];
}

function nextBlocks(
  { variant, nextSteps, replyWithinDays }: ReceiptContent,
  { say }: Speech,
): PrintedBlock[] {
  const days = String(replyWithinDays ?? '');
  const steps = nextSteps.map((step) => say((t) => fillText(t.next[step], { days })));
  const lines = [say((t) => t.keepSlip), ...steps];
  const next: PrintedBlock = { kind: 'section', title: say((t) => t.nextTitle), lines };
  // One who has checked in waits here and asks here.
  if (variant === 'appointment') return [next];
  return [next, { kind: 'section', title: say((t) => t.followUpTitle), lines: [say((t) => t.followUp)] }];
}

/** Lines that tell nothing of why somebody would call. */
const neutralLines: ReadonlySet<ReceiptHelpLine> = new Set(['alarm', 'police']);

/** Who to call. On paper that tells nobody what happened, the other numbers are called by one neutral name. */
export function numbersBlock(
  numbers: readonly ReceiptHelpNumber[],
  { say, name }: Speech,
  isNamed: boolean,
): PrintedBlock {
  return {
    kind: 'numbers',
    title: say((t) => t.helpTitle),
    rows: numbers.map(({ line, number }) => ({
      number: groupNumber(name(number)),
      text: say((t) => (isNamed || neutralLines.has(line) ? t.help[line] : t.helpNeutral)),
    })),
  };
}

function isTrimmed(trim: ReceiptTrim, part: ReceiptTrim): boolean {
  return receiptTrims.indexOf(trim) >= receiptTrims.indexOf(part);
}

/** "A · B · C" takes a third of the paper that a list takes. */
function inOneLine(topics: readonly ReceiptPairedText[], pair: Speech['pair']): PrintedPair {
  return pair({
    own: topics.map(({ own }) => own).join(' · '),
    danish: topics.map(({ danish }) => danish).join(' · '),
  });
}

/** Three groups of four, as they are read aloud. */
function splitReference(reference: string): readonly string[] {
  if (!/^\d{12}$/.test(reference)) throw new Error('A reference has twelve digits');
  return [reference.slice(0, 4), reference.slice(4, 8), reference.slice(8)];
}

/** "116006" is read as "116 006"; numbers that are grouped already stay as they are. */
function groupNumber(number: string): string {
  return number.replace(/^(\d{3})(\d{3})$/, '$1 $2').replace(/^(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1 $2 $3 $4');
}
