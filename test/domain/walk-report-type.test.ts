import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Question, ReportType, Rule } from '../../src-main/contract/content.ts';
import { loadContent } from '../../src-main/content/load-content.ts';
import { walkReportType } from '../../src-main/domain/walk-report-type.ts';

const resourcesDir = path.resolve(import.meta.dirname, '..', '..', 'resources');
let shipped: readonly ReportType[];
beforeAll(async () => {
  const { library } = await loadContent({ resourcesDir, today: '2026-11-21', isDemonstration: true });
  shipped = library.content.reportTypes;
});

function choice(id: string, codes: readonly string[], takesSeveral = false, showIf: Rule | null = null) {
  const question: Question = {
    ...{ id, showIf, kind: 'choice', takesSeveral, noteLongest: 0 },
    options: codes.map((code) => ({ code, icon: null, flag: null, isExclusive: code === 'none' })),
  };
  return question;
}
const text = (id: string, questionId: string, code: string): Question => ({
  ...{ id, kind: 'text', longest: 10, keyboard: 'text', showIf: { in: [code, { var: questionId }] } },
});

function ways(questions: Question[]): string[] {
  const [type] = shipped;
  if (type === undefined) throw new Error('content has a type');
  return walkReportType({ ...type, questions }).branches.map((branch) => branch.questions.join(' '));
}

test('one choice of several answers: each combination that asks something else', () => {
  const questions = [
    choice('who', ['dog', 'cat', 'none'], true),
    text('bark', 'who', 'dog'),
    text('mew', 'who', 'cat'),
  ];
  expect(ways(questions).toSorted()).toEqual(['who', 'who bark', 'who bark mew', 'who mew']);
});

test('a question that hangs on one that was not asked is not met', () => {
  const questions = [
    choice('a', ['yes', 'no']),
    choice('b', ['yes', 'no'], false, { in: ['yes', { var: 'a' }] }),
    text('c', 'b', 'no'),
  ];
  expect(ways(questions).toSorted()).toEqual(['a', 'a b', 'a b c']);
});

test('many codes do not make it endless', () => {
  const codes = Array.from({ length: 30 }, (_, index) => `code-${index}`);
  const questions = [choice('many', codes, true), ...codes.map((code) => text(`ask-${code}`, 'many', code))];
  expect(ways(questions)).toHaveLength(32);
});

test('every question of what ships is met in some branch, and every branch ends in a route', () => {
  for (const type of shipped) {
    const { branches, isComplete } = walkReportType(type);
    expect(isComplete).toBe(true);
    const met = new Set(branches.flatMap((branch) => branch.questions));
    expect([...met].toSorted(), type.id).toEqual(type.questions.map(({ id }) => id).toSorted());
    for (const { route } of branches) expect(route).toMatch(/^[a-z]+$/);
  }
});
