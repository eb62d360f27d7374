import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  receiptLanguages,
  receiptPapers,
  receiptVariants,
  sheetVariants,
  type PaperContent,
  type ReceiptLanguage,
} from '../../src-main/contract/receipt.ts';
import { createFontCoverage, scriptsOf } from '../../src-main/receipt/font-coverage.ts';
import { buildReceiptDocument } from '../../src-main/receipt/receipt-document.ts';
import { needs } from '../helpers/needs.ts';
import {
  appointmentReceipt,
  bundledFonts,
  createTestLayout,
  discreetReceipt,
  fullReceipt,
  handOverSheet,
  hoursSheet,
  longestReceipt,
  papers,
  shippedReceiptTexts,
  tipReceipt,
  topicSheet,
} from '../helpers/receipt-content.ts';

const resources = join(import.meta.dirname, '../../resources');
const texts = shippedReceiptTexts();
const coverage = createFontCoverage(bundledFonts());
const layout = createTestLayout();
const whole = { trim: 'nothing', typeScale: 1 } as const;

const printed = (content: PaperContent): string =>
  buildReceiptDocument(content, { paper: '80mm', dotMm: 1 / 8 }, { texts, coverage }, whole).inputs.receipt;

describe('the words of a slip', () => {
  test('say in Danish that it is received and not registered', () => {
    expect(`${texts.da.received} ${texts.da.notRegistered}`).toBe(
      'Modtaget på politistationen. Endnu ikke registreret som anmeldelse.',
    );
  });

  test.each(receiptLanguages)(
    'never shout, never name a journal number, keep their places: %s',
    (language) => {
      const words = readFileSync(join(resources, 'locales', language, 'receipt.json'), 'utf8');
      const danish = readFileSync(join(resources, 'locales', 'da', 'receipt.json'), 'utf8');
      const places = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
      expect(words).not.toMatch(/[!¡！]|journal|sagsnummer|case number/i);
      expect(places(words)).toEqual(places(danish));
    },
  );

  test('are Danish alone for a Danish reader, and never three languages', () => {
    expect(printed(fullReceipt('da'))).not.toContain(texts.en.received);
    expect(printed(fullReceipt('da'))).not.toMatch(/"danish":"/);
    const arabic = printed(fullReceipt('ar'));
    expect(arabic).toContain(texts.ar.received);
    expect(arabic).toContain(texts.da.received);
    expect(arabic).not.toContain(texts.en.received);
  });

  test('write the time in each language, and say when the clock was not checked', () => {
    expect(printed(fullReceipt('da'))).toContain('fredag 20. november 2026 kl.\u00a014.41');
    expect(printed(fullReceipt('en'))).toContain('Friday 20 November 2026, 14:41');
    expect(printed(fullReceipt('ar'))).toContain('الجمعة \u206620\u2069 نوفمبر \u20662026\u2069');
    // The month beside a day, not the month alone.
    expect(printed(fullReceipt('uk'))).toContain('пʼятниця, 20 листопада 2026, 14:41');
    expect(printed(fullReceipt('en'))).not.toContain(texts.en.clockNotChecked);
    expect(printed({ ...fullReceipt('en'), isClockTrusted: false })).toContain(texts.en.clockNotChecked);
  });

  test('a demonstration says so, and a copy says so in two languages to everybody', () => {
    expect(printed({ ...fullReceipt('en'), isDemonstration: true })).toContain(texts.en.demonstration);
    expect(printed(fullReceipt('en'))).not.toContain(texts.en.demonstration);
    expect(printed(fullReceipt('uk'))).not.toContain(texts.uk.copy);
    for (const [language, words] of [
      ['da', [texts.da.copy, texts.en.copy]],
      ['uk', [texts.uk.copy, texts.da.copy]],
    ] as const)
      for (const word of words) expect(printed({ ...fullReceipt(language), isCopy: true })).toContain(word);
  });

  test('keep the digits of a number to call in groups, in order and on one line', () => {
    const numbers = [{ line: 'victim-support', number: '116006' }] as const;
    expect(printed({ ...fullReceipt('da'), helpNumbers: numbers })).toContain('"116 006"');
    expect(printed(topicSheet('en'))).toContain('116\u00a0006');
    expect(printed(topicSheet('ar'))).toContain('\u2066116\u00a0006\u2069');
    expect(printed(topicSheet('ar'))).toContain('\u206608:00\u2060–\u206018:00\u2069');
  });

  test('a reference that is none is a bug', () => {
    expect(() => printed({ ...fullReceipt('da'), reference: '0712-0483-7395' })).toThrow('twelve digits');
  });
});

describe('paper that tells nobody what happened', () => {
  /** Words of offences and of being a victim, as the slips of the languages would print them. */
  const telling: Readonly<Record<ReceiptLanguage, RegExp>> = {
    da: /vold|offer|stjål|tyveri|snyd|hacking|tip/i,
    en: /violence|victim|stolen|theft|fraud|hacking|\btip\b/i,
    ar: /عنف|ضحايا|سرق|مسروق|احتيال|اختراق|بلاغ سري/,
    uk: /насильств|потерпіл|викраден|шахрай|злам/i,
    pl: /przemoc|ofiar|pokrzywdz|skradz|kradzież|oszust/i,
    tr: /şiddet|mağdur|çalınan|hırsız|dolandır|ihbar/i,
    ro: /violen|victim|furat|furt|înșel|fraud/i,
    de: /gewalt|opfer|gestohlen|diebstahl|betrug|hacking/i,
  };
  const makers = [discreetReceipt, tipReceipt, appointmentReceipt, handOverSheet];
  const numbers = [
    { line: 'alarm', number: '112' },
    { line: 'victim-support', number: '116 006' },
    { line: 'violence', number: '1888' },
    { line: 'cyber-hotline', number: '33 37 00 37' },
  ] as const;

  test.each(receiptLanguages)('names no offence, whatever numbers stand on it: %s', (language) => {
    for (const make of makers) {
      const words = printed({ ...make(language), helpNumbers: numbers });
      expect(words).not.toMatch(telling[language]);
      expect(words).not.toMatch(telling.da);
      expect(words).toContain('1888');
    }
    expect(printed({ ...fullReceipt(language), helpNumbers: numbers })).toMatch(telling[language]);
  });

  test.each(receiptLanguages)('has no word of the police in its heading: %s', (language) => {
    for (const make of makers) {
      const [heading = ''] = /"kind":"heading","lines":\[.*?\]/.exec(printed(make(language))) ?? [];
      expect(heading).toContain('own');
      expect(heading).not.toMatch(/poli[ctsz]|شرطة|поліц|anmeld/i);
    }
  });

  test('a tip is told that it is no report', () => {
    expect(printed(tipReceipt('en'))).toContain(texts.en.next['not-a-report']);
    expect(printed(tipReceipt('en'))).not.toContain(texts.da.notRegisteredDiscreet);
  });
});

describe('hours', () => {
  test('that nobody told us read "Ask 114", never open or closed', () => {
    const unknown = printed({ ...hoursSheet('en'), hours: null });
    expect(unknown).toContain(texts.en.hours.unknown);
    expect(unknown).not.toContain(`"${texts.en.hours.closed}"`);
  });

  test('say closed on a holiday, and its name', () => {
    expect(printed(hoursSheet('da'))).toContain('onsdag 23/12');
    expect(printed(hoursSheet('en'))).toMatch(/"note":\{"own":"[^"]+","danish":"Juledag"\},"spans":\[\]/);
  });
});

describe('the length', () => {
  const every = receiptLanguages.flatMap((language) =>
    receiptPapers.map((paper) => [language, paper] as const),
  );

  test.each(every)('of a slip is at most 25 cm, or one page: %s on %s', async (language, paper) => {
    const slips = [...receiptVariants.map((variant) => papers[variant](language)), longestReceipt(language)];
    for (const content of slips) {
      const receipt = await layout.render(content, paper);
      expect(receipt.pageCount).toBe(1);
      expect(receipt.heightMm).toBeLessThanOrEqual(paper === 'a4' ? 297 : 250);
    }
  });

  test('of a short slip stays short', async () => {
    const { heightMm } = await layout.render(discreetReceipt('da'), '80mm');
    expect(heightMm).toBeLessThan(180);
  });

  test('of a topic may be more: pages on A4, paper on a roll', async () => {
    const topic = topicSheet('ar', 40);
    expect((await layout.render(topic, 'a4')).pageCount).toBeGreaterThan(1);
    const roll = await layout.render(topic, '80mm');
    expect(roll.pageCount).toBe(1);
    expect(roll.heightMm).toBeGreaterThan(250);
  });

  test.skipIf(!needs('pdftoppm').run)(
    'is kept by leaving out topics, then addresses, then the help beside the code; never reference or numbers',
    async () => {
      const topics = (count: number) =>
        Array.from({ length: count }, (_, at) => ({
          own: `Topic ${at} is long`,
          danish: `Emne ${at} er langt`,
        }));
      const read = async (content: PaperContent): Promise<string> =>
        execFileSync('pdftotext', ['-', '-'], {
          input: (await layout.render(content, '80mm')).pdf,
          encoding: 'utf8',
        });
      const roomy = await read({ ...discreetReceipt('en'), rightsTopics: topics(2) });
      expect(roomy).toContain('Emne 1');
      const long = await read({ ...fullReceipt('en'), rightsTopics: topics(20) });
      expect(long).not.toContain('Emne');
      expect(long).toContain('Havnegade');
      const longest = await read(longestReceipt('en'));
      expect(longest).not.toContain('Havnegade');
      expect(longest).not.toContain(texts.en.qrHelp);
      for (const kept of ['0712', '7395', '112', '114', '116 006', '1888', texts.da.notRegistered]) {
        expect(longest).toContain(kept);
      }
    },
  );
});

describe('names from content and configuration', () => {
  const inName = (name: string): PaperContent => ({
    ...fullReceipt('ar'),
    station: { name, address: name },
    districtName: name,
    reportTypeTitle: { own: name, danish: name },
    interpreterWanted: { own: name, danish: name, english: name },
    rightsTopics: [{ own: name, danish: name }],
  });

  test.each([
    '#panic("x")',
    '#read("/etc/passwd")',
    '$ x^2',
    '*_`= - + / //',
    '"\\u{41}',
    '</script>{{type}}',
    '\u0000\u202e4321\u2066',
    '\ud800',
    '',
    'Å'.repeat(200),
    'الشرطة '.repeat(29),
  ])('are text, never markup, and never too much: %j', async (name) => {
    const { pageCount, heightMm } = await layout.render(inName(name), '58mm');
    expect([pageCount, heightMm <= 250]).toEqual([1, true]);
  });

  test('cannot turn what stands beside them around', () => {
    const words = printed(inName('A\u202eB\u2067C\u0000D\u200fE\u2069F'));
    expect(words).toContain('ABC DEF');
    expect(words).not.toMatch(/[\p{Cc}\u202e\u2067\u200f]/u);
    // What is isolated is closed again.
    expect(words.match(/[\u2066\u2068]/g)?.length).toBe(words.match(/\u2069/g)?.length);
  });

  test('of any characters can be set', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (name) => {
        const { pdf } = await layout.render(inName(name), '58mm');
        expect(pdf.length).toBeGreaterThan(1000);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a script without a font', () => {
  const tigrinya = { own: 'ትግርኛ', danish: 'tigrinya', english: 'Tigrinya' };

  test('is named before it is printed', () => {
    expect(layout.missingScripts(fullReceipt('uk'))).toEqual([]);
    expect(layout.missingScripts({ ...fullReceipt('en'), interpreterWanted: tigrinya })).toEqual([
      'Ethiopic',
    ]);
    expect(scriptsOf(coverage.missing('ไทย 中文 ok'))).toEqual(['Thai', 'Han']);
  });

  test('is Danish and English on paper', () => {
    const words = printed({ ...fullReceipt('en'), interpreterWanted: tigrinya });
    expect(words).toContain('Interpreter wanted: Tigrinya');
    expect(words).toContain('Tolk ønskes: tigrinya');
    const title = { own: '盗难', danish: 'Tyveri' };
    expect(printed({ ...fullReceipt('ar'), reportTypeTitle: title })).toContain('\u2068Tyveri\u2069');
  });

  test('is a sign for "missing" where there are no other words; an empty box never', () => {
    const words = printed({ ...fullReceipt('da'), districtName: '丹麦 Politi' });
    expect(words).toContain('\ufffd\ufffd Politi');
    expect(coverage.missing('\ufffd')).toEqual([]);
  });

  test.each(receiptLanguages)('no paper of ours holds a sign that cannot be drawn: %s', (language) => {
    for (const variant of [...receiptVariants, ...sheetVariants])
      expect(coverage.missing(printed(papers[variant](language)))).toEqual([]);
  });
});

test('the same content gives the same paper, byte for byte, in every process', async () => {
  const other = createTestLayout();
  for (const content of [fullReceipt('ar'), topicSheet('uk')]) {
    const [one, again] = [await layout.render(content, 'a4'), await other.render(content, 'a4')];
    expect(Buffer.from(one.pdf).equals(again.pdf)).toBe(true);
    const dots = await layout.rasterize(content, '80mm', 576);
    expect(await other.rasterize(content, '80mm', 576)).toEqual(dots);
  }
});
