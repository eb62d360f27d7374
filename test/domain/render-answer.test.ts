import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Contact } from '../../src-main/contract/answer.ts';
import type { Question, TextTree, VisitorContent } from '../../src-main/contract/content.ts';
import { reportIdSchema } from '../../src-main/contract/ids.ts';
import { renderReport, type DanishTexts } from '../../src-main/domain/render-answer.ts';
import { directionOfText, visiblePieces } from '../../src-main/domain/render-answer-characters.ts';

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
        { id: 'slip', showIf: null, kind: 'text', longest: 40, keyboard: 'digits', format: 'reference' },
        { id: 'person', showIf: null, kind: 'text', longest: 20, keyboard: 'digits', format: 'cpr' },
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
                { id: 'plate', kind: 'plate', longest: 20 },
                { id: 'phone', kind: 'phone', longest: 40 },
                { id: 'account', kind: 'account', longest: 60 },
                { id: 'vin', kind: 'vin', longest: 30 },
                { id: 'value', kind: 'amount', longest: 20 },
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
    expect(answers['number']?.lines).toEqual([
      { label: null, danish: '123', own: '١٢٣', isHeading: false, isMasked: false },
    ]);
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
    [
      { kind: 'when', precision: 'about', start: '2026-11-20T15:00', end: null },
      'answer.about 20.11.2026 15.00',
    ],
  ])('a time reads as an officer writes it: %o', (answer, expected) => {
    expect(render({ when: answer })['when']?.danish).toEqual([expected]);
  });

  test('what was odd about a time stands under it', () => {
    const answers = render({
      when: {
        ...{ kind: 'when', precision: 'exact', start: '2027-03-28T02:30', end: null },
        marks: ['skipped-hour', 'future'],
      },
    });
    expect(answers['when']?.danish).toEqual([
      ...['28.03.2027 kl. 02.30', 'answer.whenMark.skipped-hour', 'answer.whenMark.future'],
    ]);
  });

  test('numbers of every kind stand in the groups in which they are copied, with what does not fit', () => {
    const fields = {
      plate: 'ab12345',
      phone: '20 30 40 50',
      account: 'dk5000400440116243',
      vin: 'WVWZZZ1JZ3W38675',
      value: '1,000.50',
    };
    const { things, slip } = render({
      things: {
        kind: 'things',
        things: [{ kind: 'phone', fields, currencies: { value: 'EUR' }, e164: { phone: '+4520304050' } }],
      },
      slip: { kind: 'text', text: '0712 0448 1209' },
    });
    expect(things?.danish).toEqual([
      'Telefon',
      'AB 12 345',
      '+45 20 30 40 50',
      'DK50 0040 0440 1162 43',
      'answer.fieldOdd.vin WVW ZZZ1JZ 3W38675',
      '1.000,50 EUR',
    ]);
    // What the visitor typed stands beside it wherever it is not the same.
    expect(things?.own).toEqual(Object.values(fields));
    expect(slip?.danish).toEqual(['answer.fieldOdd.reference 0712 0448 1209']);
  });

  test('a CPR number is hidden until somebody asks for it, in contact and in a question of its own', () => {
    const cpr = '٠١٠١٩٠0000';
    const masked = (answers: Record<string, Answer>) =>
      Object.values(render(answers))
        .flatMap(({ lines }) => lines)
        .filter(({ danish, own }) => [danish, own].some((text) => text?.includes('010190') === true));
    const own = render({ person: { kind: 'text', text: cpr } })['person'];
    expect(own?.lines).toMatchObject([{ isMasked: true, own: cpr }]);
    const contact: Contact = {
      kind: 'named',
      ...{ name: 'Opfundet', phone: '', email: '', address: '', safeContact: '', cpr },
      asksProtection: false,
      forWhom: 'me',
    };
    const lines = masked({ contact: { kind: 'contact', contact } });
    expect(lines.map(({ label, isMasked }) => [label, isMasked])).toEqual([['answer.contact.cpr', true]]);
  });

  test.each<[Partial<Extract<Answer, { kind: 'place' }>>, readonly string[], readonly string[]]>([
    [
      { postcode: '9000', town: 'Aalborg', words: 'Ved havnen', typedPostcode: '٩٠٠٠' },
      ['answer.postcode 9000 Aalborg'],
      ['٩٠٠٠', 'Ved havnen'],
    ],
    [
      { postcode: '2830', municipalityCode: '0230', municipality: 'Rudersdal' },
      ['answer.postcode 2830', 'answer.municipalityNamed 0230 Rudersdal'],
      [],
    ],
    [{ municipalityCode: '0230' }, ['answer.municipality 0230'], []],
    [
      { setting: 'transport', line: 'IC 145', from: 'Odense', to: 'Nyborg' },
      ['answer.setting.transport'],
      ['IC 145', 'Odense', 'Nyborg'],
    ],
    [
      { setting: 'abroad', country: 'السويد', words: 'Malmö' },
      ['answer.setting.abroad'],
      ['السويد', 'Malmö'],
    ],
    [{ setting: 'online', words: 'example.dk' }, ['answer.setting.online'], ['example.dk']],
  ])('a place reads as it was told: %o', (place, exact, own) => {
    const answer: Answer = { kind: 'place', postcode: null, municipalityCode: null, words: '', ...place };
    expect(render({ where: answer })['where']).toMatchObject({ danish: exact, own });
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

test('a text runs the way its first letter is written', () => {
  expect(['Vestergade 3', '3. sal', 'فاطمة', '12 ש', '٣٤', ''].map(directionOfText)).toEqual([
    ...['ltr', 'ltr', 'rtl', 'rtl', null, null],
  ]);
});

describe('a report that was told under other content', () => {
  const named: Contact = {
    kind: 'named',
    ...{ name: 'Opfundet', phone: '20', email: 'a@b.example', address: 'Vej 1', safeContact: 'x' },
    asksProtection: false,
    forWhom: 'me',
  };
  const ofEveryKind: readonly Answer[] = [
    { kind: 'skipped' },
    { kind: 'unknown' },
    { kind: 'choice', codes: ['gone', 'a'], note: 'ord' },
    { kind: 'text', text: 'ord' },
    { kind: 'when', precision: 'between', start: '2026-11-20', end: '2026-11-21' },
    { kind: 'place', postcode: '9999', municipalityCode: '0999', words: 'ord' },
    { kind: 'things', things: [{ kind: 'gone', fields: { gone: 'ord' } }] },
    { kind: 'when', precision: 'about', start: '2026-03-29T02:30', end: null, marks: ['skipped-hour'] },
    {
      ...{ kind: 'place', postcode: null, municipalityCode: null, words: '' },
      ...{ setting: 'transport', line: 'ord', from: 'ord', to: '' },
    },
    {
      kind: 'things',
      things: [
        { kind: 'gone', fields: { gone: 'ord' }, currencies: { gone: 'EUR' }, e164: { gone: '+4520304050' } },
      ],
    },
    { kind: 'amount', minorUnits: 1, currency: 'SEK' },
    { kind: 'contact', contact: named },
    { kind: 'contact', contact: { ...named, cpr: 'ord', hasCompanion: true } },
    { kind: 'contact', contact: { kind: 'anonymous' } },
  ];
  const questionIds = [...(content.reportTypes[0]?.questions.map(({ id }) => id) ?? []), 'gone-since'];
  const told = fc.record({
    // Also a type that is gone: left out since for a mistake, or a district's own that it took away.
    reportType: fc.constantFrom('test-type', 'gone-type'),
    answers: fc
      .subarray(questionIds)
      .chain((ids) =>
        fc.tuple(...ids.map((id) => fc.constantFrom(...ofEveryKind).map((answer) => [id, answer] as const))),
      ),
  });

  test('is read whole: every answer stands there once, whatever is asked under its name today', () => {
    fc.assert(
      fc.property(told, ({ reportType, answers }) => {
        const submission = {
          reportId: reportIdSchema.parse('01990000-0000-7000-8000-000000000001'),
          ...{ language: 'ar' as const, reportType, gateAnswers: {}, isUnder18: false },
          answers: answers.map(([questionId, answer]) => ({ questionId, answer })),
        };
        const rendered = renderReport(danish, { submission, summary: { flags: ['gone-flag'] } });
        for (const [id, answer] of answers) {
          const lines = rendered.filter(({ questionId }) => questionId === id).flatMap((each) => each.lines);
          expect(lines.length).toBeGreaterThan(0);
          const typed = JSON.stringify(answer).includes('"ord"');
          if (typed)
            expect(lines.some(({ own, danish: exact }) => own === 'ord' || exact === 'ord')).toBe(true);
        }
        expect(new Set(rendered.map(({ questionId }) => questionId)).size).toBe(rendered.length);
      }),
    );
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
