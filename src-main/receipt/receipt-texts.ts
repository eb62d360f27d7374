import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { receiptHelpLines, receiptNextSteps, type ReceiptLanguage } from '../contract/receipt.ts';

const sentence = z.string().trim().min(1);

const receiptTextsSchema = z.strictObject({
  demonstration: sentence,
  copy: sentence,
  received: sentence,
  notRegistered: sentence,
  receivedDiscreet: sentence,
  notRegisteredDiscreet: sentence,
  checkedIn: sentence,
  waitForStaff: sentence,
  keepSlip: sentence,
  referenceLabel: sentence,
  qrHelp: sentence,
  dateTime: sentence,
  date: sentence,
  printed: sentence,
  clockNotChecked: sentence,
  reportType: sentence,
  callNumber: sentence,
  interpreterWanted: sentence,
  nextTitle: sentence,
  next: z.record(z.enum(receiptNextSteps), sentence),
  followUpTitle: sentence,
  followUp: sentence,
  helpTitle: sentence,
  help: z.record(z.enum(receiptHelpLines), sentence),
  helpNeutral: sentence,
  rightsTitle: sentence,
  hours: z.strictObject({
    title: sentence,
    day: sentence,
    closed: sentence,
    unknown: sentence,
    example: sentence,
  }),
  source: sentence,
  testPage: z.strictObject({ title: sentence, printer: sentence, paper: sentence, question: sentence }),
});

/** Every sentence a slip can carry, in one language. */
export type ReceiptTexts = z.infer<typeof receiptTextsSchema>;
export type ReceiptTextsByLanguage = Readonly<Record<ReceiptLanguage, ReceiptTexts>>;

/** Reads `<localesDir>/<language>/receipt.json` for every receipt language; throws when a sentence is missing. */
export function readReceiptTexts(localesDir: string): ReceiptTextsByLanguage {
  const read = (language: ReceiptLanguage): ReceiptTexts => readTexts(localesDir, language);
  return {
    da: read('da'),
    en: read('en'),
    ar: read('ar'),
    uk: read('uk'),
    pl: read('pl'),
    tr: read('tr'),
    ro: read('ro'),
    de: read('de'),
  };
}

function readTexts(localesDir: string, language: ReceiptLanguage): ReceiptTexts {
  const path = join(localesDir, language, 'receipt.json');
  return receiptTextsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Fills `{{name}}` places; an unknown name stays visible, so that a test sees it. */
export function fillText(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
}
