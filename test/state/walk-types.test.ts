import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Question, ReportType } from '../../src-main/contract/content.ts';
import { languages, type Language } from '../../src-main/contract/ids.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import { walkReportType, type Branch } from '../../src-main/domain/walk-report-type.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';
import { FakeVisitorServices, makeWelcome, shippedContent } from '../helpers/fake-visitor-api.ts';

/*
 * Every type that ships, from the start screen to where it leads, every way through it, in every language: through the
 * state that the screens show. At each question the visitor goes back and comes again, and changes the language.
 */
const content = shippedContent();
const types = [...content.reportTypes, ...content.otherTypes];
/** Check answers and the number stand behind the questions. */
const screensAfter = 2;
const most = { self: 12 - screensAfter, assisted: 6 };

let services: FakeVisitorServices;
let visit: Visit;
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

beforeEach(async () => {
  vi.useFakeTimers();
  services = new FakeVisitorServices(makeWelcome());
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await settle();
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

const screen = (): string => visit.session.screens.current.name;

function answerGate(code: string): void {
  const { current } = visit.session.screens;
  const gate = content.gates.find(({ id }) => current.name === 'gate' && id === current.gateId);
  if (gate === undefined) throw new Error(`no gate on ${current.name}`);
  visit.session.answerGate(gate, code);
}

function toTypes(language: Language): void {
  visit.session.chooseLanguage(language);
  visit.session.openDoor('report');
  visit.session.passGate(null);
  for (const code of ['none', 'none', 'denmark']) answerGate(code);
  expect(screen()).toBe('types');
}

/** From the list to what comes first of a type, past what cannot wait. */
function choose(type: ReportType): void {
  const found = findType(content, type.id);
  if (found === null) throw new Error(`no type ${type.id}`);
  visit.session.chooseType(found);
  if (screen() === 'type-notice') visit.session.passNotice();
}

function current(): Question {
  const { question } = visit.session.questions;
  if (question === null) throw new Error(`no question on ${screen()}`);
  return question;
}

const fields = (): string => JSON.stringify(visit.session.questions.input);

/** As a visitor leaves the fields; false where this way is the one that skips the question. */
function fill(question: Question, codes: readonly string[] | undefined): boolean {
  const { input } = visit.session.questions;
  if (input === null || codes?.length === 0) return false;
  switch (input.kind) {
    case 'choice': {
      const options = question.kind === 'choice' ? question.options : [];
      input.codes = [...(codes ?? [options.find(({ leadsTo }) => leadsTo === undefined)?.code ?? ''])];
      return true;
    }
    case 'text':
      input.text = '١٢٣ noget';
      return true;
    case 'when':
      Object.assign(input, { precision: 'exact', startDate: '2026-11-19', startTime: '0930' });
      return true;
    case 'place':
      input.words = 'Odense station';
      return true;
    case 'things': {
      const [kind] = question.kind === 'things' ? question.kinds : [];
      if (input.things.length > 0) return true;
      visit.session.questions.addThing(input, kind?.code ?? '');
      visit.session.questions.keepThing(input);
      return true;
    }
    case 'amount':
      input.typed = '1.250,50';
      return true;
    case 'contact':
      input.mode = 'anonymous';
      return true;
    default:
      return false;
  }
}

async function goOn(isFilled: boolean): Promise<void> {
  if (isFilled) await visit.session.questions.next();
  else visit.session.questions.skip('skipped');
  expect(visit.session.questions.problem).toBe(null);
}

/** One touch on back and the same way again: the question and its fields are as they were left. */
async function thereAndBackAgain(type: ReportType, wasFilled: boolean): Promise<void> {
  const { id } = current();
  const before = fields();
  visit.session.back();
  expect(screen() === 'question' ? current().id : screen()).not.toBe(id);
  if (screen() === 'question') await goOn(wasFilled);
  else if (screen() === 'type-notice') visit.session.passNotice();
  else choose(type);
  expect([current().id, fields()]).toEqual([id, before]);
}

function inAnotherLanguage(language: Language): void {
  const { id } = current();
  const before = fields();
  for (const other of [...languages.filter((each) => each !== language), language]) {
    visit.session.go('language');
    visit.session.chooseLanguage(other);
    expect([visit.session.language, current().id, fields()]).toEqual([other, id, before]);
  }
}

/** Walks one way and gives back the questions that were met. */
async function walk(type: ReportType, branch: Branch, language: Language): Promise<string[]> {
  const met: string[] = [];
  let wasFilled = true;
  choose(type);
  while (screen() === 'question') {
    const question = current();
    expect(met).not.toContain(question.id);
    met.push(question.id);
    const isFilled = fill(question, branch.answers[question.id]);
    await thereAndBackAgain(type, wasFilled);
    inAnotherLanguage(language);
    await goOn(isFilled);
    wasFilled = isFilled;
  }
  return met;
}

const ends = { self: 'check', assisted: 'check', officer: 'officer', info: 'type-info', types: 'types' };

describe.each(languages)('in %s', (language) => {
  test.each(types)('$id, on the route $route, leads where it should on every way', async (type) => {
    const { branches, isComplete } = walkReportType(type);
    expect(isComplete).toBe(true);
    expect(branches.map(({ route }) => route)).toContain(type.route);
    for (const branch of branches) {
      // A type that asks who the visitor is would have to be walked as each of them.
      expect(branch.visit).toBe(undefined);
      toTypes(language);
      const met = await walk(type, branch, language);
      expect(met).toEqual(branch.questions);
      expect(screen()).toBe(ends[branch.route]);
      if (branch.route === 'self' || branch.route === 'assisted') {
        // The way with staff may be longer only where the visitor's own way led to it.
        expect(met.length).toBeLessThanOrEqual(most[type.route === 'assisted' ? 'assisted' : 'self']);
        visit.session.submit();
        await settle();
        expect(screen()).toBe('reference');
        const told = services.arrived.at(-1);
        expect([told?.language, told?.reportType]).toEqual([language, type.id]);
        expect(told?.answers.map(({ questionId }) => questionId)).toEqual(met);
      }
      visit.leave();
    }
  });
});

test.each(types)('$id, chosen by a child: told alone, read, or heard by an officer', (type) => {
  toTypes('da');
  visit.session.draft.isUnder18 = true;
  choose(type);
  const expected = type.isForUnder18 || type.route === 'info' ? ['question', 'type-info'] : ['officer'];
  expect(expected).toContain(screen());
});

test('a child who came by the door of tips says so there, and an officer hears the tip', () => {
  visit.session.chooseLanguage('ar');
  visit.session.openDoor('tip');
  visit.session.passGate(null);
  answerGate('none');
  expect(screen()).toBe('type-notice');
  visit.session.sayUnder18();
  expect(screen()).toBe('officer');
  visit.session.back();
  visit.session.passNotice();
  expect(screen()).toBe('officer');
});
