import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import type { Question, TextTree, VisitorContent } from '../../src-main/contract/content.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';
import { renderReport, type DanishTexts } from '../../src-main/domain/render-answer.ts';
import { visiblePieces } from '../../src-main/domain/render-answer-characters.ts';

const source = { source: 'Invented', date: '2026-11-12', reviewBy: '2027-11-12' };
function choice(id: string, showIf: Question['showIf'] = null): Question {
  const option = { icon: null, flag: null, isExclusive: false };
  const options = [
    { ...option, code: 'a' },
    { ...option, code: 'b' },
  ];
  return { id, showIf, kind: 'choice', takesSeveral: true, options, noteLongest: 100 };
}
const content: VisitorContent = {
  country: 'dk',
  gates: [],
  groups: [],
  otherTypes: [],
  phoneNumbers: [],
  confidentialContacts: [],
  sources: [],
  rightsTopics: [],
  flagRules: [],
  interpreterLanguages: { source: '-', date: '2026-11-20', reviewBy: '2027-11-20', pages: [], languages: [] },
  loadedAt: '2026-11-20T08:00:00.000Z',
  reportTypes: [
    {
      id: 'test-type',
      icon: 'bag',
      group: 'theft',
      route: 'self',
      isForUnder18: true,
      receipt: 'full',
      flags: [],
      notice: null,
      phoneNumbers: [],
      rightsTopics: [],
      ...source,
      questions: [
        choice('pick'),
        { id: 'story', showIf: null, kind: 'text', longest: 100, keyboard: 'text' },
        { id: 'number', showIf: null, kind: 'text', longest: 100, keyboard: 'digits' },
        { id: 'when', showIf: null, kind: 'when' },
        { id: 'where', showIf: null, kind: 'place' },
        { id: 'sum', showIf: null, kind: 'amount' },
        {
          id: 'things',
          showIf: null,
          kind: 'things',
          kinds: [
            {
              code: 'phone',
              icon: null,
              fields: [
                { id: 'brand', kind: 'text', longest: 40 },
                { id: 'imei', kind: 'imei', longest: 20 },
              ],
            },
          ],
        },
        { id: 'contact', showIf: null, kind: 'contact' },
        choice('only-after-a', { in: ['a', { var: 'pick' }] }),
      ],
    },
  ],
};
const texts: TextTree = {
  question: { pick: { title: 'Vælg', note: 'Mere' }, story: { title: 'Fortæl' } },
  option: { pick: { a: { label: 'Svar A' }, b: { label: 'Svar B' } } },
  thing: { phone: { label: 'Telefon' } },
  field: { brand: { label: 'Mærke' }, imei: { label: 'IMEI' } },
};
const danish: DanishTexts = {
  content,
  texts,
  words: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
};

function render(answers: Record<string, Answer>, flags: readonly string[] = []) {
  const submission = {
    reportId: reportIdSchema.parse('01990000-0000-7000-8000-000000000001'),
    language: 'ar' as const,
    reportType: 'test-type',
    gateAnswers: {},
    isUnder18: false,
    answers: Object.entries(answers).map(([questionId, answer]) => ({ questionId, answer })),
  };
  const rendered = renderReport(danish, { submission, summary: { flags } });
  return Object.fromEntries(
    rendered.map((answer) => [
      answer.questionId,
      {
        ...answer,
        danish: answer.lines.map(({ danish }) => danish).filter((text) => text !== null),
        own: answer.lines.map(({ own }) => own).filter((text) => text !== null),
      },
    ]),
  );
}

describe('a report in Danish', () => {
  test('coded answers are exact, typed words stay untouched in a column of their own', () => {
    const typed = '  هاتف \u202e مسروق ';
    const answers = render({
      pick: { kind: 'choice', codes: ['b', 'a'], note: typed },
      story: { kind: 'text', text: typed },
    });
    expect(answers['pick']).toMatchObject({ question: 'Vælg', danish: ['Svar B', 'Svar A'], own: [typed] });
    expect(answers['story']).toMatchObject({ danish: [], own: [typed] });
  });

  test('numbers are given in Latin digits, and as they were typed', () => {
    const answers = render({
      number: { kind: 'text', text: '١٢٣' },
      things: {
        kind: 'things',
        things: [{ kind: 'phone', fields: { imei: '٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩', brand: 'س' } }],
      },
      sum: { kind: 'amount', minorUnits: 100_050, currency: 'DKK' },
    });
    expect(answers['number']?.lines).toEqual([{ label: null, danish: '123', own: '١٢٣', isHeading: false }]);
    expect(answers['things']).toMatchObject({
      danish: ['Telefon', '35 693803 564380 9'],
      own: ['س', '٣٥٦٩٣٨٠٣٥٦٤٣٨٠٩'],
    });
    expect(answers['sum']).toMatchObject({ danish: ['1.000,50 kr.'], own: [] });
    // Once is enough where both are the same, unless something in it cannot be seen.
    const plain = render({ number: { kind: 'text', text: '12 34' } })['number'];
    expect(plain).toMatchObject({ own: [] });
    const disguised = render({ number: { kind: 'text', text: '12\u202e34' } })['number'];
    expect(disguised).toMatchObject({ own: ['12\u202e34'] });
  });

  test.each<[Extract<Answer, { kind: 'when' }>, string]>([
    [{ kind: 'when', precision: 'exact', start: '2026-11-20T12:05', end: null }, '20.11.2026 kl. 12.05'],
    [
      { kind: 'when', precision: 'between', start: '2026-11-20T12:00', end: '2026-11-20T12:30' },
      '20.11.2026 kl. 12.00–12.30',
    ],
    [
      { kind: 'when', precision: 'between', start: '2026-11-20T23:00', end: '2026-11-21T01:00' },
      '20.11.2026 kl. 23.00 – 21.11.2026 kl. 01.00',
    ],
    [
      { kind: 'when', precision: 'between', start: '2028-02-29', end: '2028-03-01' },
      '29.02.2028 – 01.03.2028',
    ],
    [{ kind: 'when', precision: 'day', start: '2026-11-20', end: null }, 'answer.dayOnly 20.11.2026'],
  ])('a time reads as an officer writes it: %o', (answer, expected) => {
    expect(render({ when: answer })['when']?.danish).toEqual([expected]);
  });

  test('nothing is dropped: skipped, not known, never met, and what older content asked', () => {
    const answers = render({
      story: { kind: 'skipped' },
      number: { kind: 'unknown' },
      pick: { kind: 'choice', codes: ['gone'], note: '' },
      'asked-last-year': { kind: 'text', text: 'Ord' },
    });
    expect(answers['story']).toMatchObject({ state: 'skipped', danish: ['answer.skipped'] });
    expect(answers['number']).toMatchObject({ state: 'unknown', danish: ['answer.unknown'] });
    expect(answers['when']).toMatchObject({ state: 'not-met', danish: ['answer.notMet'] });
    expect(answers['pick']?.danish).toEqual(['answer.old gone']);
    expect(answers['asked-last-year']).toMatchObject({ question: 'answer.oldQuestion', own: ['Ord'] });
    expect(answers['only-after-a']).toBeUndefined();
  });

  test('contact is marked as protected only where the visitor asked for it', () => {
    const contact = {
      kind: 'named',
      name: 'Opfundet',
      phone: '٢٢',
      email: '',
      address: '',
      safeContact: '',
      asksProtection: true,
      forWhom: 'me',
    } as const;
    const asked = render({ contact: { kind: 'contact', contact } })['contact'];
    expect(asked).toMatchObject({ isProtected: true, own: ['Opfundet', '٢٢'] });
    expect(asked?.danish).toContain('22');
    const open = render({ contact: { kind: 'contact', contact: { ...contact, asksProtection: false } } });
    expect(open['contact']?.isProtected).toBe(false);
  });

  test('fear hides contact nobody asked to hide, and the place only where it was at home', () => {
    const contact = {
      kind: 'contact',
      contact: {
        kind: 'named',
        name: 'Opfundet',
        phone: '',
        email: '',
        address: 'Opfundet vej 1',
        safeContact: '',
        asksProtection: false,
        forWhom: 'me',
      },
    } as const;
    const place = {
      kind: 'place',
      postcode: '7100',
      municipalityCode: null,
      words: 'Opfundet vej 1',
    } as const;
    const seen = (flags: readonly string[]) => {
      const answers = render({ contact, place }, flags);
      return [answers['contact']?.isProtected, answers['place']?.isProtected];
    };
    expect(seen([])).toEqual([false, false]);
    expect(seen(['in-home'])).toEqual([false, false]);
    expect(seen(['protection'])).toEqual([true, false]);
    expect(seen(['in-home', 'protection'])).toEqual([true, true]);
  });
});

describe('characters nobody can see', () => {
  test('become signs, and the words between them stay as they are', () => {
    expect(visiblePieces('a\u202eb\u0000\nc')).toEqual([
      { kind: 'words', text: 'a' },
      { kind: 'control', name: 'U+202E' },
      { kind: 'words', text: 'b' },
      { kind: 'control', name: 'U+0000' },
      { kind: 'words', text: '\nc' },
    ]);
    expect(visiblePieces('x\u{E0041}')).toContainEqual({ kind: 'control', name: 'U+E0041' });
  });

  test('a joiner inside a word or an emoji is part of it; elsewhere it is a sign', () => {
    for (const whole of ['می\u200cخواهم', '👩\u200d🔧', 'Fjordby', '😀']) {
      expect(visiblePieces(whole)).toEqual([{ kind: 'words', text: whole }]);
    }
    expect(visiblePieces('12\u200d34').map(({ kind }) => kind)).toEqual(['words', 'control', 'words']);
  });
});
