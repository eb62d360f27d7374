import { describe, expect, test } from 'vitest';
import type { RightsTopic, Source } from '../../src-main/contract/rights.ts';
import { marksOf, offeredTopics, shownClaims, sourceLines } from '../../src-main/domain/rights.ts';

const read = { date: '2026-11-20', reviewBy: '2027-02-20' };
const topic = (id: string, change: Partial<RightsTopic> = {}): RightsTopic => ({
  id,
  icon: null,
  form: 'text',
  phoneNumbers: [],
  claims: [{ id: 'only', sources: ['a'], ...read }],
  ...change,
});
const topics = [
  topic('report'),
  topic('foreigners', { firstFor: ['other-language'] }),
  topic('lawyer'),
  topic('children', { firstFor: ['under18'] }),
  topic('mediation', {
    neverAfter: { types: ['partner-violence'], gateAnswers: [{ gateId: 'force', codes: ['fear'] }] },
  }),
];
const visitor = { language: 'da', isUnder18: false, type: null, gateAnswers: {} } as const;
const ids = (list: readonly RightsTopic[]): string[] => list.map(({ id }) => id);

describe('which topic comes first', () => {
  test('a Danish reader who chose nothing gets them as content has them', () => {
    const { first, rest } = offeredTopics(topics, visitor);
    expect([ids(first), ids(rest)]).toEqual([
      [],
      ['report', 'foreigners', 'lawyer', 'children', 'mediation'],
    ]);
  });

  test('in another language the rights of foreigners stand first', () => {
    expect(ids(offeredTopics(topics, { ...visitor, language: 'ar' }).first)).toEqual(['foreigners']);
  });

  test('what fits the chosen type comes in the order the type has it, a child first of all', () => {
    const type = { id: 'assault', rightsTopics: ['lawyer', 'report', 'foreigners'] };
    const { first, rest } = offeredTopics(topics, { ...visitor, language: 'en', isUnder18: true, type });
    expect(ids(first)).toEqual(['children', 'foreigners', 'lawyer', 'report']);
    expect(ids(rest)).toEqual(['mediation']);
  });

  test('meeting the offender is not offered after violence at home, nor after fear at the gate', () => {
    const afterType = { ...visitor, type: { id: 'partner-violence', rightsTopics: ['mediation'] } };
    const afterFear = { ...visitor, gateAnswers: { force: 'fear' } };
    for (const known of [afterType, afterFear]) {
      const { first, rest } = offeredTopics(topics, known);
      expect([...ids(first), ...ids(rest)]).not.toContain('mediation');
    }
    expect(ids(offeredTopics(topics, { ...visitor, gateAnswers: { force: 'none' } }).rest)).toContain(
      'mediation',
    );
  });
});

describe('a statement whose day for a second look has passed', () => {
  const aged = topic('limits', {
    claims: [
      { id: 'marked', sources: ['a'], ...read },
      { id: 'hidden', sources: ['a', 'b'], ...read, whenOverdue: 'hidden' },
      { id: 'fresh', sources: ['b'], date: '2027-01-01', reviewBy: '2027-06-01' },
    ],
  });

  test('stands with a mark or is left out, as content says; on its last day nothing has changed', () => {
    const onTime = shownClaims(aged, '2027-02-20');
    expect(onTime.claims.map(({ isOverdue }) => isOverdue)).toEqual([false, false, false]);
    expect(onTime.hasHidden).toBe(false);
    const late = shownClaims(aged, '2027-02-21');
    expect(late.claims.map(({ claim, isOverdue }) => [claim.id, isOverdue])).toEqual([
      ['marked', true],
      ['fresh', false],
    ]);
    expect(late.hasHidden).toBe(true);
  });

  test('each source stands once for each day it was read, and a statement says on which it rests', () => {
    const source = (id: string): Source => ({
      id,
      kind: 'text',
      name: id,
      title: id,
      address: null,
      edition: null,
      ...read,
    });
    const { claims } = shownClaims(aged, '2026-12-01');
    const lines = sourceLines(claims, [source('a'), source('b')]);
    expect(lines.map((line) => [line.source.id, line.date])).toEqual([
      ['a', '2026-11-20'],
      ['b', '2026-11-20'],
      ['b', '2027-01-01'],
    ]);
    expect(claims.map(({ claim }) => marksOf(claim, lines))).toEqual([[1], [1, 2], [3]]);
  });
});
