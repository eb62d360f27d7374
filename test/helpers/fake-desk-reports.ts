import type { Answer } from '../../src-main/contract/answer.ts';
import { kioskIdSchema, reportIdSchema, type Language } from '../../src-main/contract/ids.ts';
import { reportSchema, submissionSchema, type Report } from '../../src-main/contract/report.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { summarize } from '../../src-main/domain/summarize.ts';
import { shippedContent } from './fake-visitor-api.ts';

/** One moment for every desk test: Friday 20 November 2026, 14.53 at the invented station. */
export const deskNow = Date.parse('2026-11-20T13:53:00.000Z');

export interface FakeReport {
  readonly language: Language;
  readonly reportType: string;
  readonly minutesAgo: number;
  readonly isUnder18: boolean;
  readonly isPlaceUnknown: boolean;
  readonly answers: Readonly<Record<string, Answer>>;
}

const skipped: Answer = { kind: 'skipped' };
const named = {
  kind: 'named',
  name: 'سلمى المثال',
  phone: '٢٢٠٠٠٠٠١',
  email: 'eksempel@fjordby.example',
  address: 'شارع النموذج 3',
  safeContact: 'بالبريد الإلكتروني. لا تتصلوا.',
  asksProtection: true,
  forWhom: 'me',
} as const;

/** A stolen phone told in Arabic, with something of everything the desk has to show. */
export const arabicReport: FakeReport = {
  language: 'ar',
  reportType: 'stolen-things',
  minutesAgo: 12,
  isUnder18: false,
  isPlaceUnknown: false,
  answers: {
    things: {
      kind: 'things',
      things: [
        {
          kind: 'phone',
          fields: { brand: 'سامسونغ', colour: 'أسود', imei: '٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩', value: '3500' },
        },
        { kind: 'card', fields: { bank: 'بنك النموذج', 'card-last-digits': '4417' } },
      ],
    },
    when: { kind: 'when', precision: 'between', start: '2026-11-20T12:00', end: '2026-11-20T12:30' },
    where: {
      kind: 'place',
      postcode: '9999',
      municipalityCode: null,
      words: 'محطة الحافلات في Fjordby، تحت الساعة الكبيرة',
    },
    'what-happened': {
      kind: 'text',
      text: 'كنت أشتري تذكرة من الآلة. وقف رجل قريبًا مني وسألني عن الطريق.\nعندما ذهب لم أجد هاتفي في الحقيبة.\u202e !',
    },
    'seen-by': { kind: 'choice', codes: ['person', 'camera'], note: 'كاميرا فوق الباب' },
    proof: skipped,
    'because-of': { kind: 'choice', codes: ['origin'], note: '' },
    insurance: { kind: 'unknown' },
    help: { kind: 'choice', codes: ['interpreter'], note: '' },
    contact: { kind: 'contact', contact: named },
  },
};

const danishBicycle: FakeReport = {
  language: 'da',
  reportType: 'stolen-bicycle',
  minutesAgo: 18,
  isUnder18: true,
  isPlaceUnknown: false,
  answers: {
    when: { kind: 'when', precision: 'day', start: '2026-11-19', end: null },
    where: { kind: 'place', postcode: null, municipalityCode: null, words: 'Ved den opfundne havn' },
    'what-happened': { kind: 'text', text: 'Cyklen stod låst. Om morgenen var den væk.' },
    contact: {
      kind: 'contact',
      contact: {
        kind: 'named',
        ...{ name: 'Opfundet Navn', phone: '', email: '', address: '', safeContact: '' },
        // Nobody's: there is no such day.
        cpr: '3201900000',
        asksProtection: false,
        forWhom: 'me',
      },
    },
  },
};

const englishTrade: FakeReport = {
  language: 'en',
  reportType: 'online-trade',
  minutesAgo: 62,
  isUnder18: false,
  isPlaceUnknown: true,
  answers: {
    amount: { kind: 'amount', minorUnits: 125_050, currency: 'DKK' },
    'what-happened': { kind: 'text', text: 'The parcel held only paper.' },
    contact: { kind: 'contact', contact: { kind: 'anonymous' } },
  },
};

/** Newest first, as a queue shows them; `more` adds plain ones at the old end. */
export function fakeReports(more = 3): readonly FakeReport[] {
  const older = Array.from({ length: more }, (_, index) => ({
    ...danishBicycle,
    isUnder18: false,
    minutesAgo: 80 + index * 300,
  }));
  return [arabicReport, danishBicycle, englishTrade, ...older];
}

/** The whole report as the kiosk would seal it; `sequence` makes id and reference. */
export function makeReport(fake: FakeReport, sequence: number, kioskNumber = '120'): Report {
  const content = shippedContent();
  const reportId = reportIdSchema.parse(`01990000-0000-7000-8000-${String(sequence).padStart(12, '0')}`);
  const submission = submissionSchema.parse({
    reportId,
    language: fake.language,
    reportType: fake.reportType,
    gateAnswers: { danger: 'none', force: 'none', place: 'denmark' },
    isUnder18: fake.isUnder18,
    answers: Object.entries(fake.answers).map(([questionId, answer]) => ({ questionId, answer })),
  });
  const district = { id: 'fjordby', number: '00', name: 'Fjordby Politi' };
  const routing = fake.isPlaceUnknown
    ? ({ kind: 'unknown-postcode' } as const)
    : ({ kind: 'district', district, place: 'Fjordby', isFallback: false } as const);
  const receivedAt = new Date(deskNow - fake.minutesAgo * 60_000);
  return reportSchema.parse({
    reportId,
    reference: makeReference('00', kioskNumber, String(483_060 + sequence)),
    kioskId: kioskIdSchema.parse('00-120'),
    stationId: 'fjordby',
    receivedAt: receivedAt.toISOString(),
    receivedLocal: '2026-11-20T14:41',
    isClockTrusted: true,
    contentVersion: 'test',
    summary: summarize(content, submission, routing, 'fjordby'),
    submission,
  });
}
