import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../src-main/contract/answer.ts';
import { ruleSchema, type AskedType, type Question, type Rule } from '../../src-main/contract/content.ts';
import { submissionSchema } from '../../src-main/contract/report.ts';
import { checkSubmission } from '../../src-main/domain/check-submission.ts';
import { answersToSend, questionAfter, shownQuestions, type Answers } from '../../src-main/domain/draft.ts';
import { holds, namesIn, type VisitFacts } from '../../src-main/domain/rules.ts';
import { routeOf } from '../../src-main/domain/visit-route.ts';
import { unreachableQuestions, walkReportType } from '../../src-main/domain/walk-report-type.ts';
import { createFakeLibrary } from '../helpers/fakes.ts';

/* Types that nobody wrote, with rules that nobody thought of: what the kiosk does with them is found a second time by hand. */

const gateCodes = ['denmark', 'abroad'];
const languages = ['da', 'en', 'ar', 'uk'];
type Choice = Extract<Question, { kind: 'choice' }>;

const option = (code: string, isExclusive: boolean): fc.Arbitrary<Choice['options'][number]> =>
  fc
    .constantFrom(
      undefined,
      undefined,
      undefined,
      undefined,
      'assisted' as const,
      'officer' as const,
      'types' as const,
    )
    .map((leadsTo) => ({
      ...{ code, icon: null, flag: null, isExclusive },
      ...(leadsTo === undefined ? {} : { leadsTo }),
    }));

/** A condition over the questions before, the visit and the gates. */
function ruleOver(earlier: readonly Question[]): fc.Arbitrary<Rule> {
  const aboutVisit: fc.Arbitrary<Rule>[] = [
    fc.constant({ var: 'visit.isUnder18' }),
    fc
      .subarray(languages.slice(0, 3), { minLength: 1 })
      .map((some) => ({ in: [{ var: 'visit.language' }, some] })),
    fc.subarray(gateCodes, { minLength: 1 }).map((some) => ({ in: [{ var: 'gate.place' }, some] })),
  ];
  const aboutQuestion = (question: Question): fc.Arbitrary<Rule> => {
    const isAnswered = fc.constant<Rule>({ var: question.id });
    if (question.kind !== 'choice') return isAnswered;
    const hasCode = fc
      .constantFrom(...question.options.map(({ code }) => code))
      .map((code): Rule => ({ in: [code, { var: question.id }] }));
    return fc.oneof({ arbitrary: hasCode, weight: 4 }, isAnswered);
  };
  const leaf = fc.oneof(
    ...earlier.map((question) => ({ arbitrary: aboutQuestion(question), weight: 6 })),
    ...aboutVisit,
  );
  return fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'rule' },
      leaf,
      tie('rule').map((rule) => ({ '!': rule })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    ),
  })).rule;
}

function question(id: string, earlier: readonly Question[]): fc.Arbitrary<Question> {
  const showIf = fc.option(ruleOver(earlier), { freq: 3 });
  const choice = fc
    .record({
      showIf,
      takesSeveral: fc.boolean(),
      options: fc
        .integer({ min: 2, max: 3 })
        .chain((many) =>
          fc.tuple(...Array.from({ length: many }, (_, at) => option(`${id}${at}`, at === 2))),
        ),
    })
    .map(({ takesSeveral, options, ...rest }): Question => ({
      ...{ ...rest, id, kind: 'choice', takesSeveral, noteLongest: 0 },
      options: options.map((each) => ({ ...each, isExclusive: each.isExclusive && takesSeveral })),
    }));
  const text = showIf.map((rule): Question => ({
    ...{ id, showIf: rule, kind: 'text', longest: 20, keyboard: 'text' },
  }));
  return fc.oneof({ arbitrary: choice, weight: 3 }, text);
}

const [shippedType] = createFakeLibrary().content.reportTypes;
if (shippedType === undefined) throw new Error('the fake library has a type');
const base: AskedType = { ...shippedType, isForUnder18: true, route: 'self' };

const someType: fc.Arbitrary<AskedType> = fc.integer({ min: 1, max: 5 }).chain((many) => {
  const grow = (earlier: readonly Question[]): fc.Arbitrary<readonly Question[]> =>
    earlier.length === many
      ? fc.constant(earlier)
      : question('abcde'.charAt(earlier.length), earlier).chain((next) => grow([...earlier, next]));
  return fc
    .record({ questions: grow([]), isForUnder18: fc.boolean() })
    .map(({ questions, isForUnder18 }) => ({ ...base, isForUnder18, questions: [...questions] }));
});

/** The same by hand: what each operator means, without the library. */
function byHand(rule: Rule, told: Answers, visit: VisitFacts): boolean {
  const isAnswered = (id: string): boolean => {
    const kind = told[id]?.kind;
    return kind !== undefined && kind !== 'skipped' && kind !== 'unknown';
  };
  if ('!' in rule) return !byHand(rule['!'], told, visit);
  if ('and' in rule) return rule.and.every((each) => byHand(each, told, visit));
  if ('or' in rule) return rule.or.some((each) => byHand(each, told, visit));
  if ('var' in rule) return rule.var === 'visit.isUnder18' ? visit.isUnder18 : isAnswered(rule.var);
  const [wanted, among] = rule.in;
  if (typeof wanted === 'string' && !Array.isArray(among)) {
    const answer = told[among.var];
    return answer?.kind === 'choice' && answer.codes.includes(wanted);
  }
  if (typeof wanted === 'string' || !Array.isArray(among)) throw new Error('no such rule');
  const value = wanted.var === 'visit.language' ? visit.language : visit.gateAnswers['place'];
  return value !== undefined && among.includes(value);
}

/** Every way to answer a question that a screen offers. */
function everyAnswer(asked: Question): Answer[] {
  const skipped: Answer = { kind: 'skipped' };
  if (asked.kind !== 'choice') return [skipped, { kind: 'text', text: 'x' }];
  const chosen = (codes: string[]): Answer => ({ kind: 'choice', codes, note: '' });
  const codes = asked.options.map(({ code }) => code);
  if (!asked.takesSeveral) return [skipped, ...codes.map((code) => chosen([code]))];
  const apart = asked.options.filter(({ isExclusive }) => isExclusive).map(({ code }) => [code]);
  const together = asked.options.filter(({ isExclusive }) => !isExclusive).map(({ code }) => code);
  const sets = together.reduce<string[][]>(
    (all, code) => [...all, ...all.map((set) => [...set, code])],
    [[]],
  );
  return [skipped, ...[...sets.slice(1), ...apart].map(chosen)];
}

/** Every list of questions with its end that somebody can meet. */
function everySequence(type: AskedType): Set<string> {
  const { asksAge } = namesIn(type.questions.map(({ showIf }) => showIf));
  const found = new Set<string>();
  const go = (at: number, met: readonly string[], answers: Answers, visit: VisitFacts): void => {
    const asked = type.questions[at];
    const route = routeOf(type, answers, visit);
    if (asked === undefined || route === 'officer' || route === 'types') {
      found.add(JSON.stringify([met, route]));
      return;
    }
    if (asked.showIf !== null && !byHand(asked.showIf, answers, visit)) {
      go(at + 1, met, answers, visit);
      return;
    }
    for (const answer of everyAnswer(asked))
      go(at + 1, [...met, asked.id], { ...answers, [asked.id]: answer }, visit);
  };
  for (const isUnder18 of asksAge ? [false, true] : [false])
    for (const language of languages)
      for (const place of [undefined, ...gateCodes])
        go(0, [], {}, { language, isUnder18, gateAnswers: place === undefined ? {} : { place } });
  return found;
}

describe('types with rules nobody thought of', () => {
  test('the branches are those that somebody can meet, no more and no fewer', () => {
    fc.assert(
      fc.property(someType, (type) => {
        const { branches, isComplete } = walkReportType(type);
        const walked = branches.map(({ questions, route }) => JSON.stringify([questions, route]));
        const met = everySequence(type);
        expect(isComplete).toBe(true);
        expect(new Set(walked)).toEqual(met);
        expect(walked).toHaveLength(met.size);
        const reached = [...met].join();
        const lost = type.questions.filter(({ id }) => !reached.includes(`"${id}"`));
        expect(unreachableQuestions(type)).toEqual(lost);
      }),
      { numRuns: 150 },
    );
  });

  test('the schema takes every rule made of the five operators', () => {
    fc.assert(
      fc.property(someType, ({ questions }) => {
        for (const { showIf } of questions)
          if (showIf !== null) expect(ruleSchema.parse(showIf)).toEqual(showIf);
      }),
    );
  });

  /** Answers as a draft can hold them: to questions no longer asked too, and to some not at all. */
  const drafts = (
    type: AskedType,
  ): fc.Arbitrary<{ answers: Answers; visit: VisitFacts & { language: 'da' | 'en' | 'ar' } }> =>
    fc.record({
      answers: fc
        .tuple(
          ...type.questions.map((each) =>
            fc.option(fc.constantFrom(...everyAnswer(each)), { nil: undefined }),
          ),
        )
        .map((given) =>
          Object.fromEntries(
            given.flatMap((answer, at): [string, Answer][] => {
              const id = type.questions[at]?.id;
              return answer === undefined || id === undefined ? [] : [[id, answer]];
            }),
          ),
        ),
      visit: fc.record({
        language: fc.constantFrom('da' as const, 'en' as const, 'ar' as const),
        isUnder18: fc.boolean(),
        gateAnswers: fc.constantFrom({}, ...gateCodes.map((place) => ({ place }))),
      }),
    });
  const typeAndDraft = someType.chain((type) => drafts(type).map((draft) => ({ type, ...draft })));

  test('the border takes what the screen sends, and no answer to a question that was not asked', () => {
    fc.assert(
      fc.property(typeAndDraft, ({ type, answers, visit }) => {
        const content = { ...createFakeLibrary().content, reportTypes: [type] };
        const sent = answersToSend(type, answers, visit);
        const submission = submissionSchema.parse({
          reportId: '0196e2c1-7a10-7000-8000-000000000001',
          reportType: type.id,
          ...visit,
          answers: sent,
        });
        expect(checkSubmission(content, submission)).toEqual({ ok: true });
        const shown = shownQuestions(type, answers, visit).map(({ id }) => id);
        for (const [questionId, answer] of Object.entries(answers)) {
          if (shown.includes(questionId)) continue;
          const slipped = { ...submission, answers: [...sent, { questionId, answer }] };
          expect(checkSubmission(content, slipped)).toEqual({ ok: false, questionId, reason: 'not-shown' });
        }
      }),
      { numRuns: 300 },
    );
  });

  test('going on from any question, also one that is no longer asked, never goes back', () => {
    fc.assert(
      fc.property(typeAndDraft, ({ type, answers, visit }) => {
        for (const [at, { id }] of type.questions.entries()) {
          const next = questionAfter(type, answers, visit, id);
          const rest = shownQuestions(type, answers, visit).filter(
            (each) => type.questions.indexOf(each) > at,
          );
          expect(next).toEqual(rest[0] ?? null);
        }
      }),
    );
  });
});

const adult: VisitFacts = { language: 'da', isUnder18: false, gateAnswers: { place: 'denmark' } };
const codes = (...chosen: string[]): Answer => ({ kind: 'choice', codes: chosen, note: '' });

test.each<[string, Rule, Answer | null, boolean]>([
  ['a code among several', { in: ['b', { var: 'q' }] }, codes('a', 'b'), true],
  ['a code that is part of another', { in: ['a', { var: 'q' }] }, codes('ab'), false],
  ['nothing said yet', { in: ['a', { var: 'q' }] }, null, false],
  ['skipped is not answered', { var: 'q' }, { kind: 'skipped' }, false],
  ['not knowing is not answered', { var: 'q' }, { kind: 'unknown' }, false],
  ['words are an answer, whatever they say', { var: 'q' }, { kind: 'text', text: 'false' }, true],
  ['not: nothing said yet', { '!': { in: ['a', { var: 'q' }] } }, null, true],
  ['a gate', { in: [{ var: 'gate.place' }, ['denmark']] }, null, true],
  ['a gate that was not passed', { in: [{ var: 'gate.force' }, ['none']] }, null, false],
  ['a name that every object has', { var: 'constructor' }, null, false],
])('%s', (_story, rule, answer, isTrue) => {
  expect(holds(rule, () => answer, adult)).toBe(isTrue);
});
