import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  receiptHelpLines,
  receiptLanguages,
  receiptNextSteps,
  type ReceiptLanguage,
} from '../contract/receipt.ts';

const sentence = z.string().trim().min(1);

const receiptTextsSchema = z.strictObject({
  demonstration: sentence,
  received: sentence,
  notRegistered: sentence,
  keepSlip: sentence,
  referenceLabel: sentence,
  qrHelp: sentence,
  dateTime: sentence,
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
  rightsTitle: sentence,
});

/** Every sentence a slip can carry, in one language. */
export type ReceiptTexts = z.infer<typeof receiptTextsSchema>;
export type ReceiptTextsByLanguage = Readonly<Record<ReceiptLanguage, ReceiptTexts>>;

/** Reads `<localesDir>/<language>/receipt.json` for every receipt language; throws when a sentence is missing. */
export function readReceiptTexts(localesDir: string): ReceiptTextsByLanguage {
  const [da, en, ar] = receiptLanguages;
  return {
    [da]: readTexts(localesDir, da),
    [en]: readTexts(localesDir, en),
    [ar]: readTexts(localesDir, ar),
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
