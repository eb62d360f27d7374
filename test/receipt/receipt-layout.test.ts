import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receiptLanguages, receiptPapers, type ReceiptContent } from '../../src-main/contract/receipt.ts';
import { buildReceiptDocument } from '../../src-main/receipt/receipt-document.ts';
import { readReceiptTexts } from '../../src-main/receipt/receipt-texts.ts';
import { needs } from '../helpers/needs.ts';
import {
  createTestLayout,
  discreetReceipt,
  fullReceipt,
  longestReceipt,
} from '../helpers/receipt-content.ts';

const locales = join(import.meta.dirname, '../../resources/locales');
const texts = readReceiptTexts(locales);
const layout = createTestLayout();
const whole = { trim: 'nothing', typeScale: 1 } as const;

const printed = (content: ReceiptContent): string =>
  buildReceiptDocument(content, '80mm', texts, whole).inputs.receipt;

describe('the words of a slip', () => {
  test('say in Danish that it is received and not registered', () => {
    expect(`${texts.da.received} ${texts.da.notRegistered}`).toBe(
      'Modtaget på politistationen. Endnu ikke registreret som anmeldelse.',
    );
  });

  test.each(receiptLanguages)(
    'never shout, never name a journal number, keep their places: %s',
    (language) => {
      const words = readFileSync(join(locales, language, 'receipt.json'), 'utf8');
      const danish = readFileSync(join(locales, 'da', 'receipt.json'), 'utf8');
      const places = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
      expect(words).not.toMatch(/[!¡！]|journal|sagsnummer|case number/i);
      expect(places(words)).toEqual(places(danish));
    },
  );

  test('are Danish alone for a Danish reader, and never three languages', () => {
    expect(printed(fullReceipt('da'))).not.toContain(texts.en.received);
    expect(printed(fullReceipt('da'))).toContain('"danish":null');
    const arabic = printed(fullReceipt('ar'));
    expect(arabic).toContain(texts.ar.received);
    expect(arabic).toContain(texts.da.received);
    expect(arabic).not.toContain(texts.en.received);
  });

  test('write the time in each language, and say when the clock was not checked', () => {
    expect(printed(fullReceipt('da'))).toContain('fredag 20. november 2026 kl.\u00a014.41');
    expect(printed(fullReceipt('en'))).toContain('Friday 20 November 2026, 14:41');
    expect(printed(fullReceipt('ar'))).toContain('الجمعة 20 نوفمبر 2026');
    expect(printed(fullReceipt('en'))).not.toContain(texts.en.clockNotChecked);
    expect(printed({ ...fullReceipt('en'), isClockTrusted: false })).toContain(texts.en.clockNotChecked);
  });

  test.each(receiptLanguages)('of a discreet slip name no offence: %s', (language) => {
    expect(printed(fullReceipt(language))).toContain('Stjålet telefon');
    expect(printed(discreetReceipt(language))).not.toContain('Stjålet telefon');
    expect(printed(discreetReceipt(language))).toContain('"reportType":null');
  });

  test('a demonstration says so', () => {
    expect(printed({ ...fullReceipt('en'), isDemonstration: true })).toContain(texts.en.demonstration);
    expect(printed(fullReceipt('en'))).not.toContain(texts.en.demonstration);
  });

  test('group the digits of a number to call', () => {
    const numbers = [{ line: 'victim-support', number: '116006' }] as const;
    expect(printed({ ...fullReceipt('da'), helpNumbers: numbers })).toContain('"116 006"');
  });

  test('a reference that is none is a bug', () => {
    expect(() => printed({ ...fullReceipt('da'), reference: '0712-0483-7395' })).toThrow('twelve digits');
  });
});

describe('the length of a slip', () => {
  const every = receiptLanguages.flatMap((language) =>
    receiptPapers.map((paper) => [language, paper] as const),
  );

  test.each(every)('is at most 25 cm, or one page: %s on %s', async (language, paper) => {
    for (const content of [fullReceipt(language), discreetReceipt(language), longestReceipt(language)]) {
      const receipt = await layout.render(content, paper);
      expect(receipt.pageCount).toBe(1);
      expect(receipt.heightMm).toBeLessThanOrEqual(paper === 'a4' ? 297 : 250);
    }
  });

  test('a short slip stays short', async () => {
    const { heightMm } = await layout.render(discreetReceipt('da'), '80mm');
    expect(heightMm).toBeLessThan(180);
  });

  test.skipIf(!needs('pdftoppm').run)(
    'is kept by leaving out topics, then addresses; never reference or numbers',
    async () => {
      const topics = (count: number) =>
        Array.from({ length: count }, (_, at) => ({ own: `Topic ${at}`, danish: `Emne ${at}` }));
      const read = async (content: ReceiptContent): Promise<string> =>
        execFileSync('pdftotext', ['-', '-'], {
          input: (await layout.render(content, '80mm')).pdf,
          encoding: 'utf8',
        });
      const roomy = await read({ ...discreetReceipt('en'), rightsTopics: topics(2) });
      expect(roomy).toContain('Emne 1');
      const long = await read({ ...fullReceipt('en'), rightsTopics: topics(9) });
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
  const inName = (name: string): ReceiptContent => ({
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
  ])('are text, never markup: %j', async (name) => {
    const { pageCount } = await layout.render(inName(name), '80mm');
    expect(pageCount).toBe(1);
  });

  test('cannot turn what stands beside them around', () => {
    expect(printed(inName('A\u202eB\u2067C\u0000D\u200fE'))).not.toMatch(/[\p{Cc}\p{Cf}]/u);
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
