import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import { visitorContentSchema } from '../../src-main/contract/content.ts';
import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';
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
