import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeVisitorServices, makeWelcome } from '../helpers/fake-visitor-api.ts';
import danish from '../../resources/locales/da/visitor.json' with { type: 'json' };
import { checkSubmission } from '../../src-main/domain/check-submission.ts';
import type { QuestionInput } from '../../src-main/domain/draft-input.ts';
import { checkField, type FieldKind } from '../../src-main/domain/field-check.ts';
import { textAt } from '../../src-main/domain/text-tree.ts';
import { findType } from '../../src-main/domain/type-menu.ts';
import { Visit } from '../../src-renderer/state/visit.svelte.ts';

let visit: Visit;

beforeEach(async () => {
  vi.useFakeTimers();
  const services = new FakeVisitorServices(makeWelcome());
  visit = new Visit({ line: services.line, onTexts: () => undefined });
  await vi.advanceTimersByTimeAsync(1);
});
afterEach(() => {
  visit.stop();
  vi.useRealTimers();
});

/** Opens one question of a type, past the gates. */
function open(typeId: string, questionId: string): void {
  const { content } = visit.kiosk;
  const type = content === null ? null : findType(content, typeId);
  if (type === null) throw new Error(`no type ${typeId}`);
  visit.session.questions.begin(type);
  visit.session.questions.change(questionId);
}

function input<K extends QuestionInput['kind']>(kind: K): Extract<QuestionInput, { kind: K }> {
  const found = visit.session.questions.input;
  const is = (candidate: QuestionInput | null): candidate is Extract<QuestionInput, { kind: K }> =>
    candidate?.kind === kind;
  if (!is(found)) throw new Error(`the question on screen is not of kind ${kind}`);
  return found;
}

const answers = () => visit.session.draft.answers;
const next = (): Promise<void> => visit.session.questions.next();

describe('where', () => {
  beforeEach(() => open('stolen-things', 'where'));

  test('a postcode is answered with its town while it is typed', async () => {
    const { place } = visit.session.questions;
    expect(place.townOf('DK-9000')).toBeNull();
    await place.look('DK-9000');
    expect(['9000', '٩٠٠٠', '900'].map((typed) => place.townOf(typed))).toEqual(['Fjordby', 'Fjordby', null]);
  });

  test('a train, a page on the net and another country are places too; the fields of the others stay', async () => {
    Object.assign(input('place'), { setting: 'transport', postcode: '9000' });
    await next();
    expect(visit.session.questions.problem).toEqual({ problem: 'empty', field: 'line' });
    Object.assign(input('place'), { line: 'IC 145', from: 'Odense' });
    await next();
    const nowhere = { kind: 'place', postcode: null, municipalityCode: null, words: '' };
    expect(answers()['where']).toEqual({
      ...{ ...nowhere, setting: 'transport', line: 'IC 145', from: 'Odense', to: '' },
    });
    visit.session.questions.change('where');
    expect(input('place').postcode).toBe('9000');
    Object.assign(input('place'), { setting: 'abroad', country: 'Sverige' });
    await next();
    expect(answers()['where']).toEqual({ ...nowhere, setting: 'abroad', country: 'Sverige' });
  });

  test('whoever does not know the municipality goes on with the next touch, and the postcode stays', async () => {
    input('place').postcode = '2830';
    await next();
    expect(visit.session.questions.problem?.problem).toBe('which-municipality');
    await next();
    expect(answers()['where']).toMatchObject({ postcode: '2830', municipalityCode: null, town: 'Virum' });
  });

  test('a postcode of five digits is said once, and kept as it was typed', async () => {
    input('place').postcode = '24937';
    await next();
    expect(visit.session.questions.problem).toEqual({ problem: 'not-a-postcode', field: 'postcode' });
    await next();
    expect(answers()['where']).toMatchObject({ postcode: null, typedPostcode: '24937' });
  });
});

describe('when', () => {
  test('an hour that the clocks jumped over is said once; another one is said again', async () => {
    open('stolen-things', 'when');
    Object.assign(input('when'), { precision: 'exact', startDate: '2026-03-29', startTime: '0230' });
    await next();
    expect(visit.session.questions.problem).toEqual({ problem: 'skipped-hour', field: 'start-time' });
    input('when').startTime = '0245';
    visit.session.questions.changed();
    await next();
    expect(visit.session.questions.problem?.problem).toBe('skipped-hour');
    await next();
    expect(answers()['when']).toMatchObject({ start: '2026-03-29T02:45', marks: ['skipped-hour'] });
  });
});

describe('things and contact', () => {
  test('a value keeps its currency, a telephone number is also kept as it is dialled', async () => {
    open('stolen-things', 'things');
    visit.session.questions.addThing(input('things'), 'phone');
    const { editing } = input('things');
    Object.assign(editing?.fields ?? {}, { value: '١٬٠٠٠٫٥٠', 'phone-number': '+46 70 123 45 67' });
    Object.assign(editing?.currencies ?? {}, { value: 'SEK', imei: 'EUR' });
    await next();
    await next();
    expect(answers()['things']).toMatchObject({
      things: [
        {
          kind: 'phone',
          fields: { value: '١٬٠٠٠٫٥٠', 'phone-number': '+46 70 123 45 67' },
          currencies: { value: 'SEK' },
          e164: { 'phone-number': '+46701234567' },
        },
      ],
    });
    visit.session.questions.change('things');
    visit.session.questions.editThing(input('things'), 0);
    expect(input('things').editing?.currencies).toEqual({ value: 'SEK' });
  });

  test('contact goes in as it was typed: Arabic digits, spaces, an e-mail without its sign', async () => {
    open('stolen-things', 'contact');
    const contact = input('contact');
    contact.mode = 'named';
    Object.assign(contact.fields, { phone: '٢٠٣٠٤٠٥٠', email: ' kvark.example ' });
    Object.assign(contact, { cpr: '٠١٠١', hasCompanion: true });
    await next();
    expect(visit.session.questions.problem).toEqual({ problem: 'email-odd', field: 'email' });
    await next();
    expect(answers()['contact']).toMatchObject({
      contact: {
        ...{ phone: '٢٠٣٠٤٠٥٠', e164: '+4520304050', email: ' kvark.example ' },
        ...{ cpr: '٠١٠١', hasCompanion: true },
      },
    });
  });

  test.each([
    ['20 30 40 50', 'number'],
    ['+45 20304050', 'number'],
    ['0045 20304050', 'number'],
    ['+4915112345678', 'number'],
    ['2030', 'short'],
    ['2030405060708090', 'odd'],
    ['ring mig', 'odd'],
    ['', 'empty'],
  ])('the telephone number %j is %s', async (typed, state) => {
    open('stolen-things', 'contact');
    const { phones, question } = visit.session.questions;
    expect(phones.read('20304050').state).toBe('unread');
    if (question !== null) await phones.prepareFor(question);
    expect(phones.read(typed).state).toBe(state);
  });
});

test('every soft word about a field exists', () => {
  const samples: [FieldKind, string][] = [
    ...(['1', '12345678901234', '356938035643809', '356938035643808'] as const).map(
      (typed): [FieldKind, string] => ['imei', typed],
    ),
    ...(['3569380356438091', '35693803564380912'] as const).map((typed): [FieldKind, string] => [
      'imei',
      typed,
    ]),
    ...(['AB12345', 'AB123456'] as const).map((typed): [FieldKind, string] => ['plate', typed]),
    ...(['A', 'WVWZZZ1JZ3W386752', 'WVWZZZ1JZ3W3867521', 'O'] as const).map((typed): [FieldKind, string] => [
      'vin',
      typed,
    ]),
    ...(['DK50', 'DK5000400440116243', '1234 1234567'] as const).map((typed): [FieldKind, string] => [
      'account',
      typed,
    ]),
    ...(['01', '9999999999', '01010000000'] as const).map((typed): [FieldKind, string] => ['cpr', typed]),
    ...Array.from({ length: 11 }, (_, last): [FieldKind, string] => [
      'cpr',
      `01010000${String(last).padStart(2, '0')}`,
    ]),
    ...(['1', '000010000000', '990010000000', '1234567890123'] as const).map((typed): [FieldKind, string] => [
      'reference',
      typed,
    ]),
    ...(['x', '99999999999999'] as const).map((typed): [FieldKind, string] => ['amount', typed]),
  ];
  const states = ['number', 'short', 'odd'] as const;
  const remarks = [
    ...samples.map(([kind, typed]) => checkField(kind, typed, visit.session.questions.knowledge)),
    ...states.map((state) =>
      checkField('phone', '1', {
        references: null,
        readPhone: () => ({ state, e164: null, grouped: null }),
      }),
    ),
  ];
  const keys = new Set(remarks.map((remark) => remark?.key ?? 'none'));
  expect([...keys].filter((key) => textAt(danish, key) === null)).toEqual([]);
  expect(keys.size).toBeGreaterThanOrEqual(26);
});

describe('skip and "I do not know"', () => {
  const types = makeWelcome().content.reportTypes.map(({ id }) => id);

  test.each(types)('%s is told to its end with either, at every question, and what is sent fits', (id) => {
    const { content } = visit.kiosk;
    const type = content?.reportTypes.find((candidate) => candidate.id === id);
    if (content === null || type === undefined) throw new Error(`no type ${id}`);
    for (const kind of ['skipped', 'unknown'] as const) {
      visit.session.questions.begin(type);
      for (let step = 0; visit.session.questions.question !== null && step < 20; step += 1)
        visit.session.questions.skip(kind);
      expect(visit.session.screens.current.name).toBe('check');
      const submission = visit.session.draft.submission(type, 'ar', null);
      expect(checkSubmission(content, submission)).toEqual({ ok: true });
      expect(submission.answers.every(({ answer }) => answer.kind === kind)).toBe(true);
      expect(submission.answers.length).toBeGreaterThan(0);
    }
  });
});
