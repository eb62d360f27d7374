import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  AppointmentReceiptContent,
  DiscreetReceiptContent,
  FullReceiptContent,
  HandOverContent,
  HoursContent,
  PaperContent,
  ReceiptLanguage,
  ReceiptPairedText,
  ReceiptVariant,
  SheetVariant,
  TestPageContent,
  TipReceiptContent,
  TopicContent,
} from '../../src-main/contract/receipt.ts';
import {
  createReceiptPrinterLayout,
  type ReceiptPrinterLayout,
} from '../../src-main/receipt/receipt-layout.ts';
import { readReceiptTexts, type ReceiptTextsByLanguage } from '../../src-main/receipt/receipt-texts.ts';

const resources = join(import.meta.dirname, '../../resources');

type InEach = Readonly<Record<ReceiptLanguage, string>>;

const theft: InEach = {
  da: 'Stjålet telefon',
  en: 'Stolen phone',
  ar: 'هاتف مسروق',
  uk: 'Викрадений телефон',
  pl: 'Skradziony telefon',
  tr: 'Çalınan telefon',
  ro: 'Telefon furat',
  de: 'Gestohlenes Telefon',
};
const arabic: InEach = {
  da: 'arabisk',
  en: 'Arabic',
  ar: 'العربية',
  uk: 'арабська',
  pl: 'arabski',
  tr: 'Arapça',
  ro: 'arabă',
  de: 'Arabisch',
};
const compensation: InEach = {
  da: 'Erstatning fra den, der gjorde det',
  en: 'Compensation from the person who did it',
  ar: 'التعويض من الشخص الذي فعل ذلك',
  uk: 'Відшкодування від того, хто це зробив',
  pl: 'Odszkodowanie od sprawcy',
  tr: 'Bunu yapandan tazminat',
  ro: 'Despăgubire de la cel care a făcut-o',
  de: 'Schadensersatz von der Person, die es getan hat',
};
const follow: InEach = {
  da: 'Følg din sag',
  en: 'Follow your case',
  ar: 'متابعة قضيتك',
  uk: 'Як стежити за справою',
  pl: 'Śledź swoją sprawę',
  tr: 'Davanızı takip edin',
  ro: 'Urmăriți cazul dumneavoastră',
  de: 'Verfolgen Sie Ihren Fall',
};
const lawyer: InEach = {
  da: 'Du kan få en bistandsadvokat. Ring 116 006, hele døgnet, eller spørg skranken mellem 08:00–18:00.',
  en: 'You may get a counsel for victims. Call 116 006 at any hour, or ask the desk between 08:00–18:00.',
  ar: 'يمكنك الحصول على محامٍ للضحايا. اتصل بالرقم 116 006 في أي وقت، أو اسأل في الاستقبال بين 08:00–18:00.',
  uk: 'Ви можете отримати адвоката потерпілого. Телефонуйте 116 006 цілодобово або запитайте на стійці між 08:00–18:00.',
  pl: 'Może przysługiwać Państwu adwokat. Proszę zadzwonić całą dobę pod 116 006 lub zapytać w okienku w godz. 08:00–18:00.',
  tr: 'Mağdur avukatı alabilirsiniz. Günün her saati 116 006 numarasını arayın veya 08:00–18:00 arasında bankoya sorun.',
  ro: 'Puteți primi un avocat al victimei. Sunați la 116 006 la orice oră sau întrebați la ghișeu între 08:00–18:00.',
  de: 'Sie können einen Opferanwalt bekommen. Rufen Sie jederzeit 116 006 an oder fragen Sie am Schalter zwischen 08:00–18:00.',
};

const pairOf = (words: InEach, language: ReceiptLanguage): ReceiptPairedText => ({
  own: words[language],
  danish: words.da,
});

function paperOf(language: ReceiptLanguage) {
  return {
    language,
    isDemonstration: false,
    station: { name: 'Fjordby Politistation', address: 'Havnegade 1, 9999 Fjordby' },
    districtName: 'Fjordby Politi',
    isClockTrusted: true,
  };
}

/** As long as a signed one, and signed by nobody. */
export const exampleProof = `SK1.071204837395.20261120.FJORDBY.${'A2B3C4D5E6F7'.repeat(9).slice(0, 103)}`;

function slipOf(language: ReceiptLanguage) {
  return {
    ...paperOf(language),
    reference: '071204837395',
    proof: exampleProof,
    isCopy: false,
    receivedAt: '2026-11-20T14:41:05+01:00',
    interpreterWanted: null,
    nextSteps: ['staff-reads', 'registration-takes-days', 'official-receipt', 'may-contact'],
    rightsTopics: [],
    helpNumbers: [
      { line: 'alarm', number: '112' },
      { line: 'police', number: '114' },
      { line: 'victim-support', number: '116 006' },
    ],
    callNumber: null,
  } as const;
}

const interpreterFor = (language: ReceiptLanguage) => ({ ...pairOf(arabic, language), english: 'Arabic' });

/** A slip of the invented station Fjordby as most visitors get it. */
export function fullReceipt(language: ReceiptLanguage): FullReceiptContent {
  return {
    ...slipOf(language),
    variant: 'full',
    reportTypeTitle: pairOf(theft, language),
    interpreterWanted: language === 'ar' ? interpreterFor(language) : null,
    rightsTopics: [follow, compensation].map((title) => pairOf(title, language)),
  };
}

/** The same slip for one who waits in a lobby with staff, with every mark it can carry: the longest there is. */
export function longestReceipt(language: ReceiptLanguage): FullReceiptContent {
  const topic = pairOf(compensation, language);
  return {
    ...fullReceipt(language),
    isDemonstration: true,
    isCopy: true,
    isClockTrusted: false,
    interpreterWanted: interpreterFor(language),
    nextSteps: ['staff-reads', 'registration-takes-days', 'official-receipt', 'anonymous'],
    rightsTopics: [topic, topic, topic, topic],
    helpNumbers: [...slipOf(language).helpNumbers, { line: 'violence', number: '1888' }],
    callNumber: '7395',
  };
}

/** A slip that tells nobody what happened. */
export function discreetReceipt(language: ReceiptLanguage): DiscreetReceiptContent {
  return { ...slipOf(language), variant: 'discreet' };
}

export function tipReceipt(language: ReceiptLanguage): TipReceiptContent {
  return { ...slipOf(language), variant: 'tip', nextSteps: ['not-a-report', 'staff-reads', 'anonymous'] };
}

export function appointmentReceipt(language: ReceiptLanguage): AppointmentReceiptContent {
  return { ...slipOf(language), variant: 'appointment', nextSteps: ['not-a-report'], callNumber: '7395' };
}

const printedAt = '2026-11-20T14:41';

export function handOverSheet(language: ReceiptLanguage): HandOverContent {
  return {
    ...paperOf(language),
    variant: 'hand-over',
    printedAt,
    interpreterWanted: interpreterFor(language),
    helpNumbers: slipOf(language).helpNumbers,
  };
}

export function topicSheet(language: ReceiptLanguage, paragraphs = 5): TopicContent {
  return {
    ...paperOf(language),
    variant: 'topic',
    printedAt,
    title: pairOf(follow, language),
    paragraphs: Array.from({ length: paragraphs }, () => pairOf(lawyer, language)),
    dateLines: [pairOf(compensation, language)],
    helpNumbers: slipOf(language).helpNumbers,
    sources: [{ source: 'e-Justice, Danmark (2019)', date: '2026-11-20' }],
  };
}

export function hoursSheet(language: ReceiptLanguage): HoursContent {
  const open = [{ from: '08:00', to: '18:00' }];
  const days = ['23', '24', '25', '26', '27', '28', '29'].map((day, at) => ({
    date: `2026-12-${day}`,
    spans:
      at === 0
        ? [
            { from: '08:00', to: '12:00' },
            { from: '13:00', to: '18:00' },
          ]
        : at > 4
          ? open
          : [],
    holiday: day === '25' ? { own: compensation[language], danish: 'Juledag' } : null,
  }));
  return {
    ...paperOf(language),
    variant: 'hours',
    printedAt,
    hoursOf: { name: 'Strandby Politistation', address: 'Strandvej 2, 9998 Strandby' },
    hours: { isExample: true, days, source: { source: 'Opfundet til prøver', date: '2026-11-20' } },
    helpNumbers: [{ line: 'police', number: '114' }],
  };
}

export function testSheet(language: ReceiptLanguage): TestPageContent {
  return { ...paperOf(language), variant: 'test', printedAt, printerName: 'ipp://printer.example/ipp/print' };
}

/** One of each kind of paper. */
export const papers: Readonly<
  Record<ReceiptVariant | SheetVariant, (language: ReceiptLanguage) => PaperContent>
> = {
  full: fullReceipt,
  discreet: discreetReceipt,
  tip: tipReceipt,
  appointment: appointmentReceipt,
  'hand-over': handOverSheet,
  topic: topicSheet,
  hours: hoursSheet,
  test: testSheet,
};

export const shippedReceiptTexts = (): ReceiptTextsByLanguage => readReceiptTexts(join(resources, 'locales'));

/** The faces that papers are set in. */
export function bundledFonts(): Buffer[] {
  const names = ['NotoSans-Regular', 'NotoSans-Bold', 'NotoSansArabic-Regular', 'NotoSansArabic-Bold'];
  return names.map((name) => readFileSync(join(resources, 'fonts', `${name}.ttf`)));
}

/** The real layout with the shipped fonts and words. */
export function createTestLayout(): ReceiptPrinterLayout {
  return createReceiptPrinterLayout({
    fontsDir: join(resources, 'fonts'),
    texts: shippedReceiptTexts(),
  });
}
