import type { VisitorContent } from '../../src-main/contract/content.ts';
import { kioskIdSchema, type Language } from '../../src-main/contract/ids.ts';
import { reportSchema, submissionSchema, type Report } from '../../src-main/contract/report.ts';
import { makeReference } from '../../src-main/domain/reference-number.ts';
import { summarize } from '../../src-main/domain/summarize.ts';

/** What people write, in three of the languages; cut anew for every report. */
const stories = {
  da: [
    'Jeg stod ved automaten på stationen og ville købe en billet.',
    'En mand spurgte om vej, og bagefter var min telefon væk.',
    'Cyklen stod låst ved havnen, da jeg gik på arbejde om morgenen.',
    'Låsen lå på jorden, og der var glasskår fra en bil ved siden af.',
    'Jeg har spurgt i butikken, men der er intet kamera mod døren.',
  ],
  en: [
    'I was paying at the counter when somebody bumped into me.',
    'When I reached the platform the bag was open and the wallet gone.',
    'The parcel held only paper, and the seller does not answer.',
    'I called the bank at once and the card is blocked now.',
    'There were two of them, one in a grey coat, one with a bicycle.',
  ],
  ar: [
    'كنت أشتري تذكرة من الآلة، ووقف رجل قريبًا مني وسألني عن الطريق.',
    'عندما ذهب لم أجد هاتفي في الحقيبة.',
    'الدراجة كانت مقفلة أمام البيت، وفي الصباح لم تكن هناك.',
    'اتصلت بالبنك وأوقفت البطاقة في الحال.',
    'رأى صديقي كل شيء ويستطيع أن يتكلم معكم.',
  ],
} satisfies Partial<Record<Language, readonly string[]>>;
type Told = keyof typeof stories;
const languages = ['da', 'en', 'ar'] as const satisfies readonly Told[];

function storyOf(language: Told, index: number): string {
  const lines = stories[language];
  return Array.from({ length: 14 }, (_, at) => lines[(index * 7 + at * 3) % lines.length] ?? '').join(' ');
}

function answersOf(language: Told, index: number): object[] {
  const fields = {
    brand: 'Opfundet',
    colour: 'sort',
    imei: String(350_000_000_000_000 + index * 7919),
    value: String(1000 + (index % 4000)),
  };
  const day = `2026-11-${String(1 + (index % 20)).padStart(2, '0')}`;
  return [
    { questionId: 'things', answer: { kind: 'things', things: [{ kind: 'phone', fields }] } },
    { questionId: 'when', answer: { kind: 'when', precision: 'exact', start: `${day}T12:30`, end: null } },
    {
      questionId: 'where',
      answer: {
        kind: 'place',
        postcode: '9999',
        municipalityCode: null,
        words: `Opfundet gade ${index % 90}`,
      },
    },
    { questionId: 'what-happened', answer: { kind: 'text', text: storyOf(language, index) } },
    {
      questionId: 'contact',
      answer: {
        kind: 'contact',
        contact: {
          ...{ kind: 'named', name: `Opfundet Navn ${index}`, phone: String(20_000_000 + index) },
          ...{ email: '', address: 'Opfundet vej 3', safeContact: '' },
          ...{ asksProtection: index % 10 === 0, forWhom: 'me' },
        },
      },
    },
  ];
}

/** So many whole reports of stolen telephones, each a little different. */
export function benchReports(content: VisitorContent, count: number): Report[] {
  return Array.from({ length: count }, (_, index): Report => {
    const language = languages[index % languages.length] ?? 'da';
    const reportId = `01990000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const submission = submissionSchema.parse({
      reportId,
      language,
      reportType: 'stolen-things',
      gateAnswers: { danger: 'none' },
      isUnder18: false,
      answers: answersOf(language, index),
    });
    return reportSchema.parse({
      reportId,
      reference: makeReference('07', '120', String(100_000 + index)),
      kioskId: kioskIdSchema.parse('07-120'),
      stationId: 'fjordby',
      receivedAt: new Date(Date.UTC(2026, 10, 1) + index * 60_000).toISOString(),
      receivedLocal: '2026-11-20T14:41',
      isClockTrusted: true,
      contentVersion: 'bench',
      summary: summarize(content, submission, { kind: 'unknown-postcode' }, 'home'),
      submission,
    });
  });
}
