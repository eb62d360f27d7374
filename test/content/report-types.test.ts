import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import type { AskedType, Question, ReportType } from '../../src-main/contract/content.ts';
import { languages } from '../../src-main/contract/ids.ts';
import { submissionSchema, type Submission } from '../../src-main/contract/report.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { checkSubmission } from '../../src-main/domain/check-submission.ts';
import { answersToSend, questionAfter, shownQuestions, type Answers } from '../../src-main/domain/draft.ts';
import { answerOf } from '../../src-main/domain/draft-answer.ts';
import { emptyInput, type QuestionInput } from '../../src-main/domain/draft-input.ts';
import type { ContentLibrary } from '../../src-main/domain/ports.ts';
import { renderReport } from '../../src-main/domain/render-answer.ts';
import { namesIn } from '../../src-main/domain/rules.ts';
import { summarize } from '../../src-main/domain/summarize.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { receiptVariantOf } from '../../src-main/domain/triage.ts';
import { routeOf, type VisitRoute } from '../../src-main/domain/visit-route.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
const clock = { localTime: '2026-11-20T14:32', isTrusted: true };
const district = { id: 'fyn', number: '08', name: 'Fyns Politi' };
const routing = { kind: 'district' as const, district, place: 'Odense', isFallback: false };
const adult = { language: 'da', isUnder18: false, gateAnswers: {} };
/** Check answers and the reference stand behind the questions. */
const screensAfter = 2;

let library: ContentLibrary;
beforeAll(async () => {
  ({ library } = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: false }));
});

/** Every type and its route: a row of the table is missing here, or one too many, when this list is wrong. */
const table: readonly (readonly [string, ReportType['route']])[] = [
  ['stolen-things', 'self'],
  ['stolen-bicycle', 'self'],
  ['trick-theft', 'assisted'],
  ['traceable-thing', 'assisted'],
  ['online-trade', 'self'],
  ['contact-fraud', 'self'],
  ['vehicle-theft', 'assisted'],
  ['from-vehicle', 'self'],
  ['burglary', 'assisted'],
  ['vandalism', 'self'],
  ['identity-misuse', 'self'],
  ['hacking', 'assisted'],
  ['hate-crime', 'self'],
  ['lost-found', 'self'],
  ['lost-passport', 'self'],
  ['tip', 'self'],
  ['witness', 'assisted'],
  ['follow-up', 'self'],
  ['appointment', 'assisted'],
  ['online-patrol', 'info'],
  ['assault', 'officer'],
  ['partner-violence', 'officer'],
  ['sexual-abuse', 'officer'],
  ['missing-person', 'officer'],
  ['relative-of-deceased', 'info'],
  ['at-home', 'info'],
  ['call-112-or-114', 'info'],
  ['complaint', 'info'],
  ['permits', 'info'],
  ['custody', 'info'],
  ['civil-dispute', 'info'],
  ['defamation', 'info'],
];
const asked = table.filter(([, route]) => route === 'self' || route === 'assisted');

function typeOf(id: string): ReportType {
  const { reportTypes, otherTypes } = library.content;
  const found = [...reportTypes, ...otherTypes].find((type) => type.id === id);
  if (found === undefined) throw new Error(`no type ${id}`);
  return found;
}

function askedType(id: string): AskedType {
  const found = library.content.reportTypes.find((type) => type.id === id);
  if (found === undefined) throw new Error(`no type ${id} that asks`);
  return found;
}

/** Fields as a visitor leaves them. */
function filled(question: Question, codes: readonly string[]): QuestionInput {
  const input = emptyInput(question);
  switch (input.kind) {
    case 'choice':
      return { ...input, codes: [...codes] };
    case 'text':
      return { ...input, text: '١٢٣ noget' };
    case 'when':
      return { ...input, precision: 'exact', startDate: '2026-11-19', startTime: '0930' };
    case 'place':
      return { ...input, postcode: 'DK-5000', words: 'Odense station' };
    case 'things': {
      const kinds = question.kind === 'things' ? question.kinds : [];
      return {
        ...input,
        things: kinds.map(({ code, fields }) => ({ kind: code, fields: fieldsOf(fields) })),
      };
    }
    case 'amount':
      return { ...input, typed: '1.250,50' };
    case 'contact':
      return { ...input, mode: 'anonymous' };
  }
}

function fieldsOf(fields: readonly { readonly id: string }[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ id }) => [id, '٤٢']));
}

function answered(question: Question, codes: readonly string[]): Answer {
  const result = answerOf(filled(question, codes), clock);
  if (!result.ok) throw new Error(`${question.id}: ${result.problem}`);
  return result.answer;
}

/** Ways to answer each choice that another question hangs on, or that leads elsewhere: every code alone, and all at once. */
function codesToTry(question: Extract<Question, { kind: 'choice' }>): string[][] {
  const alone = question.options.map(({ code }) => [code]);
  const several = question.options.filter(({ isExclusive }) => !isExclusive).map(({ code }) => code);
  return question.takesSeveral ? [...alone, several] : alone;
}

/** Every combination of them, walked as a visitor does, one question after the other. */
function walks(type: ReportType): Answers[] {
  const deciding = new Set(namesIn(type.questions.map(({ showIf }) => showIf)).questions.keys());
  const go = (question: Question | null, answers: Answers): Answers[] => {
    if (question === null) return [answers];
    const ways =
      question.kind !== 'choice'
        ? [[]]
        : deciding.has(question.id)
          ? codesToTry(question)
          : [[question.options.at(-1)?.code ?? '']];
    return ways.flatMap((codes) => {
      const next = { ...answers, [question.id]: answered(question, codes) };
      return go(questionAfter(type, next, adult, question.id), next);
    });
  };
  return go(shownQuestions(type, {}, adult)[0] ?? null, {});
}

function submissionOf(type: ReportType, answers: Answers, language: Submission['language']): Submission {
  return submissionSchema.parse({
    reportId: '0196e2c1-7a10-7000-8000-000000000001',
    language,
    reportType: type.id,
    gateAnswers: {},
    isUnder18: false,
    answers: answersToSend(type, answers, { ...adult, language }),
  });
}

test('the table of types is complete, and each stands in one group or behind a door', () => {
  const { reportTypes, otherTypes, groups } = library.content;
  expect([...reportTypes, ...otherTypes].map(({ id, route }) => [id, route])).toEqual(table);
  expect(groups.map(({ id }) => id)).toEqual([
    ...['theft', 'vehicle', 'home', 'online', 'people', 'lost', 'information'],
  ]);
  const behindDoors = ['at-home', 'call-112-or-114', 'complaint', 'permits', 'custody', 'civil-dispute'];
  const offered = [...groups.flatMap(({ types }) => types), ...behindDoors];
  expect(offered.toSorted()).toEqual(table.map(([id]) => id).toSorted());
});

describe.each(languages)('in %s', (language) => {
  test.each(table)('%s leads to %s, with words all the way', (id, route) => {
    const type = typeOf(id);
    const { content } = library.texts(language).texts;
    const words = (key: string): string => textAt(content, key) ?? '';
    expect(words(`type.${id}.title`)).not.toBe('');
    if (type.notice !== null) expect(words(`notice.${type.notice}.body`)).not.toBe('');
    if (route === 'info') expect(words(`type.${id}.body`).split('\n\n').length).toBeGreaterThan(1);
    if (route === 'officer') expect(type.questions).toEqual([]);
    for (const answers of walks(type)) {
      const met = shownQuestions(type, answers, adult);
      expect(met.map((question) => question.id)).toEqual(Object.keys(answers));
      for (const question of met) expect(words(`question.${question.id}.title`)).not.toBe('');
      const submission = submissionOf(type, answers, language);
      if (route === 'officer' || route === 'info') {
        expect(checkSubmission(library.content, submission)).toMatchObject({ reason: 'not-a-report' });
        continue;
      }
      expect(submission.answers.map(({ questionId }) => questionId)).toEqual(Object.keys(answers));
      expect(checkSubmission(library.content, submission)).toEqual({ ok: true });
      expect(summarize(library.content, submission, routing, 'koebenhavn').districtId).toBe('fyn');
    }
    expect(routeOf(type, {}, adult)).toBe(route);
  });
});

test.each(asked)('%s, %s: the longest way through keeps its budget', (id, route) => {
  const type = typeOf(id);
  const longest = Math.max(...walks(type).map((answers) => shownQuestions(type, answers, adult).length));
  if (route === 'assisted') expect(longest).toBeLessThanOrEqual(6);
  expect(longest + screensAfter).toBeLessThanOrEqual(12);
});

/** No crime, so nobody's motive is asked. */
const withoutMotive = ['lost-found', 'lost-passport', 'follow-up', 'appointment'];

test.each(asked)(
  '%s asks about hate, never for a civil registration number, and how to reach the visitor',
  (id) => {
    const type = askedType(id);
    const flags = type.questions.flatMap((question) =>
      question.kind === 'choice' ? question.options.map(({ flag }) => flag) : [],
    );
    expect(flags.includes('hate')).toBe(!withoutMotive.includes(id));
    // A tip asks nobody who they are; who was asked to come waits here and is called.
    expect(type.questions.at(-1)?.kind === 'contact').toBe(!['tip', 'appointment'].includes(id));
    const asksFor = type.questions.flatMap((question) => [
      question.id,
      ...(question.kind === 'things'
        ? question.kinds.flatMap(({ fields }) => fields.map((field) => field.id))
        : []),
    ]);
    expect(asksFor.filter((name) => /cpr|personal-number|birth/.test(name))).toEqual([]);
  },
);

test('only property, lost things and online trade are told by a child alone', () => {
  const alone = table
    .map(([id]) => id)
    .filter((id) => routeOf(typeOf(id), {}, { ...adult, isUnder18: true }) === 'self');
  expect(alone).toEqual([
    ...['stolen-things', 'stolen-bicycle', 'online-trade', 'from-vehicle', 'vandalism'],
    ...['lost-found', 'lost-passport'],
  ]);
});

test.each<[string, string, string, VisitRoute]>([
  ['from-vehicle', 'vehicle-event', 'someone-hurt', 'officer'],
  ['hacking', 'hacking-what', 'intimate-images', 'officer'],
  ['hacking', 'hacking-what', 'child-images', 'officer'],
  ['hacking', 'hacking-what', 'device', 'assisted'],
  ['hate-crime', 'hate-what', 'violence', 'officer'],
  ['hate-crime', 'hate-what', 'words', 'self'],
  ['lost-found', 'lost-or-found', 'stolen', 'types'],
  ['lost-passport', 'paper-lost', 'stolen', 'types'],
  ['defamation', 'defamation-also', 'threat', 'officer'],
  ['defamation', 'defamation-also', 'hate', 'types'],
  ['defamation', 'defamation-also', 'none', 'info'],
])('%s, %s: %s leads to %s', (id, questionId, code, route) => {
  const type = typeOf(id);
  const question = type.questions.find((candidate) => candidate.id === questionId);
  if (question === undefined) throw new Error(`no question ${questionId}`);
  expect(routeOf(type, { [questionId]: answered(question, [code]) }, adult)).toBe(route);
});

test('what belongs to an officer and is told all the same is kept, flagged, and read while the visitor waits', () => {
  const type = askedType('from-vehicle');
  const event: Answer = { kind: 'choice', codes: ['someone-hurt'], note: '' };
  const submission = submissionOf(type, { 'vehicle-event': event }, 'ar');
  expect(checkSubmission(library.content, submission)).toEqual({ ok: true });
  expect(summarize(library.content, submission, routing, 'koebenhavn')).toMatchObject({
    route: 'assisted',
    flags: ['officer', 'violence'],
  });
});

test('flags of the type stand on every report of it; tips and witnesses are named on no slip', () => {
  const summaryOf = (id: string) =>
    summarize(library.content, submissionOf(askedType(id), {}, 'da'), routing, 'koebenhavn');
  expect(summaryOf('hate-crime').flags).toEqual(['call-back', 'hate']);
  expect(summaryOf('traceable-thing')).toMatchObject({ flags: ['urgent'], route: 'assisted' });
  const variants = asked.map(([id]) => [id, receiptVariantOf(library.content, id)]);
  expect(variants.filter(([, variant]) => variant !== 'full')).toEqual([
    ['tip', 'tip'],
    ['witness', 'discreet'],
    ['follow-up', 'discreet'],
    ['appointment', 'appointment'],
  ]);
});

test('a number that was written down is a flag; a field left empty is none', () => {
  const flagsOf = (imei: string): readonly string[] => {
    const things: Answer = { kind: 'things', things: [{ kind: 'phone', fields: { imei } }] };
    const told = submissionOf(askedType('stolen-things'), { things }, 'da');
    return summarize(library.content, told, routing, 'koebenhavn').flags;
  };
  expect([flagsOf('490154203237518'), flagsOf(' ')]).toEqual([['number-known'], []]);
});

test.each(asked)('%s: the desk reads every answer in Danish', (id) => {
  const type = askedType(id);
  const texts = library.texts('da').texts.content;
  const danish = { content: library.content, texts, words: (key: string) => `[${key}]` };
  for (const answers of walks(type)) {
    const rendered = renderReport(danish, {
      submission: submissionOf(type, answers, 'ar'),
      summary: { flags: [] },
    });
    expect(rendered.map(({ questionId }) => questionId)).toEqual(Object.keys(answers));
    expect(JSON.stringify(rendered)).not.toMatch(/\[answer\.old/);
    expect(JSON.stringify(rendered)).not.toContain('[answer.otherField]');
    for (const { lines } of rendered) expect(lines.length).toBeGreaterThan(0);
  }
});

describe('whatever is answered, skipped, changed or left behind', () => {
  const someAnswer = (question: Question): fc.Arbitrary<Answer | undefined> => {
    const always: fc.Arbitrary<Answer | undefined>[] = [
      fc.constantFrom<Answer>({ kind: 'skipped' }, { kind: 'unknown' }),
      fc.constant(undefined),
    ];
    if (question.kind !== 'choice') return fc.oneof(...always, fc.constant(answered(question, [])));
    const codes = question.options.map(({ code }) => code);
    return fc.oneof(
      ...always,
      fc
        .uniqueArray(fc.constantFrom(...codes), { minLength: 1 })
        .map((chosen): Answer => ({ kind: 'choice', codes: chosen, note: '' })),
    );
  };

  test.each(asked)('%s sends only what the border lets through, within the budget', (id) => {
    const type = askedType(id);
    const all = fc.record(
      Object.fromEntries(type.questions.map((question) => [question.id, someAnswer(question)])),
    );
    fc.assert(
      fc.property(all, (some) => {
        const answers: Answers = Object.fromEntries(
          Object.entries(some).flatMap(([key, answer]) => (answer === undefined ? [] : [[key, answer]])),
        );
        const submission = submissionOf(type, answers, 'en');
        expect(submission.answers.length + screensAfter).toBeLessThanOrEqual(12);
        expect(checkSubmission(library.content, submission)).toEqual({ ok: true });
        expect(['self', 'assisted', 'officer', 'types']).toContain(routeOf(type, answers, adult));
      }),
      { numRuns: 60 },
    );
  });
});
