import { join } from 'node:path';
import type {
  DiscreetReceiptContent,
  FullReceiptContent,
  ReceiptLanguage,
} from '../../src-main/contract/receipt.ts';
import type { ReceiptLayout } from '../../src-main/domain/printer.ts';
import { createReceiptPrinterLayout } from '../../src-main/receipt/receipt-layout.ts';
import { readReceiptTexts } from '../../src-main/receipt/receipt-texts.ts';

const resources = join(import.meta.dirname, '../../resources');

const typeTitles = {
  da: { own: 'Stjålet telefon', danish: 'Stjålet telefon' },
  en: { own: 'Stolen phone', danish: 'Stjålet telefon' },
  ar: { own: 'هاتف مسروق', danish: 'Stjålet telefon' },
} as const;

const arabicNames = {
  da: { own: 'arabisk', danish: 'arabisk', english: 'Arabic' },
  en: { own: 'Arabic', danish: 'arabisk', english: 'Arabic' },
  ar: { own: 'العربية', danish: 'arabisk', english: 'Arabic' },
} as const;

/** A slip of the invented station Fjordby with every part filled in. */
export function fullReceipt(language: ReceiptLanguage): FullReceiptContent {
  return {
    variant: 'full',
    reportTypeTitle: typeTitles[language],
    reference: '071204837395',
    proof: null,
    isCopy: false,
    language,
    isDemonstration: false,
    station: { name: 'Fjordby Politistation', address: 'Havnegade 1, 9999 Fjordby' },
    districtName: 'Fjordby Politi',
    receivedAt: '2026-11-20T14:41:05+01:00',
    isClockTrusted: true,
    interpreterWanted: language === 'ar' ? arabicNames.ar : null,
    nextSteps: ['staff-reads', 'registration-takes-days', 'official-receipt', 'may-contact'],
    rightsTopics: [],
    helpNumbers: [
      { line: 'alarm', number: '112' },
      { line: 'police', number: '114' },
      { line: 'victim-support', number: '116 006' },
    ],
    callNumber: null,
  };
}

/** The same slip for one who waits in a lobby with staff, with every mark it can carry: the longest there is. */
export function longestReceipt(language: ReceiptLanguage): FullReceiptContent {
  const topic = { own: fullReceiptTopic[language], danish: fullReceiptTopic.da };
  return {
    ...fullReceipt(language),
    isDemonstration: true,
    isClockTrusted: false,
    interpreterWanted: arabicNames[language],
    nextSteps: ['staff-reads', 'registration-takes-days', 'official-receipt', 'anonymous'],
    rightsTopics: [topic, topic, topic, topic],
    helpNumbers: [...fullReceipt(language).helpNumbers, { line: 'violence', number: '1888' }],
    callNumber: '7395',
  };
}

/** A slip that tells nobody what happened. */
export function discreetReceipt(language: ReceiptLanguage): DiscreetReceiptContent {
  const { reference, station, districtName, receivedAt, helpNumbers } = fullReceipt(language);
  return {
    variant: 'discreet',
    reference,
    proof: null,
    isCopy: false,
    language,
    isDemonstration: false,
    station,
    districtName,
    receivedAt,
    isClockTrusted: true,
    interpreterWanted: null,
    nextSteps: ['staff-reads'],
    rightsTopics: [],
    helpNumbers,
    callNumber: null,
  };
}

const fullReceiptTopic = {
  da: 'Erstatning fra den, der gjorde det',
  en: 'Compensation from the person who did it',
  ar: 'التعويض من الشخص الذي فعل ذلك',
} as const;

/** The real layout with the shipped fonts and words. */
export function createTestLayout(): ReceiptLayout {
  return createReceiptPrinterLayout({
    fontsDir: join(resources, 'fonts'),
    texts: readReceiptTexts(join(resources, 'locales')),
  });
}
