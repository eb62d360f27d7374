import {
  receiptLanguages,
  type HandOverContent,
  type HoursContent,
  type ReceiptHoursDay,
  type ReceiptPaper,
  type SheetContent,
  type TestPageContent,
  type TopicContent,
} from '../contract/receipt.ts';
import { encodeBars, encodeQr } from './machine-codes.ts';
import type { PrintedBlock } from './printed-block.ts';
import type { ReceiptTextsByLanguage } from './receipt-texts.ts';
import { markBlocks, numbersBlock, placeOf } from './slip-blocks.ts';
import { isRightToLeft, type Speech } from './speech.ts';

/** Where a sheet is set, beside what it says. */
export interface SheetSetting {
  readonly speech: Speech;
  readonly texts: ReceiptTextsByLanguage;
  readonly paper: ReceiptPaper;
}

/** The parts of paper without a reference. */
export function sheetBlocks(content: SheetContent, setting: SheetSetting): PrintedBlock[] {
  const marks = markBlocks(content.isDemonstration, false, setting.speech);
  switch (content.variant) {
    case 'hand-over':
      return [...marks, ...handOver(content, setting.speech)];
    case 'topic':
      return [...marks, ...topic(content, setting.speech)];
    case 'hours':
      return [...marks, ...hours(content, setting.speech)];
    case 'test':
      return [...marks, ...testPage(content, setting)];
  }
}

function handOver(content: HandOverContent, speech: Speech): PrintedBlock[] {
  const { interpreterWanted, helpNumbers, printedAt } = content;
  const notes =
    interpreterWanted === null ? [] : [speech.language((t) => t.interpreterWanted, interpreterWanted)];
  return [
    { kind: 'heading', lines: [speech.say((t) => t.waitForStaff)] },
    { kind: 'place', place: placeOf(content, speech.time(printedAt), speech, true) },
    { kind: 'notes', lines: notes },
    numbersBlock(helpNumbers, speech, false),
  ];
}

/** Where and when a sheet of facts came out: facts grow old. */
function printedBlock(content: TopicContent | HoursContent, speech: Speech): PrintedBlock {
  const time = speech.timeAbout((t) => t.printed, content.printedAt);
  return { kind: 'place', place: placeOf(content, time, speech, false) };
}

function topic(content: TopicContent, speech: Speech): PrintedBlock[] {
  const { title, dateLines, paragraphs, helpNumbers, sources } = content;
  return [
    { kind: 'heading', lines: [speech.pair(title)] },
    ...(dateLines.length === 0 ? [] : [{ kind: 'dates' as const, lines: dateLines.map(speech.pair) }]),
    { kind: 'paragraphs', lines: paragraphs.map(speech.pair) },
    ...(helpNumbers.length === 0 ? [] : [numbersBlock(helpNumbers, speech, true)]),
    printedBlock(content, speech),
    { kind: 'small', lines: sources.map(speech.source) },
  ];
}

function hours(content: HoursContent, speech: Speech): PrintedBlock[] {
  const { hoursOf, hours: known, helpNumbers } = content;
  const names = [hoursOf.name, hoursOf.address].filter((name) => name !== null).map(speech.name);
  const example: PrintedBlock = { kind: 'mark', text: speech.say((t) => t.hours.example) };
  return [
    ...(known?.isExample === true ? [example] : []),
    { kind: 'heading', lines: [speech.say((t) => t.hours.title)] },
    { kind: 'names', names },
    known === null
      ? { kind: 'notes', lines: [speech.say((t) => t.hours.unknown)] }
      : { kind: 'hours', rows: hoursRows(known.days, speech) },
    numbersBlock(helpNumbers, speech, true),
    printedBlock(content, speech),
    { kind: 'small', lines: known === null ? [] : [speech.source(known.source)] },
  ];
}

function hoursRows(days: readonly ReceiptHoursDay[], speech: Speech) {
  return days.map(({ date, spans, holiday }) => ({
    day: speech.day(date),
    note: holiday === null ? null : speech.pair(holiday),
    spans: spans.map(({ from, to }) => speech.name(`${from}–${to}`)),
    closed: speech.say((t) => t.hours.closed),
  }));
}

const paperNames: Readonly<Record<ReceiptPaper, string>> = { '80mm': '80 mm', '58mm': '58 mm', a4: 'A4' };

/** Digits that a reference never has: a scanner that reads them reads the test page. */
const testDigits = '000000000000';

function testPage(content: TestPageContent, { speech, texts, paper }: SheetSetting): PrintedBlock[] {
  const { sayAbout, say } = speech;
  const { printerName } = content;
  const plain = (value: string) => ({ own: value, danish: value });
  return [
    { kind: 'heading', lines: [say((t) => t.testPage.title)] },
    {
      kind: 'notes',
      lines: [
        sayAbout((t) => t.testPage.printer, 'printer', plain(printerName)),
        sayAbout((t) => t.testPage.paper, 'paper', plain(paperNames[paper])),
        say((t) => t.testPage.question),
      ],
    },
    { kind: 'ruler' },
    { kind: 'codes', bars: encodeBars(testDigits), qr: encodeQr(testDigits) },
    {
      kind: 'scripts',
      rows: receiptLanguages.map((language) => ({
        text: `${texts[language].received} ${texts[language].notRegistered} 0123456789`,
        isRightToLeft: isRightToLeft(language),
      })),
    },
    { kind: 'place', place: placeOf(content, speech.time(content.printedAt), speech, true) },
  ];
}
