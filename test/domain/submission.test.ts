import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import { visitorContentSchema } from '../../src-main/contract/content.ts';
import { reportSchema, submissionSchema, type Submission } from '../../src-main/contract/report.ts';
import { callsDesk } from '../../src-main/domain/flag-rules.ts';
import { withoutHiddenContact } from '../../src-main/domain/hidden-contact.ts';
import { checkSubmission } from '../../src-main/domain/check-submission.ts';
import { summarize } from '../../src-main/domain/summarize.ts';
import { placeOf } from '../../src-main/domain/triage.ts';

const fact = { source: 'made for this test', date: '2026-11-01', reviewBy: '2027-11-01' };
const option = (code: string, flag: string | null = null, isExclusive = false) => ({
  code,
  icon: null,
  flag,
  isExclusive,
});
const content = visitorContentSchema.parse({
  country: 'dk',
  gates: [],
  groups: [],
  otherTypes: [
    {
      id: 'assault',
      icon: 'hand',
      group: 'people',
      route: 'officer',
      isForUnder18: false,
      receipt: 'discreet',
      flags: [],
      notice: null,
      questions: [],
      phoneNumbers: [],
      rightsTopics: [],
      ...fact,
    },
  ],
  phoneNumbers: [],
  confidentialContacts: [],
  sources: [],
  rightsTopics: [],
  flagRules: [
    { id: 'afraid', alerts: true, hidesContact: true, standsInQueue: true },
    { id: 'hate', alerts: false, hidesContact: false, standsInQueue: true },
  ],
  interpreterLanguages: {
    ...fact,
    pages: [{ id: 'other', letters: 'ት' }],
    languages: [
      { tag: 'ti', endonym: 'ትግርኛ', danish: 'tigrinya', page: 'other', isSigned: false, interpreter: null },
    ],
  },
  loadedAt: '2026-11-20T10:00:00.000Z',
  reportTypes: [
    {
      id: 'stolen-things',
      icon: 'phone',
      group: 'theft',
      route: 'self',
      isForUnder18: true,
      receipt: 'full',
      flags: [],
      notice: null,
      phoneNumbers: [],
      rightsTopics: [],
      ...fact,
      questions: [
        {
          id: 'things',
          showIf: null,
          kind: 'things',
          kinds: [{ code: 'phone', icon: null, fields: [{ id: 'imei', kind: 'imei', longest: 40 }] }],
        },
        {
          id: 'because-of',
          showIf: null,
          kind: 'choice',
          takesSeveral: true,
          noteLongest: 10,
          options: [option('belief', 'hate'), option('other', 'hate'), option('none', null, true)],
        },
        {
          id: 'safe',
          showIf: null,
          kind: 'choice',
          takesSeveral: false,
          noteLongest: 0,
          options: [option('no', 'afraid'), option('yes', null)],
        },
        {
          id: 'which-belief',
          showIf: { in: ['belief', { var: 'because-of' }] },
          kind: 'text',
          longest: 5,
          keyboard: 'text',
        },
        { id: 'where', showIf: null, kind: 'place' },
        { id: 'contact', showIf: null, kind: 'contact' },
      ],
    },
  ],
});

function submit(answers: Record<string, Answer>, isUnder18 = false): Submission {
  return submissionSchema.parse({
    reportId: '0196e2c1-7a10-7000-8000-000000000001',
    language: 'en',
    reportType: 'stolen-things',
    gateAnswers: {},
    isUnder18,
    answers: Object.entries(answers).map(([questionId, answer]) => ({ questionId, answer })),
  });
}
const choice = (...codes: string[]): Answer => ({ kind: 'choice', codes, note: '' });

describe('a submission held against content', () => {
  it('may leave out, skip or not know everything', () => {
    expect(checkSubmission(content, submit({}))).toEqual({ ok: true });
    expect(
      checkSubmission(content, submit({ things: { kind: 'skipped' }, where: { kind: 'unknown' } })),
    ).toEqual({ ok: true });
  });

  it.each<[string, Record<string, Answer>, string, string]>([
    [
      'a question that the type does not ask',
      { colour: { kind: 'text', text: 'x' } },
      'colour',
      'unknown-question',
    ],
    ['an answer of another kind', { where: { kind: 'text', text: 'x' } }, 'where', 'wrong-kind'],
    ['a code that content does not know', { 'because-of': choice('weather') }, 'because-of', 'unknown-code'],
    ['the same code twice', { 'because-of': choice('belief', 'belief') }, 'because-of', 'unknown-code'],
    [
      'none of these beside one of these',
      { 'because-of': choice('none', 'belief') },
      'because-of',
      'too-many',
    ],
    [
      'a follow-up that was not asked',
      { 'which-belief': { kind: 'text', text: 'x' } },
      'which-belief',
      'not-shown',
    ],
    [
      'a text past its limit',
      { 'because-of': choice('belief'), 'which-belief': { kind: 'text', text: 'xxxxxx' } },
      'which-belief',
      'too-long',
    ],
    [
      'a field that the thing does not have',
      { things: { kind: 'things', things: [{ kind: 'phone', fields: { colour: 'x' } }] } },
      'things',
      'unknown-code',
    ],
    [
      'a field past its limit',
      { things: { kind: 'things', things: [{ kind: 'phone', fields: { imei: '1'.repeat(41) } }] } },
      'things',
      'too-long',
    ],
  ])('refuses %s, and names the question', (_story, answers, questionId, reason) => {
    expect(checkSubmission(content, submit(answers))).toEqual({ ok: false, questionId, reason });
  });

  it('refuses a type that content does not know', () => {
    expect(checkSubmission(content, { ...submit({}), reportType: 'loud-neighbour' })).toMatchObject({
      reason: 'unknown-type',
    });
  });

  it('refuses what an officer hears: nothing of it is sealed', () => {
    expect(checkSubmission(content, { ...submit({}), reportType: 'assault' })).toMatchObject({
      reason: 'not-a-report',
    });
  });

  it('never takes two answers to one question', () => {
    const twice = {
      ...submit({}),
      answers: [
        { questionId: 'where', answer: { kind: 'skipped' } },
        { questionId: 'where', answer: { kind: 'unknown' } },
      ],
    };
    expect(submissionSchema.safeParse(twice).success).toBe(false);
  });
});

describe('flags that do something', () => {
  const flags = (answers: Record<string, Answer>) =>
    summarize(content, submit(answers), { kind: 'unknown-postcode' }, 'kbh').flags;

  it('fear keeps contact out of sight as if the visitor had asked, and calls the desk', () => {
    expect(flags({ safe: choice('no') })).toEqual(['afraid', 'protection']);
    expect(callsDesk(content, flags({ safe: choice('no') }))).toBe(true);
    expect(flags({ 'because-of': choice('belief') })).toEqual(['hate']);
    expect(callsDesk(content, ['hate'])).toBe(false);
  });

  it('the language of an interpreter is a wish for one', () => {
    const summary = summarize(
      content,
      { ...submit({}), interpreterLanguage: 'ti' },
      { kind: 'unknown-postcode' },
      'kbh',
    );
    expect(summary).toMatchObject({ flags: ['interpreter'], interpreterLanguage: 'ti' });
  });

  it('a list never says where to find whoever is afraid; what was told besides stays', () => {
    const report = reportSchema.parse({
      reportId: '0196e2c1-7a10-7000-8000-000000000001',
      reference: '000010483061',
      kioskId: '00-120',
      stationId: 'fjordby',
      receivedAt: '2026-11-20T10:00:00.000Z',
      receivedLocal: '2026-11-20T11:00',
      isClockTrusted: true,
      contentVersion: 'test',
      submission: submit({
        safe: choice('no'),
        contact: {
          kind: 'contact',
          contact: {
            kind: 'named',
            name: 'Opfundet',
            phone: '22000001',
            email: '',
            address: 'Opfundet vej 1',
            safeContact: '',
            asksProtection: false,
            forWhom: 'me',
          },
        },
      }),
      summary: summarize(content, submit({ safe: choice('no') }), { kind: 'unknown-postcode' }, 'kbh'),
    });
    const listed = JSON.stringify(withoutHiddenContact(report));
    expect(listed).not.toMatch(/Opfundet|22000001/);
    expect(listed).toContain('"hidden"');
    expect(listed).toContain('"codes":["no"]');
  });
});

describe('triage', () => {
  const district = {
    kind: 'district' as const,
    district: { id: 'fyn', number: '08', name: 'Fyn' },
    place: 'Odense',
    isFallback: false,
  };
  const named: Answer = {
    kind: 'contact',
    contact: {
      kind: 'named',
      name: 'x',
      phone: '',
      email: '',
      address: '',
      safeContact: '',
      asksProtection: true,
      forWhom: 'me',
    },
  };

  it('gathers flags from answers, age and the wish for protection, once each', () => {
    const summary = summarize(
      content,
      submit({ 'because-of': choice('belief', 'other'), contact: named }, true),
      district,
      'koebenhavn',
    );
    expect(summary).toMatchObject({
      flags: ['hate', 'protection', 'under18'],
      districtId: 'fyn',
      isFallbackRouting: false,
      isAnonymous: false,
      route: 'self',
    });
  });

  it('sends what nobody can place to the fallback district, and says so', () => {
    for (const routing of [
      { kind: 'unknown-postcode' as const },
      { kind: 'ambiguous' as const, place: 'x', municipalities: [] },
    ]) {
      expect(summarize(content, submit({}), routing, 'koebenhavn')).toMatchObject({
        districtId: 'koebenhavn',
        isFallbackRouting: true,
        isAnonymous: true,
      });
    }
  });

  it('reads the place from the answer that holds one', () => {
    expect(
      placeOf(
        content,
        submit({ where: { kind: 'place', postcode: '5000', municipalityCode: null, words: 'x' } }),
      ),
    ).toEqual({ postcode: '5000', municipalityCode: null });
    expect(placeOf(content, submit({}))).toEqual({ postcode: null, municipalityCode: null });
  });
});
